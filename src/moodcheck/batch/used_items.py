"""Which items a table must have, and which of them decide anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire


def needed_items(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the items without which scores or alerts would not be what they seem."""
    critical = [one.item for one in questionnaire.critical]
    return tuple(dict.fromkeys([*(item.id for item in questionnaire.items), *critical]))


def advice_items(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the items that a rule of advice looks at by name."""
    named = [one.item for rule in questionnaire.advice for one in rule.conditions]
    return tuple(dict.fromkeys(name for name in named if name in questionnaire))


def used_items(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the items whose answers decide anything: the needed, and those advice looks at."""
    both = [*needed_items(questionnaire), *advice_items(questionnaire)]
    return tuple(dict.fromkeys(both))
