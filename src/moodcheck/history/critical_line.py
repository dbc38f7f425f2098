"""What a human has to see of the records: critical entries, those nobody acknowledged first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from moodcheck.core.administration import Unanswered
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.history.order import in_order
from moodcheck.history.record import CriticalEntry, Record


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


def _line(record: Record, entry: CriticalEntry, language: Language, now: datetime) -> CriticalLine:
    questionnaire = record.administration.questionnaire
    answer = _words(entry.now, entry.item, questionnaire, language)
    if entry.alerted is not None and entry.alerted != entry.now:
        first = _with_value(entry.alerted, entry.item, questionnaire, language)
        last = _with_value(entry.now, entry.item, questionnaire, language)
        answer = language.change.answer.replace("{before}", first).replace("{now}", last)
    return CriticalLine(
        record=record,
        entry=entry,
        label=questionnaire.item(entry.item).label,
        answer=answer,
        needs_acknowledgement=entry in record.unacknowledged,
        age=max(now - entry.raised_at, timedelta(0)),
    )


def _words(
    value: int | Unanswered, item: str, questionnaire: Questionnaire, language: Language
) -> str:
    """Return an answer as it stands inside a sentence."""
    if isinstance(value, Unanswered):
        return language.unanswered[value]
    label = questionnaire.option(item, value).label or str(value)
    first, _space, _others = label.partition(" ")
    # What is no English keeps its capitals (German nouns), and so do "I" and "GP".
    is_lowered = questionnaire.language == "en" and first != "I" and not first[1:].isupper()
    return label[0].lower() + label[1:] if is_lowered else label


def _with_value(
    value: int | Unanswered, item: str, questionnaire: Questionnaire, language: Language
) -> str:
    said = _words(value, item, questionnaire, language)
    return said if isinstance(value, Unanswered) or said == str(value) else f"{value} ({said})"
