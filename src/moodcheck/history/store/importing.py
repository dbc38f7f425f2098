"""Exported records taken in as a batch, which can be undone as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from moodcheck.errors import BadData, InputNotFound
from moodcheck.history.record import AuditAction, AuditEntry, Import, Record
from moodcheck.history.store.audit import enter, keep_imported
from moodcheck.history.store.sitting import new_id
from moodcheck.history.store.writing import write_whole
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    import apsw

_TELL_EVERY = 500
_AHEAD = 100_000
"""By how much a record of this store may be ahead of it, where an older copy was put in place."""
_HIGHEST = 2**53
"""What every reader of JSON can count to."""


def import_records(
    change: apsw.Connection,
    records: Sequence[Record],
    audit: Sequence[AuditEntry],
    came: Import,
    progress: Callable[[int], None],
) -> Import:
    """Write the records that are not there yet, and return the import as it came about."""
    came = replace(came, id=new_id(), records=())
    change.execute(
        "INSERT INTO import VALUES (?, ?, ?, ?)",
        (came.id, came.at.isoformat(), came.source, came.origin),
    )
    known = {name for (name,) in change.execute("SELECT id FROM record")}
    new = [record for record in records if record.id not in known]
    _refuse_impossible(change, new)
    for count, record in enumerate(new):
        write_whole(change, replace(record, brought_by=came.id))
        enter(change, AuditAction.IMPORTED, came.at, record.id, came.id)
        if not count % _TELL_EVERY:
            progress(count)
    keep_imported(change, audit, came.id)
    progress(len(new))
    return replace(came, records=tuple(record.id for record in new))


def read_imports(connection: apsw.Connection) -> tuple[Import, ...]:
    """Return what was taken in, oldest first."""
    brought: dict[str, list[str]] = {}
    query = "SELECT import, id FROM record WHERE import IS NOT NULL ORDER BY key"
    for came, record in connection.execute(query):
        brought.setdefault(came, []).append(record)
    return tuple(
        Import(name, datetime.fromisoformat(at), source, origin, tuple(brought.get(name, ())))
        for name, at, source, origin in connection.execute("SELECT * FROM import ORDER BY at, id")
    )


def import_of(connection: apsw.Connection, name: str) -> Import:
    """Return one import.

    Raises:
        InputNotFound: when there is no such import.
    """
    for one in read_imports(connection):
        if one.id == name:
            return one
    raise InputNotFound(
        f"There is no import '{safe_text(name[:64])}'", mend="See 'moodcheck history undo-import'"
    )


def forget_import(change: apsw.Connection, came: Import, at: datetime) -> None:
    """Remove what is known of an import whose records are deleted."""
    change.execute("DELETE FROM import WHERE id = ?", (came.id,))
    enter(change, AuditAction.IMPORT_UNDONE, at, detail=came.id)


def _refuse_impossible(change: apsw.Connection, records: Sequence[Record]) -> None:
    counted = "SELECT id, (SELECT max(sequence) FROM record WHERE origin = store.id) FROM store"
    ((own, highest),) = change.execute(counted)
    for record in records:
        most = (highest or 0) + _AHEAD if record.origin == own else _HIGHEST - 1
        if not 0 <= record.sequence <= most:
            raise BadData(
                f"The sitting {record.id} has a sequence number that it cannot have had, "
                "and nothing was imported",
                mend="Export it again at its origin",
            )
