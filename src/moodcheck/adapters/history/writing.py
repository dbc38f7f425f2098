"""Records → rows of a store. Each function is part of a change that commits as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from moodcheck.adapters.history.documents import keep_document
from moodcheck.domain.administration import Administration, Given, Unanswered
from moodcheck.domain.history import CriticalEntry, Record
from moodcheck.domain.questionnaire import Questionnaire
from moodcheck.domain.safety import is_alert

if TYPE_CHECKING:
    import apsw


def write_head(connection: apsw.Connection, record: Record) -> int:
    """Write what is known of a record before any answer, and return its key."""
    connection.execute(
        "INSERT INTO record (id, sequence, client, document, mode, state, taken_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            record.id,
            record.sequence,
            _as_first_written(connection, record.client),
            keep_document(connection, record.administration.questionnaire),
            record.mode.value,
            record.state.value,
            record.administration.taken_at.isoformat(),
        ),
    )
    return connection.last_insert_rowid()


def write_given(connection: apsw.Connection, key: int, given: Mapping[str, Given]) -> None:
    """Write what was given, in place of what was given before."""
    connection.executemany(
        "INSERT OR REPLACE INTO given VALUES (?, ?, ?, ?, ?)",
        [(key, item, *_columns(one)) for item, one in given.items()],
    )


def given_in(administration: Administration) -> dict[str, Given]:
    """Return everything that was given in an administration, and why the rest was not."""
    return {**administration.answers, **administration.words, **administration.unanswered}


def raise_alerts(
    connection: apsw.Connection,
    key: int,
    questionnaire: Questionnaire,
    given: Mapping[str, Given],
    at: datetime,
) -> None:
    """Enter every answer that is an alert. What was entered stays, whatever comes later.

    A higher answer than the one that was acknowledged has to be seen anew.
    """
    for critical in questionnaire.critical:
        answer = given.get(critical.item)
        if not isinstance(answer, int) or not is_alert(critical, answer):
            continue
        connection.execute(
            "INSERT INTO critical (record, item, alerted, raised_at) VALUES (?1, ?2, ?3, ?4) "
            "ON CONFLICT DO UPDATE SET alerted = ?3, raised_at = ?4, initials = NULL, "
            "acknowledged_at = NULL, action = NULL WHERE alerted IS NULL OR alerted < ?3",
            (key, critical.item, answer, at.isoformat()),
        )


def enter_unanswered(
    connection: apsw.Connection, key: int, administration: Administration, at: datetime
) -> None:
    """Enter every critical item that ended without an answer; take back what was answered since."""
    for critical in administration.questionnaire.critical:
        if critical.item in administration.unanswered:
            connection.execute(
                "INSERT OR IGNORE INTO critical (record, item, raised_at) VALUES (?, ?, ?)",
                (key, critical.item, at.isoformat()),
            )
        else:
            connection.execute(
                "DELETE FROM critical WHERE record = ? AND item = ? AND alerted IS NULL",
                (key, critical.item),
            )


def write_critical(connection: apsw.Connection, key: int, entry: CriticalEntry) -> None:
    """Write a critical entry as it is."""
    seen = entry.acknowledgement
    acknowledged = (seen.initials, seen.at.isoformat(), seen.action) if seen else (None,) * 3
    connection.execute(
        "INSERT INTO critical VALUES (?, ?, ?, ?, ?, ?, ?)",
        (key, entry.item, entry.alerted, entry.raised_at.isoformat(), *acknowledged),
    )


def write_note(connection: apsw.Connection, key: int, item: str, text: str) -> None:
    """Write a note in place of an earlier one; an empty text takes it away."""
    if text:
        connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?, ?)", (key, item, text))
    else:
        connection.execute("DELETE FROM note WHERE record = ? AND item = ?", (key, item))


def _as_first_written(connection: apsw.Connection, client: str) -> str:
    """Return a client code as the store has it already; case does not tell people apart."""
    found = connection.execute("SELECT client FROM record WHERE client = ? LIMIT 1", (client,))
    return str(next(iter(found), (client,))[0])


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
