"""Reading what can be read of a damaged store. What is lost is named, and nothing is guessed.

A query ends at the first page that cannot be read, whatever comes after it. So records are looked
up one by one, under every key that any table or index still knows, and each table for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby

import apsw

from moodcheck.core.questionnaire import Questionnaire, hash_content
from moodcheck.errors import Problem
from moodcheck.history.critical import critical_entries, unanswered_entry
from moodcheck.history.order import in_order
from moodcheck.history.record import AuditEntry, Record, Salvage
from moodcheck.history.store.audit import IMPORTED, OWN, entry_of, imported_entry_of
from moodcheck.history.store.connection import DamagedError
from moodcheck.history.store.reading import (
    CORRECTIONS,
    CRITICAL,
    GIVEN,
    HEADS,
    NOTES,
    Row,
    Rows,
    build_record,
)

_FAILURES = (apsw.CorruptError, apsw.NotADBError, apsw.IOError, UnicodeDecodeError)
_MEND = "Restore a backup, or enter it again"

# Each walks another table or index: where one is damaged, another may be whole.
_KEYS = (
    "SELECT key, NULL FROM record ORDER BY key",
    "SELECT key, NULL FROM record ORDER BY key DESC",
    "SELECT key, id FROM record ORDER BY id",
    "SELECT key, id FROM record ORDER BY id DESC",
    "SELECT key, NULL FROM record ORDER BY client, sequence",
    "SELECT key, NULL FROM record ORDER BY client DESC, sequence DESC",
    "SELECT key, NULL FROM record ORDER BY origin, sequence",
    "SELECT key, NULL FROM record ORDER BY origin DESC, sequence DESC",
    "SELECT DISTINCT record, NULL FROM given ORDER BY record",
    "SELECT DISTINCT record, NULL FROM given ORDER BY record DESC",
)


def salvage(connection: apsw.Connection, known: Sequence[Questionnaire]) -> Salvage:
    """Return what can be read, and name what cannot.

    Args:
        connection: to a store that may be damaged.
        known: questionnaires to read sittings with whose own copy is lost; taken only where
            they are the very same.
    """
    reader = _Reader(connection, {one.content_hash: one.canonical_json for one in known})
    records = in_order(reader.records())
    audit = tuple(reader.audit())
    return Salvage(records, audit, tuple(dict.fromkeys(reader.lost)))


class _Reader:
    """Reads a store piece by piece, and lists what is lost."""

    def __init__(self, connection: apsw.Connection, known: Mapping[str, str]) -> None:
        self._connection = connection
        self._known = known
        self.lost: list[Problem] = []

    def records(self) -> Iterator[Record]:
        """Yield every record whose answers can be read."""
        names, is_complete = self._names()
        for key in range(1, max(names, default=0) + 1):
            # Every key is tried, also those that no table or index names.
            head = self._rows(f"{HEADS} WHERE key = ?", key)
            if head:
                record = self._record(head[0])
                if record is not None:
                    yield record
            elif head is None and key in names:
                self._lose(names[key], "it cannot be read")
        if not is_complete:
            self._lose("", "some may be missing here that cannot even be counted")

    def audit(self) -> Iterator[AuditEntry]:
        """Yield every entry that can be read: this store's own, then those of imports."""
        own = f"{OWN} WHERE sequence = ?"
        last = max((number for number, _none in self._walked(_NUMBERS)[0]), default=0)
        missing = []
        for number in range(1, last + 1):
            rows = self._rows(own, number)
            entries = _entries(rows or ())
            yield from entries
            if not entries:
                missing.append(number)
        for first, final in _runs(missing):
            where = f"audit entry {first}" if first == final else f"audit entries {first}-{final}"
            self.lost.append(Problem(where, "it cannot be read", "Restore a backup to have it"))
        rows, is_complete = self._walked((IMPORTED, f"{IMPORTED} ORDER BY 1 DESC, 2 DESC"))
        yield from _entries(sorted(set(rows), key=lambda row: row[:2]), imported_entry_of)
        if not is_complete:
            what = "some of what was done before they were imported cannot be read"
            self.lost.append(Problem("imported sittings", what, "Import the file again"))

    def _names(self) -> tuple[dict[int, str | None], bool]:
        """Return each key that a table or index names, with the id; and whether these are all."""
        found, is_complete = self._walked(_KEYS)
        names: dict[int, str | None] = {}
        for key, name in found:
            names[key] = name or names.get(key)
        return names, is_complete

    def _record(self, head: Row) -> Record | None:
        key, name, *rest, document = head
        questionnaire = self._document(document)
        given = self._rows(f"{GIVEN} WHERE record = ?", key)
        if questionnaire is None or given is None:
            what = "its answers" if questionnaire else "the questionnaire that it answers"
            self._lose(name, f"{what} cannot be read")
            return None
        parts, is_lost = {}, False
        for part, query in (("notes", NOTES), ("critical", CRITICAL), ("corrections", CORRECTIONS)):
            rows = self._rows(f"{query} WHERE record = ?", key)
            parts[part] = [row[1:] for row in rows or ()]
            if rows is None:
                self._lose(name, _LOST[part])
                is_lost = is_lost or part == "critical"
        every = Rows([row[1:] for row in given], **parts)
        try:
            record = build_record((key, name, *rest, questionnaire), every, ())
        except DamagedError as error:
            self._lose(name, error.what)
            return None
        return _with_all_to_see(record) if is_lost else record

    def _document(self, name: str) -> str | None:
        rows = self._rows("SELECT content FROM document WHERE hash = ?", name)
        content = rows[0][0] if rows else None
        if content is not None and hash_content(content) == name:
            return str(content)
        return self._known.get(name)

    def _rows(self, query: str, bound: int | str) -> list[Row] | None:
        """Return all rows of a query; None where it meets a page that cannot be read."""
        try:
            return list(self._connection.execute(query, (bound,)))
        except _FAILURES:
            return None

    def _walked(self, queries: Sequence[str]) -> tuple[list[Row], bool]:
        """Return the rows of all queries, as far as each gets, and whether one got to its end."""
        found: list[Row] = []
        is_complete = False
        for query in queries:
            with suppress(*_FAILURES):
                found.extend(self._connection.execute(query))
                is_complete = True
        return found, is_complete

    def _lose(self, name: str | None, what: str) -> None:
        where = "sittings" if name == "" else f"sitting {name or '?'}"
        self.lost.append(Problem(where, what, _MEND))


_LOST = {
    "notes": "its notes cannot be read",
    "critical": "who acknowledged what in it cannot be read, so it asks for that again",
    "corrections": "what was corrected in it cannot be read",
}
_NUMBERS = (
    "SELECT sequence, NULL FROM audit ORDER BY sequence",
    "SELECT sequence, NULL FROM audit ORDER BY sequence DESC",
    "SELECT seq, NULL FROM sqlite_sequence WHERE name = 'audit'",
)


def _with_all_to_see(record: Record) -> Record:
    """Return a record whose critical entries are lost, with one for every critical item.

    Nobody can tell any more whether an alert was changed later, so each has to be seen again.
    """
    sitting = record.administration
    told = [unanswered_entry(sitting, one.item) for one in sitting.questionnaire.critical]
    return replace(record, critical=critical_entries(sitting, record.state, told))


def _entries(rows: Iterable[Row], read: Callable[[Row], AuditEntry] = entry_of) -> list[AuditEntry]:
    found = []
    for row in rows:
        with suppress(ValueError, TypeError, AttributeError):
            found.append(read(row))
    return found


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of numbers that follow one another."""
    for _distance, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        of_run = [number for _place, number in run]
        yield of_run[0], of_run[-1]
