"""The steps of one sitting, from its beginning to its close, each inside a transaction."""

from __future__ import annotations

import secrets
import string
from datetime import datetime
from typing import TYPE_CHECKING

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import UsageError
from moodcheck.history.record import (
    Acknowledgement,
    AuditAction,
    Record,
    RecordState,
    SittingMode,
)
from moodcheck.history.store import writing
from moodcheck.history.store.audit import enter
from moodcheck.history.store.reading import key_of, read_record

if TYPE_CHECKING:
    import apsw

_ALPHABET = string.ascii_lowercase + string.digits
_ID_LENGTH = 12


def new_id() -> str:
    """Return a new random id."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_ID_LENGTH))


def begin(
    change: apsw.Connection,
    client: str,
    questionnaire: Questionnaire,
    mode: SittingMode,
    taken_at: datetime,
) -> str:
    """Begin a record and return its id."""
    not_reached = {item.id: Unanswered.NOT_REACHED for item in questionnaire.all_items}
    ((origin, sequence),) = change.execute(
        "SELECT id, 1 + coalesce((SELECT max(sequence) FROM record WHERE origin = store.id), 0)"
        " FROM store"
    )
    record = Record(
        id=new_id(),
        client=client,
        origin=origin,
        sequence=sequence,
        mode=mode,
        state=RecordState.OPEN,
        administration=administer(questionnaire, not_reached, taken_at=taken_at),
        notes={},
        critical=(),
    )
    writing.write_head(change, record)
    enter(change, AuditAction.BEGUN, taken_at, record.id)
    return record.id


def put(
    change: apsw.Connection, record: str, item: str, given: int | str | Unanswered, at: datetime
) -> None:
    """Keep what was given for an item of an open record."""
    _give(change, _in_state(change, record, RecordState.OPEN), item, given, at)
    enter(change, AuditAction.CHANGED, at, record, item)


def correct(
    change: apsw.Connection, record: str, item: str, given: int | str | Unanswered, at: datetime
) -> None:
    """Put right what stands at an item of an answered record, and keep what stood there."""
    found = _in_state(change, record, RecordState.ANSWERED)
    before = writing.given_in(found.administration).get(item)
    _give(change, found, item, given, at)
    writing.write_correction(change, key_of(change, record), item, before, at)
    enter(change, AuditAction.CORRECTED, at, record, item)


def finish(
    change: apsw.Connection, record: str, administration: Administration, at: datetime
) -> None:
    """Keep the administration as it ended."""
    found = read_record(change, record)
    if found.state is RecordState.CLOSED:
        raise UsageError(f"The sitting {record} is closed", mend="Begin a new one")
    key, given = key_of(change, record), writing.given_in(administration)
    writing.write_given(change, key, given)
    writing.enter_critical(change, key, administration, given, at)
    is_own = found.mode is SittingMode.OWN
    set_state(change, record, RecordState.CLOSED if is_own else RecordState.ANSWERED)
    enter(change, AuditAction.FINISHED, at, record)


def acknowledge(change: apsw.Connection, record: str, item: str, seen: Acknowledgement) -> None:
    """Keep that a human has seen a critical entry."""
    if not seen.says_something:
        raise UsageError(
            "An acknowledgement says what was done, and this one says nothing",
            mend="Write a few words, or fill in one of the other lines",
        )
    found = read_record(change, record)
    entry = next((one for one in found.critical if one.item == item), None)
    if entry is None:
        raise UsageError(
            "Nothing at that item needs to be acknowledged", mend="See 'moodcheck history show'"
        )
    key = key_of(change, record)
    if not writing.write_acknowledgement(change, key, item, seen):
        writing.write_not_reached(change, key, entry)
        writing.write_acknowledgement(change, key, item, seen)
    enter(change, AuditAction.ACKNOWLEDGED, seen.at, record, item)


def close(change: apsw.Connection, record: str, at: datetime) -> None:
    """Close an answered record."""
    found = _in_state(change, record, RecordState.ANSWERED)
    if found.unacknowledged:
        raise UsageError(
            f"The sitting {record} cannot be closed: something in it is NOT ACKNOWLEDGED",
            mend="Acknowledge that first",
        )
    set_state(change, record, RecordState.CLOSED)
    enter(change, AuditAction.CLOSED, at, record)


def set_state(change: apsw.Connection, record: str, state: RecordState) -> None:
    """Set the state of a record."""
    change.execute("UPDATE record SET state = ? WHERE id = ?", (state.value, record))


def _give(
    change: apsw.Connection,
    record: Record,
    item: str,
    given: int | str | Unanswered,
    at: datetime,
) -> None:
    sitting, key = record.administration, key_of(change, record.id)
    # An answer that the item does not offer would make the whole record unreadable.
    every = {**writing.given_in(sitting), item: given}
    now = administer(sitting.questionnaire, every, taken_at=sitting.taken_at)
    writing.write_given(change, key, {item: given})
    writing.enter_critical(change, key, now, {item}, at)


def _in_state(change: apsw.Connection, record: str, state: RecordState) -> Record:
    found = read_record(change, record)
    if found.state is state:
        return found
    what, mend = {
        RecordState.OPEN: ("is still being answered", "Finish it first"),
        RecordState.ANSWERED: ("is answered already", "Correct an answer, or begin a new sitting"),
        RecordState.CLOSED: ("is closed", "Begin a new one"),
    }[found.state]
    raise UsageError(f"The sitting {record} {what}", mend=mend)
