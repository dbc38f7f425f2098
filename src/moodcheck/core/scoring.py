"""The reference scorer: one administration → the score of each scale.

Every other engine is held equal to this file, bit for bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from moodcheck.core.administration import Administration
from moodcheck.core.computation import Computation, Member, Term
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.scale import Band, Scale

TOO_MANY_UNANSWERED = "too_many_unanswered"
"""Why a scale has no score: more items are unanswered than its rule allows."""

NOT_ASKED = "not_asked"
"""Why a scale has no score: one of its items is not part of this data."""


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """The result of a scale. A score of None always has a reason."""

    scale: Scale
    score: int | float | None
    """A whole number, or a double where scores of the scale may have decimals."""
    exact: Fraction | None
    """The score before it was made a double."""
    answered: int
    """How many of its items are answered; alternatives are one item, and so is a scale in it."""
    reason: str | None
    how: Computation

    @property
    def of(self) -> int:
        """How many items the scale has."""
        return self.how.of

    @property
    def minimum(self) -> int | float:
        """The lowest score that there can be."""
        return self.how.extremes[0]

    @property
    def maximum(self) -> int | float:
        """The highest score that there can be."""
        return self.how.extremes[1]

    @property
    def band(self) -> Band | None:
        """The published range in which the score lies, where one is published."""
        score = self.score
        reached = [one for one in self.scale.bands if score is not None and score >= one.at_least]
        return reached[-1] if reached else None


def score(
    administration: Administration, *, prorates_not_asked: bool = False
) -> tuple[ScaleScore, ...]:
    """Return the score of each scale of the administration's questionnaire, in its order.

    Args:
        administration: one sitting.
        prorates_not_asked: count an item that was not asked as one that was not answered, so
            that a scale whose rule allows for that has a score.
    """
    sitting = _Sitting(administration, prorates_not_asked=prorates_not_asked)
    return tuple(sitting.result(scale) for scale in administration.questionnaire.scales)


class _Sitting:
    """The scores of one sitting; those that are part of others are worked out first."""

    def __init__(self, administration: Administration, *, prorates_not_asked: bool) -> None:
        self._administration = administration
        self._prorates_not_asked = prorates_not_asked
        self._results: dict[str, ScaleScore] = {}

    def result(self, scale: Scale) -> ScaleScore:
        if scale.id not in self._results:
            self._results[scale.id] = self._score(scale)
        return self._results[scale.id]

    def _score(self, scale: Scale) -> ScaleScore:
        questionnaire = self._administration.questionnaire
        how = questionnaire.computation(scale)
        points = [worth for one in how.members if (worth := self._points(one)) is not None]
        is_never_asked = not self._prorates_not_asked and any(map(self._was_not_asked, how.members))
        total = how.total(points) if points else 0
        return score_of_total(
            questionnaire, scale, total, answered=len(points), is_never_asked=is_never_asked
        )

    def _points(self, member: Member) -> int | None:
        """Return what a member adds to the total; None where it is unanswered."""
        values = [(term, self._value(term)) for term in member]
        return max((term.points(it) for term, it in values if it is not None), default=None)

    def _value(self, term: Term) -> int | None:
        if not term.is_scale:
            return self._administration.answers.get(term.name)
        exact = self._part(term).exact
        return None if exact is None else int(exact * term.unit)

    def _was_not_asked(self, member: Member) -> bool:
        reasons = {
            self._part(term).reason
            if term.is_scale
            else self._administration.unanswered.get(term.name)
            for term in member
        }
        return reasons == {NOT_ASKED}

    def _part(self, term: Term) -> ScaleScore:
        return self.result(self._administration.questionnaire.scale(term.name))


def score_of_total(
    questionnaire: Questionnaire,
    scale: Scale,
    total: int,
    *,
    answered: int,
    is_never_asked: bool,
) -> ScaleScore:
    """Return the result of a scale, which follows from two numbers.

    Args:
        questionnaire: has the scale.
        scale: what the answers are put together by.
        total: what the points of the answered members come to (`Computation.total`).
        answered: how many of them there are.
        is_never_asked: whether there is no score because an item is not part of the data.
    """
    how = questionnaire.computation(scale)
    reason = None
    if is_never_asked:
        reason = NOT_ASKED
    elif how.of - answered > how.most_unanswered:
        reason = TOO_MANY_UNANSWERED
    exact = how.exact(total, answered) if reason is None else None
    return ScaleScore(
        scale=scale,
        score=None if exact is None else how.score(exact),
        exact=exact,
        answered=answered,
        reason=reason,
        how=how,
    )


def number(score: float) -> str:
    """Return a score for the eye: whole, or with two decimals."""
    return str(score) if isinstance(score, int) else f"{score:.2f}"


def published_range(scale: Scale, band: Band, how: Computation, *, to: str) -> str:
    """Return the scores of a band as "10-14", with `to` in the middle.

    Where a score can lie between two whole numbers the end is where the next band begins:
    "10-<15".
    """
    after = scale.bands.index(band) + 1
    to = f" {to} " if band.at_least < 0 else to
    end = number(how.extremes[1])
    if after < len(scale.bands):
        next_start = scale.bands[after].at_least
        end = f"<{next_start}" if how.is_double else str(next_start - 1)
    return f"{band.at_least}{to}{end}"


def quotation(scale: Scale, band: Band, how: Computation) -> str:
    """Return a band as a table cell: "10-14 moderate, Kroenke 2001"."""
    return f"{published_range(scale, band, how, to='-')} {band.name}, {scale.citation}"
