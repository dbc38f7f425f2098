"""Rows of a store → records, with an index for everything that is looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from moodcheck.adapters.history.documents import questionnaire_of
from moodcheck.domain.administration import Administration, Given, Unanswered, administer
from moodcheck.domain.history import (
    Acknowledgement,
    CriticalEntry,
    Record,
    RecordState,
    SittingMode,
)
from moodcheck.errors import BadData, InputNotFound
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    import apsw

_AT_ONCE = 500
"""Records that are read together; bounds the memory and the number of parameters."""

_HEADS = """
    SELECT key, id, sequence, client, mode, state, taken_at, content
    FROM record JOIN document ON document.hash = record.document
"""

Row = tuple[Any, ...]


def key_of(connection: apsw.Connection, record: str) -> int:
    """Return under which key a record is kept.

    Raises:
        InputNotFound: when there is no record of that id.
    """
    for (key,) in connection.execute("SELECT key FROM record WHERE id = ?", (record,)):
        return int(key)
    raise InputNotFound(
        f"There is no record '{safe_text(record[:64])}'", mend="See 'moodcheck history list'"
    )


def read_record(connection: apsw.Connection, record: str) -> Record:
    """Return one record. Raises as `key_of`, and BadData when it cannot be read as written."""
    key = key_of(connection, record)
    return _built(connection, connection.execute(f"{_HEADS} WHERE key = ?", (key,)).fetchall())[0]


def read_records(connection: apsw.Connection, client: str | None) -> tuple[Record, ...]:
    """Return the records of a client, or of everybody, in the order in which they were begun."""
    where, parameters = ("WHERE client = ?", (client,)) if client is not None else ("", ())
    order = "ORDER BY sequence, key"
    return _in_parts(connection, f"{_HEADS} {where} {order}", parameters)


def read_unacknowledged(connection: apsw.Connection) -> tuple[Record, ...]:
    """Return every record that holds something which nobody has acknowledged, oldest first."""
    waiting = "SELECT record FROM critical WHERE acknowledged_at IS NULL"
    query = f"{_HEADS} WHERE key IN ({waiting}) AND mode <> ? ORDER BY sequence, key"
    return _in_parts(connection, query, (SittingMode.OWN.value,))


def _in_parts(
    connection: apsw.Connection, query: str, parameters: Sequence[str]
) -> tuple[Record, ...]:
    heads = connection.execute(query, parameters).fetchall()
    parts = (heads[start : start + _AT_ONCE] for start in range(0, len(heads), _AT_ONCE))
    return tuple(record for part in parts for record in _built(connection, part))


def _built(connection: apsw.Connection, heads: Sequence[Row]) -> list[Record]:
    keys = [head[0] for head in heads]
    given = _by_record(connection, "SELECT record, item, value, words, reason FROM given", keys)
    notes = _by_record(connection, "SELECT record, item, text FROM note", keys)
    critical = _by_record(
        connection,
        "SELECT record, item, alerted, raised_at, initials, acknowledged_at, action FROM critical",
        keys,
    )
    return [_record(head, given[head[0]], notes[head[0]], critical[head[0]]) for head in heads]


def _by_record(
    connection: apsw.Connection, select: str, keys: Sequence[int]
) -> defaultdict[int, list[Row]]:
    places = ",".join("?" * len(keys))
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    for key, *rest in connection.execute(f"{select} WHERE record IN ({places})", tuple(keys)):
        rows[key].append(tuple(rest))
    return rows


def _record(
    head: Row, given: Iterable[Row], notes: Iterable[Row], critical: Iterable[Row]
) -> Record:
    _key, record, sequence, client, mode, state, taken_at, document = head
    try:
        questionnaire = questionnaire_of(document)
        reached = {item: _given(*rest) for item, *rest in given}
        every: dict[str, Given] = {
            item.id: reached.pop(item.id, Unanswered.NOT_REACHED)
            for item in questionnaire.all_items
        }
        administration = administer(
            questionnaire, every | reached, taken_at=datetime.fromisoformat(taken_at)
        )
        return Record(
            id=record,
            client=client,
            sequence=sequence,
            mode=SittingMode(mode),
            state=RecordState(state),
            administration=administration,
            notes=MappingProxyType(dict(notes)),
            critical=tuple(_critical(administration, row) for row in sorted(critical)),
        )
    except (BadData, ValueError):
        raise BadData(
            f"Record {record} of the history cannot be read as it was written",
            mend="Run 'moodcheck history verify', and bring back a copy",
        ) from None


def _given(value: int | None, words: str | None, reason: str | None) -> Given:
    if reason is not None:
        return Unanswered(reason)
    return value if words is None else words


def _critical(administration: Administration, row: Row) -> CriticalEntry:
    item, alerted, raised_at, initials, acknowledged_at, action = row
    now: int | Unanswered | None = administration.answers.get(item)
    acknowledgement = None
    if acknowledged_at is not None:
        at = datetime.fromisoformat(acknowledged_at)
        acknowledgement = Acknowledgement(initials, at, action)
    return CriticalEntry(
        item=item,
        alerted=alerted,
        now=administration.unanswered[item] if now is None else now,
        raised_at=datetime.fromisoformat(raised_at),
        acknowledgement=acknowledgement,
    )
