"""Each scale in every row: the reference scorer's rules as expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import narwhals as nw

from moodcheck.batch.expressions.cells import (
    NEVER,
    Cell,
    all_of,
    any_of,
    as_number,
    sum_of,
)
from moodcheck.batch.output_columns import (
    WORKING,
    band_column,
    reason_column,
    score_column,
    unanswered_column,
)
from moodcheck.core.scoring import NOT_ASKED, TOO_MANY_UNANSWERED, quotation

if TYPE_CHECKING:
    from moodcheck.core.computation import Computation, Term
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.scale import Scale

BAD_ANSWER = "bad_answer"
"""Why a row has no scores: one of its answers is not one of the offered."""

_NONE_AT_ALL = -1
"""How many items may be unanswered where a scale has no score anyway."""

Columns = Iterator[nw.Expr]

Terms = Sequence[tuple["Term", Cell]]
"""What counts as one, with the cell of each."""


class ScaleRows:
    """One scale in every row, computed in three steps, each from the columns of the one before.

    What is a part of another scale is computed before that one: see `as_cell`.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        scale: Scale,
        *,
        never_asked: AbstractSet[str],
        prefix: str = "",
    ) -> None:
        """Compute a scale in rows in which some items were never asked.

        Args:
            questionnaire: what was asked.
            scale: one of its scales.
            never_asked: the items for want of which a scale has no score.
            prefix: how the names of its columns begin.
        """
        self._prefix = prefix
        self._scale = scale
        self._how = questionnaire.computation(scale)
        self._is_part = any(scale.id in one.scales for one in questionnaire.scales)
        self._is_never_asked = _is_never_asked(questionnaire, self._how, never_asked)
        working = f"{WORKING}_scale_{scale.id}"
        self._unanswered, self._total = f"{working}_unanswered", f"{working}_total"
        self._value, self._is_enough = f"{working}_value", f"{working}_is_enough"
        self._in_units = f"{working}_in_units"

    @property
    def as_cell(self) -> Cell:
        """What it is to another scale: answered where it has a score, which is in its unit."""
        return Cell(nw.col(self._is_enough), NEVER, nw.col(self._in_units))

    def sums(self, cells: Mapping[str, Cell], parts: Mapping[str, Cell]) -> Columns:
        """Yield how many members are unanswered, and what the answered ones come to.

        Args:
            cells: of every item.
            parts: the cells of the scales that are in this one.
        """
        members = [
            [(term, (parts if term.is_scale else cells)[term.name]) for term in member]
            for member in self._how.members
        ]
        missing = [all_of(cell.is_unanswered for _, cell in member) for member in members]
        yield sum_of(map(as_number, missing)).alias(self._unanswered)
        if self._how.method == "maximum":
            yield _highest([term for member in members for term in member]).alias(self._total)
        else:
            yield sum_of(map(_points, members)).alias(self._total)

    def values(self) -> Columns:
        """Yield whether there are enough answers for a score, and what it is; else meaningless."""
        most = _NONE_AT_ALL if self._is_never_asked else self._how.most_unanswered
        is_enough = nw.col(self._unanswered) <= most
        yield is_enough.alias(self._is_enough)
        over = self._divisor() * self._how.over
        if self._how.is_double:
            yield (self._dividend().cast(nw.Float64) / over.cast(nw.Float64)).alias(self._value)
        else:
            yield self._dividend().alias(self._value)
        if self._is_part:
            # Both are whole: the unit is a multiple of whatever is divided by.
            times = (nw.lit(self._how.unit, nw.Int64) // over).cast(nw.Int64)
            in_units = nw.when(is_enough).then(self._dividend() * times).otherwise(nw.lit(0))
            yield in_units.cast(nw.Int64).alias(self._in_units)

    def outputs(self, *, is_bad: nw.Expr) -> Columns:
        """Yield the columns of the scale, null where they say nothing."""
        scale, value = self._scale, nw.col(self._value)
        is_scorable = nw.col(self._is_enough) & ~is_bad
        yield nw.when(is_scorable).then(value).alias(self._prefix + score_column(scale))
        yield nw.col(self._unanswered).alias(self._prefix + unanswered_column(scale))
        otherwise = NOT_ASKED if self._is_never_asked else TOO_MANY_UNANSWERED
        no_score = nw.when(~is_scorable).then(nw.lit(otherwise))
        reason = nw.coalesce(nw.when(is_bad).then(nw.lit(BAD_ANSWER)), no_score)
        yield reason.alias(self._prefix + reason_column(scale))
        if scale.bands:
            # One after the other and not one inside the other: a file may have hundreds.
            quoted = [
                nw.when(is_scorable & (value >= band.at_least)).then(
                    nw.lit(quotation(scale, band, self._how))
                )
                for band in reversed(scale.bands)
            ]
            yield nw.coalesce(*quoted).alias(self._prefix + band_column(scale))

    def _dividend(self) -> nw.Expr:
        """Return what is divided at the very end."""
        total = nw.col(self._total)
        if self._how.rounds:
            doubled = total * (2 * self._how.of) + self._answered()
            # Of whole numbers some engines make a double.
            total = (doubled // (self._at_least_one() * 2)).cast(nw.Int64)
        return _times(total, self._how.times) + self._divisor() * self._how.plus

    def _divisor(self) -> nw.Expr:
        """Return what is divided by, but for the constant; never 0."""
        if self._how.is_divided:
            return self._at_least_one()
        # By a constant polars multiplies with its inverse, which is off in the last bit.
        return as_number(nw.col(self._unanswered) >= 0)

    def _answered(self) -> nw.Expr:
        return nw.lit(self._how.of, nw.Int64) - nw.col(self._unanswered)

    def _at_least_one(self) -> nw.Expr:
        """Return how many members are answered, and 1 for none, where there is no score anyway."""
        is_none = nw.col(self._unanswered) == self._how.of
        return self._answered() + as_number(is_none)


def _is_never_asked(
    questionnaire: Questionnaire, how: Computation, never_asked: AbstractSet[str]
) -> bool:
    """Return whether a scale lacks a member, or a scale in it does."""

    def lacks(term: Term) -> bool:
        if not term.is_scale:
            return term.name in never_asked
        part = questionnaire.computation(questionnaire.scale(term.name))
        return _is_never_asked(questionnaire, part, never_asked)

    return any(all(map(lacks, member)) for member in how.members)


def _points(member: Terms) -> nw.Expr:
    """Return what a member adds to the total; 0 where it is unanswered, but for counts."""
    if len(member) == 1:
        # Where an item is unanswered a count has no score, so what this says there is nothing.
        return _points_of(*member[0])
    is_answered = any_of(cell.is_answered for _, cell in member)
    return nw.when(is_answered).then(_highest(member)).otherwise(nw.lit(0)).cast(nw.Int64)


def _highest(terms: Terms) -> nw.Expr:
    """Return the highest points among those answered, meaningless where none is."""
    lowest = min(term.span[0] for term, _ in terms)
    points = [
        nw.when(cell.is_answered)
        .then(_points_of(term, cell))
        .otherwise(nw.lit(lowest, nw.Int64))
        .cast(nw.Int64)
        for term, cell in terms
    ]
    return points[0] if len(points) == 1 else nw.max_horizontal(*points)


def _points_of(term: Term, cell: Cell) -> nw.Expr:
    """Return what the answer adds; where there is none 0, but for counts."""
    value = cell.value
    if term.is_reversed:
        value = as_number(cell.is_answered) * (term.low + term.high) - value
    if term.at_least is not None:
        value = as_number(value >= term.at_least)
    return _times(value, term.factor)


def _times(value: nw.Expr, factor: int) -> nw.Expr:
    return value if factor == 1 else value * factor
