"""The store behind the port `HistoryStore`: made, opened, and its methods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from moodcheck.core.administration import Administration, Unanswered
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.files.atomic_output import sweep_new
from moodcheck.history.record import (
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
from moodcheck.history.store import (
    clients,
    deleting,
    importing,
    reading,
    sitting,
    verifying,
    writing,
)
from moodcheck.history.store.audit import enter, read_audit
from moodcheck.history.store.connection import (
    open_connection,
    refuse_no_passphrase,
    translated_errors,
)
from moodcheck.history.store.keys import Secret, StoreKey
from moodcheck.history.store.open_file import OpenFile
from moodcheck.history.store.salvaging import salvage
from moodcheck.history.store.schema import migrate
from moodcheck.history.store.store_file import new_store_file, refuse_unusable


def make_store(path: Path, passphrase: str, at: datetime) -> EncryptedStore:
    """Make a new store, and return it open.

    Raises:
        CannotCreate: when it cannot be made there; nothing is left behind then.
        IOFailed: when the disk is full or fails; says so where the store was made all the same.
    """
    with new_store_file(path) as part:
        with EncryptedStore(open_connection(path, passphrase, part=part), path) as store:
            migrate(store._connection, path)  # noqa: SLF001 - the store being made
            with store._changing() as change:  # noqa: SLF001 - as above
                enter(change, AuditAction.STORE_MADE, at)
            with translated_errors(path):
                change.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            key = store._key  # noqa: SLF001 - as above
        refuse_unusable(part)  # without its key it would be plain to read
    return open_store(path, key)


def open_store(path: Path, secret: Secret) -> EncryptedStore:
    """Open the store at `path`.

    Raises:
        InputNotFound: when there is none.
        Locked: when the passphrase, or the recovery code, is wrong.
        BadData: when it is no store, is damaged, or was written by a newer moodcheck.
        IOFailed: when it cannot be read or written.
    """
    refuse_unusable(path)
    sweep_new(path.parent)
    found = open_connection(path, secret)
    try:
        migrate(found.connection, path)
    except BaseException:
        found.connection.close(force=True)
        raise
    return EncryptedStore(found, path)


class EncryptedStore(OpenFile):
    """Implements `HistoryStore`, which says what each method does. What returned is on the disk."""

    @property
    def id(self) -> str:
        with self._reading() as connection:
            ((name,),) = connection.execute("SELECT id FROM store")
            return str(name)

    def begin(
        self, client: str, questionnaire: Questionnaire, mode: SittingMode, taken_at: datetime
    ) -> str:
        with self._changing() as change:
            record = sitting.begin(change, client, questionnaire, mode, taken_at)
        self._held.add(record)
        return record

    def put(self, record: str, item: str, given: int | str | Unanswered, at: datetime) -> None:
        with self._changing() as change:
            sitting.put(change, record, item, given, at)
        self._held.add(record)

    def let_go(self, record: str) -> None:
        self._held.discard(record)

    def correct(self, record: str, item: str, given: int | str | Unanswered, at: datetime) -> None:
        with self._changing() as change:
            sitting.correct(change, record, item, given, at)

    def note(self, record: str, item: str | None, text: str, at: datetime) -> None:
        with self._changing() as change:
            where = writing.WHOLE if item is None else item
            writing.write_note(change, reading.key_of(change, record), where, text)
            enter(change, AuditAction.NOTED, at, record, where)

    def finish(self, record: str, administration: Administration, at: datetime) -> None:
        with self._changing() as change:
            sitting.finish(change, record, administration, at)
        self._held.discard(record)

    def acknowledge(self, record: str, item: str, acknowledgement: Acknowledgement) -> None:
        with self._changing() as change:
            sitting.acknowledge(change, record, item, acknowledgement)

    def close(self, record: str, at: datetime) -> None:
        with self._changing() as change:
            sitting.close(change, record, at)

    def record(self, record: str) -> Record:
        with self._reading() as connection:
            return reading.read_record(connection, record, self._held)

    def find(self, beginning: str) -> str:
        with self._reading() as connection:
            return reading.find(connection, beginning)

    def records(self, client: str | None = None) -> tuple[Record, ...]:
        with self._reading() as connection:
            return reading.read_records(connection, client, self._held)

    def clients(self) -> tuple[str, ...]:
        with self._reading() as connection:
            return clients.read_clients(connection)

    def overview(self) -> tuple[Client, ...]:
        with self._reading() as connection:
            return clients.read_overview(connection)

    def unacknowledged(self) -> tuple[Record, ...]:
        with self._reading() as connection:
            return reading.read_unacknowledged(connection, self._held)

    def unfinished(self) -> tuple[Record, ...]:
        with self._reading() as connection:
            return reading.read_unfinished(connection, self._held)

    def set_interval(self, client: str, days: int | None, at: datetime) -> None:
        with self._changing() as change:
            clients.set_interval(change, client, days, at)

    def move(self, record: str, client: str, at: datetime) -> None:
        with self._changing() as change:
            clients.move(change, record, client, at)

    def rename_client(self, old: str, new: str, at: datetime) -> int:
        with self._changing() as change:
            return clients.rename_client(change, old, new, at)

    def import_records(
        self,
        records: Sequence[Record],
        audit: Sequence[AuditEntry],
        incoming: Import,
        *,
        progress: Callable[[int], None] = lambda _count: None,
    ) -> Import:
        with self._changing() as change:
            return importing.import_records(change, records, audit, incoming, progress)

    def imports(self) -> tuple[Import, ...]:
        with self._reading() as connection:
            return importing.read_imports(connection)

    def undo_import(self, name: str, at: datetime) -> int:
        return deleting.undo_import(self._connection, self._path, name, at)

    def log_access(
        self,
        action: AuditAction,
        at: datetime,
        *,
        client: str | None = None,
        record: str | None = None,
        detail: str = "",
    ) -> None:
        with self._changing() as change:
            enter(change, action, at, record, detail, client=client)

    def delete(self, records: Sequence[str], at: datetime) -> None:
        deleting.delete_records(self._connection, self._path, records, at)

    def audit(
        self,
        client: str | None = None,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[AuditEntry, ...]:
        with self._reading() as connection:
            return tuple(
                entry
                for entry in read_audit(connection, client)
                if (since is None or entry.at >= since) and (until is None or entry.at < until)
            )

    def verify(self) -> Verification:
        found = verifying.verify(self._connection, self._path)
        self._notice(bool(found.problems))
        return found

    def salvage(self, known: Sequence[Questionnaire] = ()) -> Salvage:
        return salvage(self._connection, known)

    def backup(self, path: Path, at: datetime) -> None:
        verifying.back_up(self._connection, path, self._key)
        with self._changing() as change:
            enter(change, AuditAction.BACKED_UP, at)

    def recovery_code(self, at: datetime) -> str:
        with self._changing() as change:
            enter(change, AuditAction.RECOVERY_CODE_SHOWN, at)
        return self._key.code

    def change_passphrase(self, passphrase: str, at: datetime) -> None:
        refuse_no_passphrase(passphrase)
        key = StoreKey.new(passphrase, self._key.salt)
        deleting.encrypt_anew(self._connection, self._path, key, at)
        self._key = key
