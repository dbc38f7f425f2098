"""The history of one user behind the port: an encrypted file that is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from moodcheck.adapters.history import clients, deleting, importing, reading, sitting, writing
from moodcheck.adapters.history.auditing import enter, read_audit
from moodcheck.adapters.history.connection import changing, connect
from moodcheck.adapters.history.faults import told
from moodcheck.adapters.history.making import being_made, sweep
from moodcheck.adapters.history.rekeying import encrypt_anew
from moodcheck.adapters.history.schema import migrate
from moodcheck.adapters.history.store_file import refuse_unusable
from moodcheck.adapters.history.verifying import verified
from moodcheck.domain.administration import Administration, Unanswered
from moodcheck.domain.history import (
    Acknowledgement,
    AuditAction,
    AuditEntry,
    Client,
    Import,
    Record,
    Salvage,
    SittingMode,
    Verification,
)
from moodcheck.domain.questionnaire import Questionnaire

if TYPE_CHECKING:
    import apsw


def make_store(path: Path, passphrase: str, at: datetime) -> EncryptedStore:
    """Make a new store, and return it open.

    Raises:
        CannotCreate: when it cannot be made there; nothing is left behind then.
        IOFailed: when there is no room for it, or the disk fails; says so where it is there.
    """
    with being_made(path) as part:
        with EncryptedStore(connect(path, passphrase, part=part), path) as store:
            migrate(store._connection, path)  # noqa: SLF001 - the store being made
            with store._changing() as change:  # noqa: SLF001 - as above
                enter(change, AuditAction.STORE_MADE, at)
            with told(path):
                change.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        refuse_unusable(part)  # without its key it would be plain to read
    return open_store(path, passphrase)


def open_store(path: Path, passphrase: str) -> EncryptedStore:
    """Open the store at `path`.

    Raises:
        InputNotFound: when there is none.
        Locked: when the passphrase is wrong.
        BadData: when it is no store, is damaged, or was written by a newer moodcheck.
        IOFailed: when it cannot be read or written.
    """
    refuse_unusable(path)
    sweep(path.parent)
    connection = connect(path, passphrase)
    try:
        migrate(connection, path)
    except BaseException:
        connection.close(force=True)
        raise
    return EncryptedStore(connection, path)


class EncryptedStore:
    """Implements `HistoryStore`. What has returned is on the disk."""

    def __init__(self, connection: apsw.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._held: set[str] = set()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store; nothing can be read from it afterwards."""
        self.close_file()

    def close_file(self) -> None:
        """Close the store; nothing can be read from it afterwards."""
        self._connection.close(force=True)

    @property
    def id(self) -> str:
        """What this store calls itself in what it exports."""
        with self._reading() as connection:
            ((name,),) = connection.execute("SELECT id FROM store")
            return str(name)

    @property
    def damage(self) -> datetime | None:
        """When damage was last noticed in it; None where it never was, or is mended."""
        return None

    def begin(
        self, client: str, questionnaire: Questionnaire, mode: SittingMode, taken_at: datetime
    ) -> str:
        """Begin a record and return its id. Until `let_go` it does not count as broken off."""
        with self._changing() as change:
            record = sitting.begin(change, client, questionnaire, mode, taken_at)
        self._held.add(record)
        return record

    def put(self, record: str, item: str, given: int | str | Unanswered, at: datetime) -> None:
        """Keep what was given for an item, and whatever of it a human has to see."""
        with self._changing() as change:
            sitting.put(change, record, item, given, at)
        self._held.add(record)

    def let_go(self, record: str) -> None:
        """Say that nobody is answering this record here any more; if it is open, it broke off."""
        self._held.discard(record)

    def correct(self, record: str, item: str, given: int | str | Unanswered, at: datetime) -> None:
        """Put an answer right that was entered by mistake; what stood there stays known."""
        with self._changing() as change:
            sitting.correct(change, record, item, given, at)

    def note(self, record: str, item: str | None, text: str, at: datetime) -> None:
        """Keep what the counselor notes at an item, or of the whole sitting for None."""
        with self._changing() as change:
            where = writing.WHOLE if item is None else item
            writing.write_note(change, reading.key_of(change, record), where, text)
            enter(change, AuditAction.NOTED, at, record, where)

    def finish(self, record: str, administration: Administration, at: datetime) -> None:
        """Keep the administration as it ended; critical items without an answer are entered."""
        with self._changing() as change:
            sitting.finish(change, record, administration, at)
        self._held.discard(record)

    def acknowledge(self, record: str, item: str, acknowledgement: Acknowledgement) -> None:
        """Keep that a human has seen a critical entry, also in a sitting that broke off."""
        with self._changing() as change:
            sitting.acknowledge(change, record, item, acknowledgement)

    def close(self, record: str, at: datetime) -> None:
        """Close an answered record."""
        with self._changing() as change:
            sitting.close(change, record, at)

    def record(self, record: str) -> Record:
        """Return one record."""
        with self._reading() as connection:
            return reading.read_record(connection, record, self._held)

    def find(self, beginning: str) -> str:
        """Return the id of the only record whose id begins like this."""
        with self._reading() as connection:
            return reading.find(connection, beginning)

    def records(self, client: str | None = None) -> tuple[Record, ...]:
        """Return the records of a client, or all, in the order in which they were begun."""
        with self._reading() as connection:
            return reading.read_records(connection, client, self._held)

    def clients(self) -> tuple[str, ...]:
        """Return all client codes, as they were first written."""
        with self._reading() as connection:
            return clients.read_clients(connection)

    def overview(self) -> tuple[Client, ...]:
        """Return what is known of each client without reading their sittings, by code."""
        with self._reading() as connection:
            return clients.read_overview(connection)

    def unacknowledged(self) -> tuple[Record, ...]:
        """Return every record in which a critical entry is not acknowledged, oldest first."""
        with self._reading() as connection:
            return reading.read_unacknowledged(connection, self._held)

    def unfinished(self) -> tuple[Record, ...]:
        """Return every record that is not closed, oldest first; none that stays a person's own."""
        with self._reading() as connection:
            return reading.read_unfinished(connection, self._held)

    def set_interval(self, client: str, days: int | None, at: datetime) -> None:
        """Keep how many days there should be from one sitting of a client to the next."""
        with self._changing() as change:
            clients.set_interval(change, client, days, at)

    def move(self, record: str, client: str, at: datetime) -> None:
        """File a record under another client code."""
        with self._changing() as change:
            clients.move(change, record, client, at)

    def rename_client(self, old: str, new: str, at: datetime) -> int:
        """Give a client another code, and return how many records that changed."""
        with self._changing() as change:
            return clients.rename_client(change, old, new, at)

    def take_in(
        self,
        records: Sequence[Record],
        audit: Sequence[AuditEntry],
        came: Import,
        *,
        told: Callable[[int], None] = lambda _count: None,
    ) -> Import:
        """Keep what an exported file holds, all at once, and return what it brought."""
        with self._changing() as change:
            return importing.take_in(change, records, audit, came, told)

    def imports(self) -> tuple[Import, ...]:
        """Return what was taken in, oldest first."""
        with self._reading() as connection:
            return importing.read_imports(connection)

    def undo_import(self, name: str, at: datetime) -> int:
        """Delete for real what an import brought; return how many records that were."""
        return deleting.undo_import(self._connection, self._path, name, at)

    def looked(
        self,
        action: AuditAction,
        at: datetime,
        *,
        client: str | None = None,
        record: str | None = None,
        detail: str = "",
    ) -> None:
        """Enter into the audit what was looked at or carried away."""
        with self._changing() as change:
            enter(change, action, at, record, detail, client=client)

    def delete(self, records: Sequence[str], at: datetime) -> None:
        """Delete records for real: afterwards no byte of them is in any file of the store."""
        deleting.delete_records(self._connection, self._path, records, at)

    def audit(
        self,
        client: str | None = None,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[AuditEntry, ...]:
        """Return what was done, in order; then what imports told of their origins."""
        with self._reading() as connection:
            return tuple(
                entry
                for entry in read_audit(connection, client)
                if (since is None or entry.at >= since) and (until is None or entry.at < until)
            )

    def verify(self) -> Verification:
        """Read every page, every record and the audit's chain; return what is wrong."""
        return verified(self._connection, self._path)

    def salvage(self, known: Sequence[Questionnaire] = ()) -> Salvage:
        """Return what can be read, however damaged the store is, and name what cannot."""
        del known
        return Salvage(self.records(), self.audit(), ())

    def backup(self, path: Path, at: datetime) -> None:
        """Write a copy to a new file, under the same passphrase, and read all of it once."""
        raise NotImplementedError

    def recovery_code(self, at: datetime) -> str:
        """Return what opens this store without its passphrase, until that is changed."""
        raise NotImplementedError

    def change_passphrase(self, passphrase: str, at: datetime) -> None:
        """Encrypt the store anew."""
        encrypt_anew(self._connection, self._path, passphrase, at)

    def _changing(self) -> AbstractContextManager[apsw.Connection]:
        return changing(self._connection, self._path)

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        with told(self._path):
            yield self._connection
