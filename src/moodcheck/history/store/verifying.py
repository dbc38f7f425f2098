"""Every page and every record read once, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.core.questionnaire import hash_content
from moodcheck.errors import BadData, MoodcheckError, Problem
from moodcheck.history.record import Verification
from moodcheck.history.store.auditing import read_head
from moodcheck.history.store.chain import broken_links
from moodcheck.history.store.connection import rows_of
from moodcheck.history.store.faults import DamagedError, told
from moodcheck.history.store.reading import read_record, read_records
from moodcheck.history.store.salvaging import salvage

if TYPE_CHECKING:
    import apsw

_MEND = "Restore a backup"


def verified(connection: apsw.Connection, path: Path) -> Verification:
    """Read every page, every record and the audit's chain; return what is wrong.

    Where a page cannot be read, that names the records and the audit entries that are lost by it.
    """
    found = list(_problems(connection, path))
    if found:
        found += salvage(connection, ()).lost
    # One page that cannot be read is met from several others.
    problems = tuple(dict.fromkeys(found))
    try:
        with told(path):
            return Verification(problems, read_head(connection))
    except BadData:
        return Verification(problems, None)


def _problems(connection: apsw.Connection, path: Path) -> Iterator[Problem]:
    """Yield what is wrong with a store; nothing when all is well."""
    try:
        with told(path):
            # Reading a page holds it against the code that was computed when it was written.
            for (said,) in connection.execute("PRAGMA integrity_check"):
                if said != "ok":
                    yield Problem("structure", "a page does not fit the others", _MEND)
            for _row in connection.execute("PRAGMA foreign_key_check"):
                yield Problem("structure", "something belongs to a record that is not there", _MEND)
            for name, content in connection.execute("SELECT hash, content FROM document"):
                if hash_content(content) != name:
                    yield Problem(f"questionnaire {name[:12]}", "it is not what was kept", _MEND)
            try:
                read_records(connection, None)
            except DamagedError:
                # One by one, so that each that cannot be read is named.
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
