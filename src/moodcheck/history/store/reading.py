"""Rows of a store → records. Every query has an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from moodcheck.core.administration import Administration, Given, Unanswered, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import BadData, InputNotFound, UsageError
from moodcheck.history.client_code import OWN
from moodcheck.history.critical import unanswered_entry
from moodcheck.history.order import in_order
from moodcheck.history.record import (
    Acknowledgement,
    Correction,
    CriticalEntry,
    CriticalKind,
    Record,
    RecordState,
    SittingMode,
)
from moodcheck.history.store.connection import DamagedError, rows_of
from moodcheck.history.store.writing import WHOLE

if TYPE_CHECKING:
    import apsw

_MOST_NAMED = 8
"""How many sittings a message lists."""

_AT_ONCE = 500
"""Records that are read together; bounds the memory and the number of parameters."""

HEADS = """
    SELECT key, id, sequence, client, mode, state, taken_at, origin, import, changed_outside,
        document
    FROM record
"""

GIVEN = "SELECT record, item, value, words, reason FROM given"
NOTES = "SELECT record, item, text FROM note"
CRITICAL = """
    SELECT record, item, kind, alerted, raised_at, initials, acknowledged_at, action, spoken_with,
        told, plan, next_contact
    FROM critical
"""
CORRECTIONS = "SELECT record, number, item, value, words, reason, at FROM correction"

_SOMEBODY_ELSE = f"NOT (mode = '{SittingMode.OWN}' AND client = '{OWN}')"
"""Whose sittings a human has to acknowledge; as `Record.needs_acknowledgement`."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """What belongs to one record, as it is stored."""

    given: Sequence[Any] = ()
    notes: Sequence[Any] = ()
    critical: Sequence[Any] = ()
    corrections: Sequence[Any] = ()


Held = Collection[str]
"""Ids of open records that somebody is answering right now; the other open ones broke off."""

NOBODY: Held = ()


def key_of(connection: apsw.Connection, record: str) -> int:
    """Return the key of a record's row.

    Raises:
        InputNotFound: when there is no record of that id.
    """
    for (key,) in rows_of(connection, "SELECT key FROM record WHERE id = ?", (record,)):
        return int(key)
    raise _not_there(record)


def find(connection: apsw.Connection, beginning: str) -> str:
    """Return the id of the only record whose id begins with this.

    Raises:
        InputNotFound: when there is none.
        UsageError: when there are several.
    """
    start = beginning.lower()
    # In ASCII, { comes after every letter and digit that an id may go on with.
    query = "SELECT id, taken_at FROM record WHERE id >= ?1 AND id < ?1 || '{' ORDER BY id LIMIT ?2"
    found = connection.execute(query, (start, _MOST_NAMED + 1)).fetchall() if start else []
    if len(found) > 1:
        named = [f"{name} of {str(at)[:16].replace('T', ' ')}" for name, at in found[:_MOST_NAMED]]
        more = ", …" if len(found) > _MOST_NAMED else ""
        raise UsageError(
            f"More than one sitting has an id that begins with '{start}'",
            mend=f"Type more of it: {', '.join(named)}{more}",
        )
    if not found:
        raise _not_there(beginning)
    return str(found[0][0])


def read_record(connection: apsw.Connection, record: str, held: Held = NOBODY) -> Record:
    """Return one record. Raises as `key_of`, and BadData when it cannot be read as written."""
    key = key_of(connection, record)
    heads = connection.execute(f"{HEADS} WHERE key = ?", (key,)).fetchall()
    return _built(connection, heads, held)[0]


def read_records(
    connection: apsw.Connection, client: str | None, held: Held = NOBODY
) -> tuple[Record, ...]:
    """Return the records of a client, or of everybody, in the order in which they were begun."""
    where, parameters = ("WHERE client = ?", (client,)) if client is not None else ("", ())
    return in_order(_in_parts(connection, f"{HEADS} {where}", parameters, held))


def read_unacknowledged(connection: apsw.Connection, held: Held = NOBODY) -> tuple[Record, ...]:
    """Return every record that holds something which nobody has acknowledged, oldest first."""
    waiting = "SELECT record FROM critical WHERE acknowledged_at IS NULL"
    broken_off = "SELECT key FROM record WHERE state = 'open'"
    where = f"(key IN ({waiting}) OR key IN ({broken_off})) AND {_SOMEBODY_ELSE}"
    found = in_order(_in_parts(connection, f"{HEADS} WHERE {where}", (), held))
    return tuple(record for record in found if record.unacknowledged)


def read_unfinished(connection: apsw.Connection, held: Held = NOBODY) -> tuple[Record, ...]:
    """Return every record that is not closed, oldest first; none that stays a person's own."""
    where = f"state <> 'closed' AND {_SOMEBODY_ELSE}"
    return in_order(_in_parts(connection, f"{HEADS} WHERE {where}", (), held))


def _not_there(record: str) -> InputNotFound:
    return InputNotFound(
        f"There is no sitting '{record[:64]}'", mend="See 'moodcheck history list'"
    )


def _in_parts(
    connection: apsw.Connection, query: str, parameters: Sequence[str], held: Held
) -> tuple[Record, ...]:
    heads = connection.execute(query, parameters).fetchall()
    parts = (heads[start : start + _AT_ONCE] for start in range(0, len(heads), _AT_ONCE))
    return tuple(record for part in parts for record in _built(connection, part, held))


def _built(connection: apsw.Connection, heads: Sequence[Row], held: Held) -> list[Record]:
    keys = [head[0] for head in heads]
    given = _by_record(connection, GIVEN, keys)
    notes = _by_record(connection, NOTES, keys)
    critical = _by_record(connection, CRITICAL, keys)
    corrections = _by_record(connection, CORRECTIONS, keys)
    asked = {name: _document(connection, name) for name in {head[-1] for head in heads}}
    return [
        build_record(
            (*head[:-1], asked[head[-1]]),
            Rows(*(rows[head[0]] for rows in (given, notes, critical, corrections))),
            held,
        )
        for head in heads
    ]


def _document(connection: apsw.Connection, name: str) -> str:
    """Return the questionnaire's document of that hash; empty where it is not there."""
    found = rows_of(connection, "SELECT content FROM document WHERE hash = ?", (name,))
    return str(found[0][0]) if found else ""


@lru_cache(maxsize=64)
def _questionnaire(document: str) -> Questionnaire:
    """Return the questionnaire of a document. Raises ValueError when it is none."""
    return Questionnaire.model_validate_json(document)


def _by_record(
    connection: apsw.Connection, select: str, keys: Sequence[int]
) -> defaultdict[int, list[Row]]:
    places = ",".join("?" * len(keys))
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    for key, *rest in connection.execute(f"{select} WHERE record IN ({places})", tuple(keys)):
        rows[key].append(tuple(rest))
    return rows


def build_record(head: Row, rows: Rows, held: Held) -> Record:
    """Return the record in these rows. Raises BadData when they are not as they were written."""
    (_key, name, sequence, client, mode, state, taken_at, origin, came, changed, document) = head
    try:
        questionnaire = _questionnaire(document)
        reached = {item: _given(*rest) for item, *rest in rows.given}
        every: dict[str, Given] = {
            item.id: reached.pop(item.id, Unanswered.NOT_REACHED)
            for item in questionnaire.all_items
        }
        administration = administer(
            questionnaire, every | reached, taken_at=datetime.fromisoformat(taken_at)
        )
        noted: dict[str, str] = dict(rows.notes)
        whole = noted.pop(WHOLE, "")
        record = Record(
            id=name,
            client=client,
            origin=origin,
            sequence=sequence,
            mode=SittingMode(mode),
            state=RecordState(state),
            administration=administration,
            notes=MappingProxyType(noted),
            critical=tuple(_critical(administration, row) for row in sorted(rows.critical)),
            note=whole,
            corrections=tuple(_correction(*row) for row in sorted(rows.corrections)),
            brought_by=came,
            changed_outside=bool(changed),
        )
    except (BadData, ValueError, TypeError):
        raise DamagedError(
            f"The sitting {name} cannot be read as it was written",
            mend="Run 'moodcheck history verify', and restore a backup",
        ) from None
    return record if name in held else _as_broken_off(record)


def _as_broken_off(record: Record) -> Record:
    """Return a record whose sitting broke off with an entry for each unanswered critical item.

    They follow from the answers, so nothing needs to be written when the program is killed.
    """
    if record.state is not RecordState.OPEN or not record.needs_acknowledgement:
        return record
    known = {entry.item for entry in record.critical}
    sitting = record.administration
    missing = [
        unanswered_entry(sitting, critical.item)
        for critical in sitting.questionnaire.critical
        if critical.item in sitting.unanswered and critical.item not in known
    ]
    every = sorted((*record.critical, *missing), key=lambda entry: entry.item)
    return replace(record, critical=tuple(every))


def _given(value: int | None, words: str | None, reason: str | None) -> Given:
    if reason is not None:
        return Unanswered(reason)
    return value if words is None else words


def _correction(
    _number: int, item: str, value: int | None, words: str | None, reason: str | None, at: str
) -> Correction:
    before = _given(value, words, reason)
    if before is None:
        raise ValueError(item)
    return Correction(item, before, datetime.fromisoformat(at))


def _critical(administration: Administration, row: Row) -> CriticalEntry:
    item, kind, alerted, raised_at, initials, acknowledged_at, *texts = row
    now: int | Unanswered | None = administration.answers.get(item)
    acknowledgement = None
    if acknowledged_at is not None:
        at = datetime.fromisoformat(acknowledged_at)
        acknowledgement = Acknowledgement(initials, at, *(text or "" for text in texts))
    return CriticalEntry(
        item=item,
        kind=CriticalKind(kind),
        alerted=alerted,
        now=administration.unanswered[item] if now is None else now,
        raised_at=datetime.fromisoformat(raised_at),
        acknowledgement=acknowledgement,
    )
