"""What changed between two sittings with one questionnaire. Numbers, and never a verdict.

"Better" and "worse" are verdicts. Where a study published from which change on a score's change
counts as reliable, that is said about the score, with the citation.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from moodcheck.core.administration import Administration, Unanswered
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.scale import ReliableChange, Scale
from moodcheck.core.scoring import ScaleScore, score

_Z = Fraction("1.96")
"""How many standard errors of the difference make a change reliable (Jacobson and Truax 1991)."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item with response options, then and now."""

    item: str
    """Its id."""
    before: int | Unanswered | None
    """None where the earlier version of the questionnaire did not have it."""
    now: int | Unanswered

    @property
    def difference(self) -> int | None:
        """How far the answer moved; None unless both times there was one. No answer is no zero."""
        # An Unanswered is a text, and None is neither.
        if isinstance(self.before, int) and isinstance(self.now, int):
            return self.now - self.before
        return None


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """What published parameters say about the change of a score."""

    parameters: ReliableChange
    index: float | None
    """The reliable change index; None where the publication gives points."""
    needed: float
    """The change that is reliable: from `points` on, or beyond 1.96 standard errors."""
    is_reliable: bool


@dataclass(frozen=True, slots=True)
class ScaleChange:
    """One scale, then and now."""

    scale: Scale
    before: int | float | None
    """None where there was no score."""
    now: int | float | None
    published: PublishedChange | None
    """None without two scores, and wherever no parameters are published."""

    @property
    def difference(self) -> int | float | None:
        """How far the score moved; None unless both times there was one."""
        return None if self.before is None or self.now is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class QuotedChange:
    """The change of a score, with what published parameters say about it."""

    change: ScaleChange
    published: str | None
    """As a quotation; None where nothing is published, or there are no two scores."""


def are_comparable(one: Questionnaire, other: Questionnaire) -> bool:
    """Return whether sittings with both are joined: the same id, major version and scoring."""
    return one.scoring_fingerprint == other.scoring_fingerprint


def changes(before: Administration, after: Administration) -> tuple[ItemChange, ...]:
    """Return every item with response options, then and now, in the order of the later sitting.

    Raises:
        ValueError: when the two are not comparable (`are_comparable`).
    """
    _refuse_other_series(before, after)
    questionnaire = after.questionnaire
    return tuple(
        ItemChange(item.id, given(before, item.id), _given_now(after, item.id))
        for item in questionnaire.all_items
        if item.id in questionnaire.choices
    )


def scale_changes(before: Administration, after: Administration) -> tuple[ScaleChange, ...]:
    """Return every scale, then and now, in the order of the later sitting.

    Raises:
        ValueError: when the two are not comparable (`are_comparable`).
    """
    _refuse_other_series(before, after)
    earlier = {result.scale.id: result for result in score(before)}
    return tuple(scale_change(earlier[result.scale.id], result) for result in score(after))


def scale_change(before: ScaleScore, now: ScaleScore) -> ScaleChange:
    """Return what changed between two scores of one scale."""
    published = None
    if now.scale.reliable_change and before.score is not None and now.score is not None:
        published = published_change(now.scale.reliable_change, before.score, now.score)
    return ScaleChange(now.scale, before.score, now.score, published)


def published_change(parameters: ReliableChange, before: float, now: float) -> PublishedChange:
    """Hold the change between two scores against published parameters.

    From `points` on a change is reliable. Else Jacobson and Truax: SEM = sd·√(1 - reliability),
    Sdiff = √(2·SEM²), index = (now - before) / Sdiff, and reliable is |index| > 1.96. That is
    computed in fractions of the published decimals, so that no rounding decides it.
    """
    difference = Fraction(now) - Fraction(before)
    if parameters.points is not None:
        is_reliable = abs(difference) >= parameters.points
        return PublishedChange(parameters, None, parameters.points, is_reliable)
    variance = _variance_of_differences(parameters)
    return PublishedChange(
        parameters,
        index=float(difference) / sqrt(variance),
        needed=float(_Z) * sqrt(variance),
        is_reliable=difference**2 > _Z**2 * variance,
    )


def quoted(change: ScaleChange, language: Language) -> QuotedChange:
    """Return a change of score with what is published about it, in words and with the citation."""
    published = _quotation(change.published, language) if change.published else None
    return QuotedChange(change, published)


def _quotation(change: PublishedChange, language: Language) -> str:
    words = language.change
    if change.parameters.points is not None:
        needed = words.points.replace("{points}", str(change.parameters.points))
    else:
        needed = words.more_than.replace("{points}", f"{change.needed:.2f}")
    said = words.reliable if change.is_reliable else words.not_reliable
    return said.replace("{needed}", needed).replace("{citation}", change.parameters.citation)


def given(administration: Administration, item_id: str) -> int | Unanswered | None:
    """Return the answer to an item, or why there is none; None where the sitting lacks it."""
    if item_id in administration.answers:
        return administration.answers[item_id]
    return administration.unanswered.get(item_id)


def _given_now(administration: Administration, item_id: str) -> int | Unanswered:
    answers = administration.answers
    return answers[item_id] if item_id in answers else administration.unanswered[item_id]


def _variance_of_differences(parameters: ReliableChange) -> Fraction:
    # As text a float is the decimal that was published.
    sd, reliability = Fraction(str(parameters.sd)), Fraction(str(parameters.reliability))
    return 2 * sd**2 * (1 - reliability)


def _refuse_other_series(before: Administration, after: Administration) -> None:
    if not are_comparable(before.questionnaire, after.questionnaire):
        msg = "sittings with differently scored questionnaires cannot be compared"
        raise ValueError(msg)
