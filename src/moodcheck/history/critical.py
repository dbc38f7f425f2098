"""Critical entries: worked out from the answers, put into words, and who waits because of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from moodcheck.core.administration import Administration, Unanswered
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.safety import advice_for, alerts, behind_advice, is_urgent
from moodcheck.history.change import given
from moodcheck.history.client_code import same_client
from moodcheck.history.order import in_order
from moodcheck.history.record import CriticalEntry, CriticalKind, Record, RecordState

_BY_WEIGHT = (CriticalKind.ALERT, CriticalKind.ADVICE, CriticalKind.UNANSWERED)


@dataclass(frozen=True, slots=True)
class CriticalLine:
    """One critical entry of one record, in words."""

    record: Record
    entry: CriticalEntry
    label: str
    """Of the item."""
    answer: str
    """What was answered; where an alert was changed later, what it was and what it is."""
    needs_acknowledgement: bool
    """Whether a human still has to say that they have seen it."""
    age: timedelta
    """Since it was raised; never below nothing, whatever was done to the clock."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody to acknowledge it, oldest first."""

    theirs: tuple[CriticalLine, ...]
    """Of the client who may be looking."""
    others: tuple[CriticalLine, ...]
    """Of other clients: where a client may be looking, only how many there are is shown."""


def has_alert(record: Record) -> bool:
    """Return whether a critical item of a record is an alert, or ever was one."""
    was_alert = any(entry.alerted is not None for entry in record.critical)
    return was_alert or bool(alerts(record.administration))


def needs_help_first(record: Record) -> bool:
    """Return whether help lines come before whatever is shown of a record."""
    return has_alert(record) or is_urgent(advice_for(record.administration))


def critical_lines(
    records: Iterable[Record], language: Language, now: datetime
) -> tuple[CriticalLine, ...]:
    """Return every critical entry of the records: first what nobody acknowledged, oldest first."""
    lines = [
        _line(record, entry, language, now)
        for record in in_order(records)
        for entry in record.critical
    ]
    return tuple(sorted(lines, key=lambda line: not line.needs_acknowledgement))


def waiting(
    records: Iterable[Record], client: str | None, language: Language, now: datetime
) -> Waiting:
    """Return what nobody has acknowledged in the records.

    Args:
        records: those that were not acknowledged, or any others beside them.
        client: who may be looking; None where everything is somebody else's.
        language: the words that the promises rest on.
        now: what the age of an entry is counted to.
    """
    found = critical_lines(records, language, now)
    open_ = [line for line in found if line.needs_acknowledgement]
    theirs = tuple(
        line for line in open_ if client is not None and same_client(line.record.client, client)
    )
    return Waiting(theirs, tuple(line for line in open_ if line not in theirs))


def in_words(
    value: int | str | Unanswered | None,
    item: str,
    asked: Questionnaire,
    language: Language,
    *,
    in_a_sentence: bool = False,
) -> str:
    """Return what was given for an item: an answer with its value, or why there is none.

    Args:
        value: the answer, a person's own words, or the reason; None where it was not asked.
        item: its id.
        asked: the questionnaire; what it no longer offers is shown as the value alone.
        language: the words for the reasons.
        in_a_sentence: whether the label stands inside a sentence, so that it begins small.
    """
    if value is None or isinstance(value, Unanswered):
        return language.unanswered[value or Unanswered.NOT_ASKED]
    if isinstance(value, str):
        return value
    label = _label(value, item, asked, in_a_sentence=in_a_sentence)
    return str(value) if label == str(value) else f"{value} ({label})"


def critical_entries(
    sitting: Administration, state: RecordState, entered: Iterable[CriticalEntry]
) -> tuple[CriticalEntry, ...]:
    """Return the critical entries of a sitting, by item.

    Args:
        sitting: the answers; whatever follows from them is entered, also where it was not before.
        state: an open sitting has no entry for an item that it has not reached yet.
        entered: those of before, each of them possible (`is_possible`). They can add an alert
            that was changed later, and an acknowledgement; they take nothing out.
    """
    found = {entry.item: entry for entry in _following(sitting, state)}
    for entry in entered:
        now = given(sitting, entry.item)
        if now is not None:
            found[entry.item] = _joined(found.get(entry.item), replace(entry, now=now))
    return tuple(found[item] for item in sorted(found))


def unanswered_entry(sitting: Administration, item: str) -> CriticalEntry:
    """Return an entry of the kind `UNANSWERED` for an item; `now` is what stands there."""
    answer = sitting.answers.get(item)
    now = sitting.unanswered[item] if answer is None else answer
    return CriticalEntry(item, CriticalKind.UNANSWERED, None, now, sitting.taken_at, None)


def is_possible(sitting: Administration, entry: CriticalEntry) -> bool:
    """Return whether a store could have made this entry at some time of the sitting."""
    asked = sitting.questionnaire
    critical = next((one for one in asked.critical if one.item == entry.item), None)
    if entry.kind is CriticalKind.UNANSWERED:
        return critical is not None and entry.alerted is None
    if entry.item not in asked.choices:
        return False
    if entry.alerted not in {option.value for option in asked.options(entry.item)}:
        return False
    is_advice = entry.kind is CriticalKind.ADVICE
    return is_advice or (critical is not None and critical.is_alert(entry.alerted or 0))


def _line(record: Record, entry: CriticalEntry, language: Language, now: datetime) -> CriticalLine:
    asked = record.administration.questionnaire
    return CriticalLine(
        record=record,
        entry=entry,
        label=asked.item(entry.item).label,
        answer=_answer(entry, asked, language),
        needs_acknowledgement=entry in record.unacknowledged,
        age=max(now - entry.raised_at, timedelta(0)),
    )


def _answer(entry: CriticalEntry, asked: Questionnaire, language: Language) -> str:
    if entry.alerted is not None and entry.alerted != entry.now:
        before, now = (
            in_words(value, entry.item, asked, language, in_a_sentence=True)
            for value in (entry.alerted, entry.now)
        )
        return language.change.answer.replace("{before}", before).replace("{now}", now)
    if isinstance(entry.now, Unanswered):
        return language.unanswered[entry.now]
    return _label(entry.now, entry.item, asked, in_a_sentence=True)


def _label(value: int, item: str, asked: Questionnaire, *, in_a_sentence: bool) -> str:
    """Return what an item calls a value: the value itself where it has no word for it."""
    label = next((one.label for one in asked.options(item) if one.value == value), "") or str(value)
    if not in_a_sentence:
        return label
    first, _space, _others = label.partition(" ")
    # What is no English keeps its capitals (German nouns), and so do "I" and "GP".
    is_lowered = asked.language == "en" and first != "I" and not first[1:].isupper()
    return label[0].lower() + label[1:] if is_lowered else label


def _following(sitting: Administration, state: RecordState) -> Iterator[CriticalEntry]:
    answers, at = sitting.answers, sitting.taken_at
    if is_urgent(advice_for(sitting)):
        for item in behind_advice(sitting):
            yield CriticalEntry(item, CriticalKind.ADVICE, answers[item], answers[item], at, None)
    for critical in sitting.questionnaire.critical:
        item = critical.item
        if item in answers:
            if critical.is_alert(answers[item]):
                alert = answers[item]
                yield CriticalEntry(item, CriticalKind.ALERT, alert, alert, at, None)
            continue
        reason = sitting.unanswered[item]
        if state is not RecordState.OPEN or reason is not Unanswered.NOT_REACHED:
            yield unanswered_entry(sitting, item)


def _joined(own: CriticalEntry | None, entered: CriticalEntry) -> CriticalEntry:
    """Return the entry that asks for more: an acknowledgement of less does not count for it."""
    if own is None:
        return entered
    kind = next(one for one in _BY_WEIGHT if one in {own.kind, entered.kind})
    is_more = own.alerted is not None and (entered.alerted is None or entered.alerted < own.alerted)
    return replace(own if is_more else entered, kind=kind)
