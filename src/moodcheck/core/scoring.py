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
    questionnaire = administration.questionnaire
    members = questionnaire.items_of(scale)
    keyed = [
        _keyed(questionnaire, scale, item_id, administration.answers[item_id])
        for item_id in members
        if item_id in administration.answers
    ]
    reasons = {administration.unanswered.get(item_id) for item_id in members}
    reason = None
    if Unanswered.NOT_ASKED in reasons and not prorates_not_asked:
        reason = NOT_ASKED
    elif len(members) - len(keyed) > scale.max_unanswered:
        reason = TOO_MANY_UNANSWERED
    value = _combine(scale, keyed, len(members)) if reason is None else None
    minimum, maximum = questionnaire.range_of(scale)
    return ScaleScore(
        scale=scale,
        score=value,
        minimum=minimum,
        maximum=maximum,
        answered=len(keyed),
        of=len(members),
        reason=reason,
        band=_band(scale, value),
    )


def _keyed(questionnaire: Questionnaire, scale: Scale, item_id: str, value: int) -> int:
    if item_id not in scale.reverse_keyed:
        return value
    lowest, highest = questionnaire.extremes(item_id)
    return lowest + highest - value


def _combine(scale: Scale, keyed: list[int], of: int) -> int | float:
    match scale.method:
        case "count":
            return sum(value >= (scale.at_least or 0) for value in keyed) * scale.multiply_by
        case "mean":
            return sum(keyed) * scale.multiply_by / len(keyed)
        case "sum":
            return prorated(sum(keyed), answered=len(keyed), of=of) * scale.multiply_by


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
