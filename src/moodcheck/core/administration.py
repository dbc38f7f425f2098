"""One sitting: which questionnaire, when, and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from moodcheck.errors import AnswersRefused, BadData, Problem, did_you_mean

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.questionnaire_parts import CriticalItem, Item

Clock = Callable[[], datetime]
"""Returns the time now, with its UTC offset."""

MOST_WORDS = 2_000
"""How many characters a person's own words to one item may have."""


class Unanswered(StrEnum):
    """Why an item has no answer. The reasons are kept apart, and none is ever a number."""

    SKIPPED = "skipped"
    DECLINED = "declined"
    UNKNOWN = "unknown"
    BLANK = "blank"
    NOT_REACHED = "not_reached"
    """The sitting stopped before it."""
    NOT_ASKED = "not_asked"
    """It is not part of this data."""


@dataclass(frozen=True, slots=True)
class Administration:
    """A sitting in which every item is either answered or unanswered with a reason.

    Made by `administer`, which checks the answers against the questionnaire.
    """

    questionnaire: Questionnaire
    taken_at: datetime
    """With its UTC offset."""
    answers: Mapping[str, int]
    """Item id → the value of one of that item's response options."""
    words: Mapping[str, str]
    """Item id → the person's own words, for items of type `text`."""
    unanswered: Mapping[str, Unanswered]
    """Item id → why there is no answer."""


Given = int | str | Unanswered | None
"""What may be given for an item: a value, own words, why there is none, or nothing (blank)."""


def administer(
    questionnaire: Questionnaire, given: Mapping[str, object], *, taken_at: datetime
) -> Administration:
    """Check what was given against the questionnaire, and return the administration.

    Args:
        questionnaire: what was asked.
        given: item id → a value that the item offers; or None or nothing at all, which is
            `blank`; or the name of another reason (`Unanswered`). For items of type `text`
            a string is the person's own words.
        taken_at: when, with its UTC offset.

    Raises:
        AnswersRefused: for an item that the questionnaire does not have, and for every answer that
            is not one of the offered values; all at once, naming items, never answers.
        BadData: when `taken_at` has no UTC offset.
    """
    if taken_at.tzinfo is None:
        raise BadData(
            "The time of the sitting has no UTC offset", mend="Use a datetime that has a time zone"
        )
    problems = [_unknown(name, questionnaire) for name in given if name not in questionnaire]
    has_unknown_names = bool(problems)
    answers: dict[str, int] = {}
    words: dict[str, str] = {}
    unanswered: dict[str, Unanswered] = {}
    for item in questionnaire.all_items:
        match _read(item, questionnaire, given.get(item.id)):
            case Problem() as problem:
                problems.append(problem)
            case Unanswered() as reason:
                unanswered[item.id] = reason
            case str() as own_words:
                words[item.id] = own_words
            case int() as value:
                answers[item.id] = value

    def may_be_alert(critical: CriticalItem) -> bool:
        if critical.item in answers:
            return critical.is_alert(answers[critical.item])
        # An unknown name may be a misspelling of a critical item that seems to be absent.
        is_absent = critical.item in unanswered and given.get(critical.item) is None
        return critical.item not in unanswered or (is_absent and has_unknown_names)

    if problems:
        raise AnswersRefused(
            "The answers cannot be used, and nothing was scored",
            problems=problems,
            alerts_cannot_be_ruled_out=any(map(may_be_alert, questionnaire.critical)),
        )
    return Administration(
        questionnaire,
        taken_at,
        MappingProxyType(answers),
        MappingProxyType(words),
        MappingProxyType(unanswered),
    )


def _read(item: Item, questionnaire: Questionnaire, given: object) -> Problem | Given:
    if given is None:
        return Unanswered.BLANK
    if isinstance(given, Unanswered):
        return given
    if item.type == "text":
        return _read_words(item, given)
    if isinstance(given, str) and given in set(Unanswered):
        return Unanswered(given)
    values = [option.value for option in questionnaire.options(item.id)]
    # `True == 1` and `1.0 == 1`, so the type is tested before membership.
    if type(given) is int and given in values:
        return given
    offered = ", ".join(map(str, values))
    return Problem(
        f"item {item.id}",
        "the answer is not one of the offered values",
        f"Use one of {offered} as a whole number, or null, or the reason why there is no answer "
        f"({', '.join(Unanswered)})",
    )


def _read_words(item: Item, given: object) -> Problem | Given:
    if isinstance(given, str) and len(given) <= MOST_WORDS:
        return given.strip() or Unanswered.BLANK
    return Problem(
        f"item {item.id}",
        "it takes the person's own words, as a text that is not too long",
        f"Use a text of at most {MOST_WORDS} characters, or null",
    )


def _unknown(name: object, questionnaire: Questionnaire) -> Problem:
    known = [item.id for item in questionnaire.all_items]
    shown = name[:64] if isinstance(name, str) else "?"
    return Problem(
        f"item {shown}",
        f"the questionnaire {questionnaire.id} has no such item",
        f"{did_you_mean(shown, known)}It has: {', '.join(known)}",
    )
