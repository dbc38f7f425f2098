"""The history of one user behind the port: an encrypted file that is open."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from moodcheck.adapters.history import reading, writing
from moodcheck.adapters.history.auditing import enter, read_audit
from moodcheck.adapters.history.connection import changing, connect
from moodcheck.adapters.history.deleting import delete_records
from moodcheck.adapters.history.documents import questionnaire_of
from moodcheck.adapters.history.faults import told
from moodcheck.adapters.history.making import being_made, sweep
from moodcheck.adapters.history.rekeying import encrypt_anew
from moodcheck.adapters.history.schema import migrate
from moodcheck.adapters.history.store_file import refuse_unusable
from moodcheck.adapters.history.verifying import problems_of
from moodcheck.domain.administration import Administration, Unanswered, administer
from moodcheck.domain.history import (
    Acknowledgement,
    AuditAction,
    AuditEntry,
    Record,
    RecordState,
    SittingMode,
)
from moodcheck.domain.questionnaire import Questionnaire
from moodcheck.errors import BadData, Problem, UsageError

if TYPE_CHECKING:
    import apsw

_ALPHABET = string.ascii_lowercase + string.digits
_ID_LENGTH = 12


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

    def begin(
        self, client: str, questionnaire: Questionnaire, mode: SittingMode, taken_at: datetime
    ) -> str:
        """Begin a record and return its id."""
        not_reached = {item.id: Unanswered.NOT_REACHED for item in questionnaire.all_items}
        record = "".join(secrets.choice(_ALPHABET) for _ in range(_ID_LENGTH))
        with self._changing() as change:
            (sequence,) = next(change.execute("SELECT coalesce(max(sequence), 0) + 1 FROM record"))
            head = Record(
                id=record,
                client=client,
                sequence=sequence,
                mode=mode,
                state=RecordState.OPEN,
                administration=administer(questionnaire, not_reached, taken_at=taken_at),
                notes={},
                critical=(),
            )
            writing.write_head(change, head)
            enter(change, AuditAction.BEGUN, taken_at, record)
        return record

    def put(self, record: str, item: str, given: int | str | Unanswered, at: datetime) -> None:
        """Keep what was given for an item; an answer that is an alert stays known as one."""
        with self._changing() as change:
            key = self._open_key(record)
            questionnaire = self._questionnaire(key)
            # What does not fit would make the whole record unreadable.
            administer(questionnaire, {item: given}, taken_at=at)
            writing.write_given(change, key, {item: given})
            writing.raise_alerts(change, key, questionnaire, {item: given}, at)
            enter(change, AuditAction.CHANGED, at, record, item)

    def note(self, record: str, item: str, text: str, at: datetime) -> None:
        """Keep what the counselor notes at an item; an empty text takes the note away."""
        with self._changing() as change:
            writing.write_note(change, reading.key_of(change, record), item, text)
            enter(change, AuditAction.CHANGED, at, record, item)

    def finish(self, record: str, administration: Administration, at: datetime) -> None:
        """Keep the administration as it ended; critical items without an answer are entered."""
        with self._changing() as change:
            key = self._open_key(record)
            given = writing.given_in(administration)
            writing.write_given(change, key, given)
            writing.raise_alerts(change, key, administration.questionnaire, given, at)
            writing.enter_unanswered(change, key, administration, at)
            change.execute(
                "UPDATE record SET state = iif(mode = ?, ?, ?) WHERE key = ?",
                (SittingMode.OWN, RecordState.CLOSED, RecordState.ANSWERED, key),
            )
            enter(change, AuditAction.FINISHED, at, record)

    def acknowledge(self, record: str, item: str, acknowledgement: Acknowledgement) -> None:
        """Keep that a human has seen a critical entry."""
        with self._changing() as change:
            key = reading.key_of(change, record)
            change.execute(
                "UPDATE critical SET initials = ?, acknowledged_at = ?, action = ? "
                "WHERE record = ? AND item = ?",
                (
                    acknowledgement.initials,
                    acknowledgement.at.isoformat(),
                    acknowledgement.action,
                    key,
                    item,
                ),
            )
            if not change.changes():
                raise UsageError("Nothing critical stands at that item", mend="Name another one")
            enter(change, AuditAction.ACKNOWLEDGED, acknowledgement.at, record, item)

    def close(self, record: str, at: datetime) -> None:
        """Close an answered record."""
        with self._changing() as change:
            found = reading.read_record(change, record)
            if found.state is not RecordState.ANSWERED or found.unacknowledged:
                raise UsageError(
                    f"Record {record} cannot be closed: it is not finished, or a critical "
                    "answer is NOT ACKNOWLEDGED",
                    mend="Acknowledge what is critical first",
                )
            self._set_state(record, RecordState.CLOSED)
            enter(change, AuditAction.CLOSED, at, record)

    def record(self, record: str) -> Record:
        """Return one record."""
        with self._reading() as connection:
            return reading.read_record(connection, record)

    def records(self, client: str | None = None) -> tuple[Record, ...]:
        """Return the records of a client, or all, in the order in which they were begun."""
        with self._reading() as connection:
            return reading.read_records(connection, client)

    def clients(self) -> tuple[str, ...]:
        """Return all client codes, as they were first written."""
        with self._reading() as connection:
            rows = connection.execute("SELECT min(client) FROM record GROUP BY client ORDER BY 1")
            return tuple(code for (code,) in rows)

    def unacknowledged(self) -> tuple[Record, ...]:
        """Return every record in which a critical entry is not acknowledged, oldest first."""
        with self._reading() as connection:
            return reading.read_unacknowledged(connection)

    def move(self, record: str, client: str, at: datetime) -> None:
        """File a record under another client code."""
        with self._changing() as change:
            before = reading.read_record(change, record).client
            known = change.execute("SELECT client FROM record WHERE client = ?", (client,))
            code = str(next(iter(known), (client,))[0])
            change.execute("UPDATE record SET client = ? WHERE id = ?", (code, record))
            enter(change, AuditAction.MOVED, at, record, f"{before} -> {code}")

    def add(self, record: Record, at: datetime) -> bool:
        """Keep a record that was exported; return False where its id is already there."""
        with self._changing() as change:
            for _row in change.execute("SELECT 1 FROM record WHERE id = ?", (record.id,)):
                if reading.read_record(change, record.id) == record:
                    return False
                raise BadData(
                    f"Record {record.id} is in the history already, and is not the same",
                    mend="Delete or move one of the two first; nothing was changed",
                )
            key = writing.write_head(change, record)
            writing.write_given(change, key, writing.given_in(record.administration))
            for item, text in record.notes.items():
                writing.write_note(change, key, item, text)
            for entry in record.critical:
                writing.write_critical(change, key, entry)
            enter(change, AuditAction.IMPORTED, at, record.id)
        return True

    def exported(self, records: Sequence[str], at: datetime) -> None:
        """Enter into the audit that these records were exported."""
        with self._changing() as change:
            for record in records:
                enter(change, AuditAction.EXPORTED, at, record)

    def delete(self, records: Sequence[str], at: datetime) -> None:
        """Delete records for real: afterwards no byte of them is in any file of the store."""
        delete_records(self._connection, self._path, records, at)

    def audit(self) -> tuple[AuditEntry, ...]:
        """Return what was done, in order."""
        with self._reading() as connection:
            return read_audit(connection)

    def verify(self) -> tuple[Problem, ...]:
        """Read every page and every record; return what is wrong."""
        # One page that cannot be read is met from several others.
        return tuple(dict.fromkeys(problems_of(self._connection, self._path)))

    def change_passphrase(self, passphrase: str, at: datetime) -> None:
        """Encrypt the store anew."""
        encrypt_anew(self._connection, self._path, passphrase, at)

    def _changing(self) -> AbstractContextManager[apsw.Connection]:
        return changing(self._connection, self._path)

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        with told(self._path):
            yield self._connection

    def _open_key(self, record: str) -> int:
        key = reading.key_of(self._connection, record)
        (state,) = next(self._connection.execute("SELECT state FROM record WHERE key = ?", (key,)))
        if state == RecordState.CLOSED:
            raise UsageError(f"Record {record} is closed", mend="Begin a new one")
        return key

    def _questionnaire(self, key: int) -> Questionnaire:
        (document,) = next(
            self._connection.execute(
                "SELECT content FROM document JOIN record ON document = hash WHERE key = ?", (key,)
            )
        )
        return questionnaire_of(str(document))

    def _set_state(self, record: str, state: RecordState) -> None:
        self._connection.execute("UPDATE record SET state = ? WHERE id = ?", (state, record))
