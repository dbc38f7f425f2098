"""Imports: exported records written together, which can be undone together."""

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
"""How far an import's sequence numbers may be ahead, where a backup took this store's place."""
_HIGHEST = 2**53
"""Above it, not every reader of JSON counts exactly."""


def import_records(
    change: apsw.Connection,
    records: Sequence[Record],
    audit: Sequence[AuditEntry],
    incoming: Import,
    progress: Callable[[int], None],
) -> Import:
    """Write the records that are not here yet, and return the import that did it."""
    done = replace(incoming, id=new_id(), records=())
    change.execute(
        "INSERT INTO import VALUES (?, ?, ?, ?)",
        (done.id, done.at.isoformat(), done.source, done.origin),
    )
    known = {name for (name,) in change.execute("SELECT id FROM record")}
    new = [record for record in records if record.id not in known]
    _refuse_impossible(change, new)
    for count, record in enumerate(new):
        write_whole(change, replace(record, brought_by=done.id))
        enter(change, AuditAction.IMPORTED, done.at, record.id, done.id)
        if not count % _TELL_EVERY:
            progress(count)
    keep_imported(change, audit, done.id)
    progress(len(new))
    return replace(done, records=tuple(record.id for record in new))


def read_imports(connection: apsw.Connection) -> tuple[Import, ...]:
    """Return all imports, oldest first."""
    brought: dict[str, list[str]] = {}
    query = "SELECT import, id FROM record WHERE import IS NOT NULL ORDER BY key"
    for name, record in connection.execute(query):
        brought.setdefault(name, []).append(record)
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


def forget_import(change: apsw.Connection, undone: Import, at: datetime) -> None:
    """Remove an import whose records are deleted."""
    change.execute("DELETE FROM import WHERE id = ?", (undone.id,))
    enter(change, AuditAction.IMPORT_UNDONE, at, detail=undone.id)


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
