"""A score in words: what it is out of, from how many answers, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.summary import ScaleLine, Summary


def scored(shown: Summary) -> list[tuple[str, str]]:
    """Return the label and the score of each scale that has one."""
    return [
        (safe_text(line.result.scale.label), score_text(line))
        for line in shown.scales
        if line.result.score is not None
    ]


def without_score(shown: Summary) -> list[str]:
    """Return a sentence for each reason why scales have no score, said once for all of them."""
    by_reason: dict[str, list[str]] = {}
    for line in shown.scales:
        if line.no_score is not None:
            label = safe_text(line.result.scale.label)
            by_reason.setdefault(safe_text(line.no_score), []).append(
                f"{label} ({_answered(line)})"
            )
    return [
        f"{reason[:1].upper()}{reason[1:]}: {', '.join(scales)}."
        for reason, scales in by_reason.items()
    ]


def score_text(line: ScaleLine) -> str:
    """Return the score of a scale as part of a sentence."""
    result = line.result
    answered = _answered(line)
    if result.score is None:
        return f"{safe_text(line.no_score or '')} ({answered})"
    # Two decimals are for the eye; the exact double is in the JSON.
    number = f"{result.score:.2f}" if isinstance(result.score, float) else str(result.score)
    text = _("{score} of {maximum}").format(score=number, maximum=result.maximum)
    details = [answered] if result.answered < result.of else []
    details += [safe_text(line.published_band)] if line.published_band else []
    return f"{text} ({'; '.join(details)})" if details else text


def _answered(line: ScaleLine) -> str:
    answered, of = line.result.answered, line.result.of
    return _("{answered} of {of} answered").format(answered=answered, of=of)
