"""A score in words: what it is out of, from how many answers, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.domain.summary import ScaleLine


def score_text(line: ScaleLine) -> str:
    """Return the score of a scale as part of a sentence."""
    result = line.result
    answered = _("{answered} of {of} answered").format(answered=result.answered, of=result.of)
    if result.score is None:
        return f"{safe_text(line.no_score or '')} ({answered})"
    # Two decimals are for the eye; the exact double is in the JSON.
    number = f"{result.score:.2f}" if isinstance(result.score, float) else str(result.score)
    text = _("{score} of {maximum}").format(score=number, maximum=result.maximum)
    details = [answered] if result.answered < result.of else []
    details += [safe_text(line.published_band)] if line.published_band else []
    return f"{text} ({'; '.join(details)})" if details else text
