"""Why two questionnaires are not compared, though they have the same id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire


def why_apart(one: Questionnaire, other: Questionnaire) -> str:
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
