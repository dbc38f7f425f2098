"""Critical items and advice. Both look at single answers, never at totals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from enum import StrEnum

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import AdviceRule, Condition, CriticalItem
from moodcheck.errors import AnswersRefused


class CriticalState(StrEnum):
    """How a critical item was answered. Unanswered is never the same as answered with no."""

    ALERT = "alert"
    NO_ALERT = "no_alert"
    UNANSWERED = "unanswered"
    NOT_ASKED = "not_asked"


class RowAlert(StrEnum):
    """What the critical items of a row come to, as tables hold it.

    Words, so that no reader of a table makes true and false of them.
    """

    ALERT = "alert"
    """One of them is an alert, or was answered with something that cannot be read."""
    UNANSWERED = "unanswered"
    NOT_ASKED = "not_asked"
    """One of them is not part of the data, or the questionnaire has none at all."""
    NONE = "none"
    """All of them were answered, and none is an alert."""


def row_alert(states: Collection[CriticalState]) -> RowAlert:
    """Return the alert of a row: that of its critical item which asks for most."""
    if CriticalState.ALERT in states:
        return RowAlert.ALERT
    if CriticalState.UNANSWERED in states:
        return RowAlert.UNANSWERED
    # Where nothing was asked about death or suicide, "none" would say that something was.
    if CriticalState.NOT_ASKED in states or not states:
        return RowAlert.NOT_ASKED
    return RowAlert.NONE


_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)

URGENT_ADVICE = frozenset({"now", "today"})
"""Advice of these ids does not wait for an appointment. Every questionnaire may use them."""


def is_urgent(advice: AdviceRule) -> bool:
    """Return whether this advice is about today or sooner, so that help lines go with it."""
    return advice.id in URGENT_ADVICE


def critical_states(administration: Administration) -> dict[str, CriticalState]:
    """Return how each critical item of the questionnaire was answered, by item id."""
    critical_items = administration.questionnaire.critical
    return {critical.item: _state(critical, administration) for critical in critical_items}


def alerts(administration: Administration) -> tuple[str, ...]:
    """Return the ids of the critical items that were answered at or above their value."""
    states = critical_states(administration)
    return tuple(item_id for item_id, state in states.items() if state is CriticalState.ALERT)


def alerts_cannot_be_ruled_out(
    questionnaire: Questionnaire, given: Mapping[str, object] | None
) -> bool:
    """Return whether what was given holds an alert, or a critical answer that cannot be read.

    Args:
        questionnaire: what was asked.
        given: as for `administer`; None where nothing can be read.
    """
    if given is None:
        return bool(questionnaire.critical)
    try:
        return bool(alerts(administer(questionnaire, given, taken_at=_ANY_TIME)))
    except AnswersRefused as refused:
        return refused.alerts_cannot_be_ruled_out


def advice_for(administration: Administration) -> AdviceRule:
    """Return the first advice rule that fits; the last one of a questionnaire always does."""
    return first_fitting(
        administration.questionnaire, lambda condition: _is_met(condition, administration)
    )


def first_fitting(questionnaire: Questionnaire, is_met: Callable[[Condition], bool]) -> AdviceRule:
    """Return the first advice rule that fits where these conditions are met."""
    return next(
        rule
        for rule in questionnaire.advice
        if rule.when is None
        or any(all(is_met(part) for part in entry.parts) for entry in rule.when)
    )


def behind_advice(administration: Administration) -> tuple[str, ...]:
    """Return the ids of the items whose answers set the advice, in the questionnaire's order."""
    rule = advice_for(administration)
    behind = {
        item
        for entry in rule.when or ()
        if all(_is_met(part, administration) for part in entry.parts)
        for part in entry.parts
        for item in _meeting(part, administration)
    }
    asked = administration.questionnaire.all_items
    return tuple(item.id for item in asked if item.id in behind)


def _state(critical: CriticalItem, administration: Administration) -> CriticalState:
    if critical.item in administration.answers:
        answer = administration.answers[critical.item]
        return CriticalState.ALERT if critical.is_alert(answer) else CriticalState.NO_ALERT
    if administration.unanswered[critical.item] is Unanswered.NOT_ASKED:
        return CriticalState.NOT_ASKED
    return CriticalState.UNANSWERED


def _is_met(condition: Condition, administration: Administration) -> bool:
    return len(_meeting(condition, administration)) >= condition.how_many


def _meeting(condition: Condition, administration: Administration) -> list[str]:
    """Return the items whose answers are what a condition asks for."""
    scored = [item.id for item in administration.questionnaire.items]
    items = scored if condition.item == "any" else [condition.item]
    answers = administration.answers
    return [name for name in items if name in answers and answers[name] >= condition.at_least]
