"""Verifying a store, or a backup of it, by reading all of it once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.core.questionnaire import hash_content
from moodcheck.errors import BadData, MoodcheckError, Problem
from moodcheck.history.record import Verification
from moodcheck.history.store.audit import broken_links, read_head
from moodcheck.history.store.connection import (
    DamagedError,
    open_connection,
    rows_of,
    translated_errors,
)
from moodcheck.history.store.keys import StoreKey
from moodcheck.history.store.reading import read_record, read_records
from moodcheck.history.store.salvaging import salvage
from moodcheck.history.store.store_file import new_store_file, refuse_unusable

if TYPE_CHECKING:
    import apsw

_MEND = "Restore a backup"
_PAGES_AT_ONCE = 1_000


def verify(connection: apsw.Connection, path: Path) -> Verification:
    """Read every page, every record and the audit's chain; return what is wrong.

    Where a page cannot be read, that names the records and the audit entries that are lost by it.
    """
    found = list(_problems(connection, path))
    if found:
        found += salvage(connection, ()).lost
    # Several queries may meet the same unreadable page.
    problems = tuple(dict.fromkeys(found))
    try:
        with translated_errors(path):
            return Verification(problems, read_head(connection))
    except BadData:
        return Verification(problems, None)


def back_up(connection: apsw.Connection, copy: Path, key: StoreKey) -> None:
    """Write a copy of an open store to a new file, 0600, that the same passphrase opens.

    Raises:
        CannotCreate: when something is there already, or it cannot be made there.
        BadData: when the store is damaged, so that its copy is, too; there is no copy then.
        IOFailed: when there is no room for it, or the disk fails.
    """
    with new_store_file(copy, is_copy=True) as part:
        target = open_connection(copy, key, part=part).connection
        try:
            problems = _copy(connection, target, copy)
        finally:
            target.close(force=True)
        if problems:
            raise BadData(
                "The history is damaged, and no copy of it was made",
                mend="Export what can be read: moodcheck history export --all --output FILE",
                problems=problems,
            )
        refuse_unusable(part)  # without its key it would be plain to read


def _copy(connection: apsw.Connection, target: apsw.Connection, copy: Path) -> tuple[Problem, ...]:
    """Copy, and return what is wrong with what was copied."""
    try:
        with translated_errors(copy):
            with target.backup("main", connection, "main") as copying:
                while not copying.done:
                    copying.step(_PAGES_AT_ONCE)
            problems = verify(target, copy).problems
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except BadData:
        return (Problem("pages", "one cannot be read", "See 'moodcheck history verify'"),)
    return problems


def _problems(connection: apsw.Connection, path: Path) -> Iterator[Problem]:
    """Yield what is wrong with a store; nothing when all is well."""
    try:
        with translated_errors(path):
            # Reading a page checks it against the code that was computed when it was written.
            for (result,) in connection.execute("PRAGMA integrity_check"):
                if result != "ok":
                    yield Problem("structure", "a page does not fit the others", _MEND)
            for _row in connection.execute("PRAGMA foreign_key_check"):
                yield Problem("structure", "something belongs to a record that is not there", _MEND)
            for name, content in connection.execute("SELECT hash, content FROM document"):
                if hash_content(content) != name:
                    yield Problem(f"questionnaire {name[:12]}", "it is not what was kept", _MEND)
            try:
                read_records(connection, None)
            except DamagedError:
                # One by one, so that each unreadable record is named.
                for (record,) in rows_of(connection, "SELECT id FROM record ORDER BY sequence"):
                    yield from _record_problem(connection, str(record))
            yield from broken_links(connection)
    except BadData as error:
        yield Problem("pages", error.what, _MEND)


def _record_problem(connection: apsw.Connection, record: str) -> Iterator[Problem]:
    try:
        read_record(connection, record)
    except MoodcheckError as error:
        yield Problem(f"sitting {record}", error.what, _MEND)
