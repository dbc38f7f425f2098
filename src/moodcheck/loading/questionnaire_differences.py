"""What sets two questionnaires apart, so that they are not compared or used for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire


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
    rules = [[(rule.id, rule.when) for rule in asked.advice] for asked in (shipped, own)]
    if not differing and rules[0] != rules[1]:
        differing = "their rules of advice differ"
    if not differing:
        return ""
    return f"it is not the '{shipped.id}' that comes with moodcheck: {differing}"
