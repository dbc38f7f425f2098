"""What sets two questionnaires apart, so that they are not compared or used for each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.questionnaire_parts import When


def scoring_differences(one: Questionnaire, other: Questionnaire) -> str:
    """Return in what their scoring differs, as part of a sentence; empty where it is the same."""
    words = {
        "id": _("they have different ids"),
        "major": _("their major versions differ"),
        "offered": _("their items, or the answers to choose from, differ"),
        "scales": _("their scales are worked out differently"),
        "critical": _("their critical items differ"),
    }
    differing = one.scoring_fingerprint.differing(other.scoring_fingerprint)
    return "; ".join(words[name] for name in differing)


def why_not_in_place(shipped: Questionnaire, own: Questionnaire) -> str:
    """Return why a user's questionnaire cannot be used for a shipped one; empty where it can.

    It can where the shipped one lacks wording, and is scored and advised on as the user's is.
    """
    if shipped.has_wording:
        return f"'{shipped.id}' is the id of a questionnaire that comes with moodcheck"
    differing = scoring_differences(shipped, own)
    if not differing and list(_rules(shipped, own)) != list(_rules(own, own)):
        differing = "their rules of advice differ"
    if not differing:
        return ""
    return f"it is not the '{shipped.id}' that comes with moodcheck: {differing}"


def _rules(of: Questionnaire, asked: Questionnaire) -> Iterator[tuple[str, list[When]]]:
    """Yield the rules of advice, without conditions about items that are never asked.

    Many copies of an instrument lack the questions that are not scored.
    """
    for rule in of.advice:
        when = [entry for entry in rule.when or () if _is_asked(entry, asked)]
        if when or rule.when is None:
            yield rule.id, when


def _is_asked(entry: When, asked: Questionnaire) -> bool:
    return all(part.item == "any" or part.item in asked for part in entry.parts)
