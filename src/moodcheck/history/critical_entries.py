"""What a human has to see of a sitting that came from elsewhere, worked out from its answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from moodcheck.core.administration import Administration, Unanswered
from moodcheck.core.safety import advice_for, behind_advice, is_urgent
from moodcheck.history.change import given
from moodcheck.history.record import CriticalEntry, CriticalKind, RecordState

_BY_WEIGHT = (CriticalKind.ALERT, CriticalKind.ADVICE, CriticalKind.UNANSWERED)


def held_to_answers(
    sitting: Administration, state: RecordState, told: Iterable[CriticalEntry]
) -> tuple[CriticalEntry, ...]:
    """Return what a human has to see of a sitting, by item.

    Args:
        sitting: the answers, from which all that follows is entered, whatever is told of it.
        state: what an open sitting has not reached yet is not entered.
        told: what was entered before; each possible (`is_possible`). It can add an alert that was
            changed later, and what was acknowledged, and takes nothing out.
    """
    found = {entry.item: entry for entry in _following(sitting, state)}
    for entry in told:
        now = given(sitting, entry.item)
        if now is not None:
            found[entry.item] = _joined(found.get(entry.item), replace(entry, now=now))
    return tuple(found[item] for item in sorted(found))


def is_possible(sitting: Administration, entry: CriticalEntry) -> bool:
    """Return whether a store could have entered this at some time of the sitting."""
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
            yield CriticalEntry(item, CriticalKind.UNANSWERED, None, reason, at, None)


def _joined(own: CriticalEntry | None, told: CriticalEntry) -> CriticalEntry:
    """Return the one that asks for more; what was acknowledged has to be no less than that."""
    if own is None:
        return told
    kind = next(one for one in _BY_WEIGHT if one in {own.kind, told.kind})
    is_more = own.alerted is not None and (told.alerted is None or told.alerted < own.alerted)
    return replace(own if is_more else told, kind=kind)
