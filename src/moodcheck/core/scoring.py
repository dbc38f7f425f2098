"""The reference scorer: one administration → the score of each scale.

Every other engine is held equal to this file, bit for bit.
"""

from __future__ import annotations

from dataclasses import dataclass

from moodcheck.core.administration import Administration, Unanswered
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import Band, Scale

TOO_MANY_UNANSWERED = "too_many_unanswered"
"""Why a scale has no score: more items are unanswered than its rule allows."""

NOT_ASKED = "not_asked"
"""Why a scale has no score: one of its items is not part of this data."""


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """The result of a scale. A score of None always has a reason."""

    scale: Scale
    score: int | float | None
    """A whole number for `sum` and `count`; a double for `mean`."""
    minimum: int
    maximum: int
    answered: int
    of: int
    """How many items the scale has."""
    reason: str | None
    band: Band | None
    """The published range in which the score lies, where one is published."""


def score(
    administration: Administration, *, prorates_not_asked: bool = False
) -> tuple[ScaleScore, ...]:
    """Return the score of each scale of the administration's questionnaire, in its order.

    Args:
        administration: one sitting.
        prorates_not_asked: count an item that was not asked as one that was not answered, so
            that a scale whose rule allows for that has a score.
    """
    return tuple(
        _score_scale(scale, administration, prorates_not_asked=prorates_not_asked)
        for scale in administration.questionnaire.scales
    )


def _score_scale(
    scale: Scale, administration: Administration, *, prorates_not_asked: bool
) -> ScaleScore:
    questionnaire, answers = administration.questionnaire, administration.answers
    members = questionnaire.items_of(scale)
    added = [
        points(questionnaire, scale, item_id, answers[item_id])
        for item_id in members
        if item_id in answers
    ]
    reasons = {administration.unanswered.get(item_id) for item_id in members}
    is_never_asked = Unanswered.NOT_ASKED in reasons and not prorates_not_asked
    return score_of_sums(
        questionnaire, scale, sum(added), answered=len(added), is_never_asked=is_never_asked
    )


def points(questionnaire: Questionnaire, scale: Scale, item_id: str, value: int) -> int:
    """Return what an answer to one of its items adds to the total of a scale."""
    if item_id in scale.reverse_keyed:
        lowest, highest = questionnaire.extremes(item_id)
        value = lowest + highest - value
    return int(value >= (scale.at_least or 0)) if scale.method == "count" else value


def score_of_sums(
    questionnaire: Questionnaire,
    scale: Scale,
    total: int,
    *,
    answered: int,
    is_never_asked: bool,
) -> ScaleScore:
    """Return the result of a scale, which follows from two sums.

    Args:
        questionnaire: has the scale.
        scale: what the answers are put together by.
        total: the `points` of every answer.
        answered: how many answers there are.
        is_never_asked: whether there is no score because an item is not part of the data.
    """
    of = len(questionnaire.items_of(scale))
    reason = None
    if is_never_asked:
        reason = NOT_ASKED
    elif of - answered > scale.max_unanswered:
        reason = TOO_MANY_UNANSWERED
    value = _combine(scale, total, answered, of) if reason is None else None
    minimum, maximum = questionnaire.range_of(scale)
    return ScaleScore(
        scale=scale,
        score=value,
        minimum=minimum,
        maximum=maximum,
        answered=answered,
        of=of,
        reason=reason,
        band=_band(scale, value),
    )


def _combine(scale: Scale, total: int, answered: int, of: int) -> int | float:
    match scale.method:
        case "count":
            return total * scale.multiply_by
        case "mean":
            return total * scale.multiply_by / answered
        case "sum":
            return prorated(total, answered=answered, of=of) * scale.multiply_by


def prorated(total: int, *, answered: int, of: int) -> int:
    """Return the sum that all `of` items would have at the average of those answered.

    Integer arithmetic; half rounds up. Equals `total` when every item is answered.
    """
    return (2 * total * of + answered) // (2 * answered)


def _band(scale: Scale, value: float | None) -> Band | None:
    reached = [band for band in scale.bands if value is not None and value >= band.at_least]
    return reached[-1] if reached else None


def published_range(scale: Scale, band: Band, *, maximum: int, to: str) -> str:
    """Return the scores of a band as "10-14", with `to` in the middle.

    A mean can lie between two whole numbers, so there the end is where the next band begins:
    "10-<15".
    """
    after = scale.bands.index(band) + 1
    to = f" {to} " if band.at_least < 0 else to
    end: int | str = maximum
    if after < len(scale.bands):
        next_start = scale.bands[after].at_least
        end = f"<{next_start}" if scale.method == "mean" else next_start - 1
    return f"{band.at_least}{to}{end}"


def quotation(scale: Scale, band: Band, *, maximum: int) -> str:
    """Return a band as a table cell: "10-14 moderate, Kroenke 2001"."""
    return f"{published_range(scale, band, maximum=maximum, to='-')} {band.name}, {scale.citation}"
