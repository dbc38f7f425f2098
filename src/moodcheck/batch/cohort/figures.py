"""What follows from counts and sums: exact fractions to the last step, and never a NaN."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import copysign, sqrt
from typing import TYPE_CHECKING

from moodcheck.batch.cohort.disclosure import Of
from moodcheck.batch.cohort.sums import Keyed, Moment, NoAlpha, keyed_items

if TYPE_CHECKING:
    from moodcheck.batch.cohort.disclosure import Withheld
    from moodcheck.batch.cohort.sums import Sums
    from moodcheck.batch.plan import Plan
    from moodcheck.core.administration import Unanswered
    from moodcheck.core.questionnaire_parts import Item, ResponseOption
    from moodcheck.core.scale import Scale

_LEAST_ROWS = 2
"""Fewer say nothing of how far they lie apart."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How many numbers there are, their mean and how far they lie apart."""

    rows: int
    mean: float | None
    """None of no rows, and where it is withheld."""
    sd: float | None
    """The standard deviation of a sample, by `rows - 1`; None of fewer than two rows."""

    @property
    def is_withheld(self) -> bool:
        """Whether nothing is shown of these rows but how many there are."""
        return self.rows > 0 and self.mean is None


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of some rows."""

    counts: Mapping[float, int]
    """Score → rows, in the order of the scores; empty where they are withheld."""
    spread: Spread
    floor: int | None
    """Rows with the lowest score that the scale can have; None where that is withheld."""
    ceiling: int | None
    """Rows with the highest."""


@dataclass(frozen=True, slots=True)
class InScale:
    """How an item goes with the others of its scale."""

    item: str
    alpha_without: float | None
    """Alpha of the other items; None where these are one, or all have the same total."""
    r_rest: float | None
    """Its correlation with the total of the others; None where one of the two never changes."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """How the items of a scale go together, over the rows in which all of them are answered."""

    rows: int
    alpha: float | None
    """Cronbach's; None where `why` says why there is none."""
    why: NoAlpha | None
    items: tuple[InScale, ...]
    """None where there is no alpha."""


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """What is known of a scale."""

    scale: Scale
    minimum: float
    maximum: float
    scored: Scores
    """Of the rows that have a score."""
    complete: Scores
    """Of those among them in which all of its items are answered."""
    not_scored: int
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """What is known of an item; its answers as they were given, whatever scales make of them."""

    item: Item
    options: tuple[tuple[ResponseOption, int | None], ...]
    """Each option, and in how many rows it was chosen; None where that is withheld."""
    unanswered: Mapping[Unanswered, int]
    spread: Spread


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a group of rows."""

    rows: int
    items: tuple[ItemFigures, ...]
    scales: tuple[ScaleFigures, ...]


def figures(plan: Plan, sums: Sums, withheld: Withheld) -> Figures:
    """Return what follows from what is counted of some rows, without what is withheld of them."""
    return Figures(
        sums.rows,
        tuple(_of_item(plan, sums, item, withheld) for item in plan.codings),
        tuple(_of_scale(plan, sums, scale, withheld) for scale in plan.questionnaire.scales),
    )


def spread(counts: Mapping[float, int]) -> Spread:
    """Return the mean and the standard deviation of numbers that occur so often."""
    rows = sum(counts.values())
    exact = [(Fraction(number), times) for number, times in counts.items()]
    total = sum((number * times for number, times in exact), Fraction(0))
    squares = sum((number * number * times for number, times in exact), Fraction(0))
    mean = float(total / rows) if rows else None
    if rows < _LEAST_ROWS:
        return Spread(rows, mean, None)
    return Spread(rows, mean, sqrt((rows * squares - total * total) / (rows * (rows - 1))))


def _of_item(plan: Plan, sums: Sums, item: str, withheld: Withheld) -> ItemFigures:
    asked = plan.questionnaire
    counts: dict[float, int] = {
        one.value: sums.values[item, one.value] for one in asked.options(item)
    }
    reasons = plan.codings[item].reasons
    is_withheld = (Of.ANSWERED, item) in withheld
    return ItemFigures(
        asked.item(item),
        tuple((one, None if is_withheld else counts[one.value]) for one in asked.options(item)),
        {why: sums.unanswered[item, why] for why in reasons if sums.unanswered[item, why]},
        Spread(sum(counts.values()), None, None) if is_withheld else spread(counts),
    )


def _of_scale(plan: Plan, sums: Sums, scale: Scale, withheld: Withheld) -> ScaleFigures:
    scored: Counter[float] = Counter()
    complete: Counter[float] = Counter()
    not_scored = 0
    for (name, score, is_complete), rows in sums.scores.items():
        if name != scale.id:
            continue
        if score is None:
            not_scored += rows
            continue
        scored[score] += rows
        if is_complete:
            complete[score] += rows
    span = plan.questionnaire.range_of(scale)
    is_complete_withheld = (Of.COMPLETE, scale.id) in withheld
    return ScaleFigures(
        scale,
        *span,
        _scores(scored, *span, is_withheld=(Of.SCORED, scale.id) in withheld),
        _scores(complete, *span, is_withheld=is_complete_withheld),
        not_scored,
        reliability(plan, scale, sums, complete.total(), is_withheld=is_complete_withheld),
    )


def _scores(
    counts: Mapping[float, int], lowest: float, highest: float, *, is_withheld: bool
) -> Scores:
    if is_withheld:
        return Scores({}, Spread(sum(counts.values()), None, None), None, None)
    ordered = dict(sorted(counts.items()))
    return Scores(ordered, spread(ordered), ordered.get(lowest, 0), ordered.get(highest, 0))


def reliability(
    plan: Plan, scale: Scale, sums: Sums, rows: int, *, is_withheld: bool = False
) -> Reliability:
    """Return Cronbach's alpha of a scale, and what it is without each of its items.

    Alpha is `k / (k - 1) * (1 - variances of the items / variance of the total)`, for k items
    (Cronbach 1951, Psychometrika 16(3), 297-334).

    Args:
        plan: how the rows were read.
        scale: one of its scales.
        sums: what is counted of the rows.
        rows: how many of them have every item of the scale answered.
        is_withheld: whether nothing is shown of these but how many they are.
    """
    keyed = keyed_items(plan, scale)
    if isinstance(keyed, NoAlpha):
        return Reliability(rows, None, keyed, ())
    if is_withheld and rows:
        return Reliability(rows, None, NoAlpha.WITHHELD, ())
    moments = _moments(sums, scale, keyed, rows)
    own, total = sum(moments.own), sum(moments.with_total)
    alpha = _alpha(len(keyed), own, total)
    if alpha is None:
        why = NoAlpha.TOO_FEW_ROWS if rows < _LEAST_ROWS else NoAlpha.ALL_ALIKE
        return Reliability(rows, None, why, ())
    items = []
    for one, variance, shared in zip(keyed, moments.own, moments.with_total, strict=True):
        rest = total - 2 * shared + variance
        without = _alpha(len(keyed) - 1, own - variance, rest)
        items.append(InScale(one.item, without, _correlation(shared - variance, variance, rest)))
    return Reliability(rows, alpha, None, tuple(items))


@dataclass(frozen=True, slots=True)
class _Moments:
    """Variances, each times `rows * (rows - 1)`, which makes them whole numbers."""

    own: tuple[int, ...]
    """Of each item."""
    with_total: tuple[int, ...]
    """Of each item with the total; together they are the variance of the total."""


def _moments(sums: Sums, scale: Scale, keyed: tuple[Keyed, ...], rows: int) -> _Moments:
    def added(one: Keyed, moment: Moment) -> int:
        return sums.moments[scale.id, one.item, moment]

    total = sum(added(one, Moment.POINTS) for one in keyed)
    return _Moments(
        tuple(rows * added(one, Moment.SQUARES) - added(one, Moment.POINTS) ** 2 for one in keyed),
        tuple(
            rows * added(one, Moment.WITH_TOTAL) - added(one, Moment.POINTS) * total
            for one in keyed
        ),
    )


def _alpha(items: int, own: int, total: int) -> float | None:
    """Return alpha of so many items, or None where it is not defined."""
    if items < _LEAST_ROWS or not total:
        return None
    return float(Fraction(items * (total - own), (items - 1) * total))


def _correlation(shared: int, one: int, other: int) -> float | None:
    if not (one and other):
        return None
    return copysign(sqrt(Fraction(shared * shared, one * other)), shared)
