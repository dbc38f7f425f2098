"""Records → rows of a store. Each function runs inside a transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from moodcheck.core.administration import Administration, Given, Unanswered
from moodcheck.core.safety import advice_for, behind_advice, is_urgent
from moodcheck.history.record import Acknowledgement, CriticalEntry, CriticalKind, Record

if TYPE_CHECKING:
    import apsw

WHOLE = ""
"""The item of a note that is about the whole sitting."""


def write_head(connection: apsw.Connection, record: Record) -> int:
    """Write what is known of a record before any answer, and return its key."""
    asked = record.administration.questionnaire
    # A questionnaire is kept once, however many sittings are held with it.
    kept = (asked.content_hash, asked.canonical_json)
    connection.execute("INSERT OR IGNORE INTO document VALUES (?, ?)", kept)
    connection.execute(
        "INSERT INTO record (id, sequence, client, document, mode, state, taken_at, origin, import,"
        " changed_outside) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.id,
            record.sequence,
            client_as_written(connection, record.client) or record.client,
            asked.content_hash,
            record.mode.value,
            record.state.value,
            record.administration.taken_at.isoformat(),
            record.origin,
            record.brought_by,
            record.changed_outside,
        ),
    )
    return connection.last_insert_rowid()


def write_whole(connection: apsw.Connection, record: Record) -> None:
    """Write a record with everything that belongs to it, as it is."""
    key = write_head(connection, record)
    write_given(connection, key, given_in(record.administration))
    for item, text in {**record.notes, WHOLE: record.note}.items():
        write_note(connection, key, item, text)
    for entry in record.critical:
        _write_critical(connection, key, entry)
    for correction in record.corrections:
        write_correction(connection, key, correction.item, correction.before, correction.at)


def write_given(connection: apsw.Connection, key: int, given: Mapping[str, Given]) -> None:
    """Write what was given, in place of what was given before."""
    connection.executemany(
        "INSERT OR REPLACE INTO given VALUES (?, ?, ?, ?, ?)",
        [(key, item, *_columns(one)) for item, one in given.items()],
    )


def given_in(administration: Administration) -> dict[str, Given]:
    """Return everything that was given in an administration, and why the rest was not."""
    return {**administration.answers, **administration.words, **administration.unanswered}


def client_as_written(connection: apsw.Connection, code: str) -> str | None:
    """Return a client code as it was first written; None where nothing is saved under it."""
    found = connection.execute("SELECT client FROM record WHERE client = ? LIMIT 1", (code,))
    return next((str(known) for (known,) in found.fetchall()), None)


def enter_critical(
    connection: apsw.Connection,
    key: int,
    administration: Administration,
    changed: Collection[str],
    at: datetime,
) -> None:
    """Enter the critical items, and the answers behind urgent advice, among the changed items.

    What was entered stays, whatever comes later; only a critical item without an answer that
    nobody acknowledged is taken back by an answer. A higher answer than the one that was
    acknowledged has to be seen anew.
    """
    answers = administration.answers
    for critical in administration.questionnaire.critical:
        if (item := critical.item) not in changed:
            continue
        if item not in answers:
            _enter_unanswered(connection, key, item, at)
        elif critical.is_alert(answers[item]):
            _raise(connection, key, CriticalKind.ALERT, (item, answers[item]), at)
        else:
            connection.execute(
                "DELETE FROM critical WHERE record = ? AND item = ? AND alerted IS NULL "
                "AND acknowledged_at IS NULL",
                (key, item),
            )
    if is_urgent(advice_for(administration)):
        for item in behind_advice(administration):
            _raise(connection, key, CriticalKind.ADVICE, (item, answers[item]), at)


def write_acknowledgement(
    connection: apsw.Connection, key: int, item: str, seen: Acknowledgement
) -> bool:
    """Write that a human has seen a critical entry; return whether there is such an entry."""
    connection.execute(
        "UPDATE critical SET initials = ?, acknowledged_at = ?, action = ?, spoken_with = ?, "
        "told = ?, plan = ?, next_contact = ? WHERE record = ? AND item = ?",
        (*_of_acknowledgement(seen), key, item),
    )
    return bool(connection.changes())


def write_not_reached(connection: apsw.Connection, key: int, entry: CriticalEntry) -> None:
    """Write the entry of an unanswered critical item, which until now followed from the answers."""
    _enter_unanswered(connection, key, entry.item, entry.raised_at)


def write_correction(
    connection: apsw.Connection, key: int, item: str, before: Given, at: datetime
) -> None:
    """Write what stood at an item before it was corrected."""
    connection.execute(
        "INSERT INTO correction SELECT ?1, 1 + count(*), ?2, ?3, ?4, ?5, ?6 FROM correction "
        "WHERE record = ?1",
        (key, item, *_columns(before), at.isoformat()),
    )


def write_note(connection: apsw.Connection, key: int, item: str, text: str) -> None:
    """Write a note in place of an earlier one; an empty text removes it.

    `item`: its id, or `WHOLE`.
    """
    if text:
        connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?, ?)", (key, item, text))
    else:
        connection.execute("DELETE FROM note WHERE record = ? AND item = ?", (key, item))


def _raise(
    connection: apsw.Connection, key: int, kind: CriticalKind, raised: tuple[str, int], at: datetime
) -> None:
    item, answer = raised
    connection.execute(
        "INSERT INTO critical (record, item, kind, alerted, raised_at) VALUES (?1, ?2, ?3, ?4, ?5) "
        # An answer may be an alert and set the advice, too.
        "ON CONFLICT DO UPDATE SET kind = iif(kind = 'alert', kind, ?3), alerted = ?4, "
        "raised_at = ?5, initials = NULL, acknowledged_at = NULL, action = NULL, "
        "spoken_with = NULL, told = NULL, plan = NULL, next_contact = NULL "
        "WHERE alerted IS NULL OR alerted < ?4",
        (key, item, kind.value, answer, at.isoformat()),
    )


def _enter_unanswered(connection: apsw.Connection, key: int, item: str, at: datetime) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO critical (record, item, kind, raised_at) VALUES (?, ?, ?, ?)",
        (key, item, CriticalKind.UNANSWERED.value, at.isoformat()),
    )


def _write_critical(connection: apsw.Connection, key: int, entry: CriticalEntry) -> None:
    connection.execute(
        "INSERT INTO critical (record, item, kind, alerted, raised_at) VALUES (?, ?, ?, ?, ?)",
        (key, entry.item, entry.kind.value, entry.alerted, entry.raised_at.isoformat()),
    )
    if entry.acknowledgement:
        write_acknowledgement(connection, key, entry.item, entry.acknowledgement)


def _of_acknowledgement(seen: Acknowledgement) -> tuple[str, ...]:
    at = seen.at.isoformat()
    return (
        seen.initials, at, seen.action, seen.spoken_with, seen.told, seen.plan, seen.next_contact,
    )  # fmt: skip


def _columns(given: Given) -> tuple[int | None, str | None, str | None]:
    match given:
        case Unanswered() as reason:
            return None, None, reason.value
        case str() as words:
            return None, words, None
        case None:
            return None, None, Unanswered.BLANK.value
        case value:
            return value, None, None
