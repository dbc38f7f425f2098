"""Each scale in every row: the reference scorer's rules as expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import narwhals as nw

from moodcheck.batch.expressions.cells import as_number, sum_of
from moodcheck.batch.output_columns import (
    WORKING,
    band_column,
    reason_column,
    score_column,
    unanswered_column,
)
from moodcheck.core.scoring import NOT_ASKED, TOO_MANY_UNANSWERED, quotation

if TYPE_CHECKING:
    from moodcheck.batch.expressions.cells import Cell
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.questionnaire_parts import Scale

BAD_ANSWER = "bad_answer"
"""Why a row has no scores: one of its answers is not one of the offered."""

_NONE_AT_ALL = -1
"""How many items may be unanswered where a scale has no score anyway."""

Columns = Iterator[nw.Expr]


class ScaleRows:
    """One scale in every row, computed in three steps, each from the columns of the one before."""

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
        self._is_never_asked = not never_asked.isdisjoint(questionnaire.items_of(scale))
        self._members = questionnaire.items_of(scale)
        values = {i: [one.value for one in questionnaire.options(i)] for i in self._members}
        self._ranges = {i: (min(offered), max(offered)) for i, offered in values.items()}
        self._maximum = questionnaire.range_of(scale)[1]
        working = f"{WORKING}_scale_{scale.id}"
        self._unanswered, self._total = f"{working}_unanswered", f"{working}_total"
        self._value, self._is_scorable = f"{working}_value", f"{working}_is_scorable"

    def sums(self, cells: Mapping[str, Cell]) -> Columns:
        """Yield how many items are unanswered, and what the answered ones come to."""
        missing = [as_number(cells[item_id].is_unanswered) for item_id in self._members]
        yield sum_of(missing).alias(self._unanswered)
        points = [self._points(item_id, cells[item_id]) for item_id in self._members]
        yield sum_of(points).alias(self._total)

    def values(self, *, is_bad: nw.Expr) -> Columns:
        """Yield whether there is a score, and what it is; meaningless where there is none."""
        most = _NONE_AT_ALL if self._is_never_asked else self._scale.max_unanswered
        is_enough = nw.col(self._unanswered) <= most
        yield (is_enough & ~is_bad).alias(self._is_scorable)
        yield self._combined().alias(self._value)

    def outputs(self, *, is_bad: nw.Expr) -> Columns:
        """Yield the columns of the scale, null where they say nothing."""
        scale, value, is_scorable = self._scale, nw.col(self._value), nw.col(self._is_scorable)
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
                    nw.lit(quotation(scale, band, maximum=self._maximum))
                )
                for band in reversed(scale.bands)
            ]
            yield nw.coalesce(*quoted).alias(self._prefix + band_column(scale))

    def _points(self, item_id: str, cell: Cell) -> nw.Expr:
        """Return what the answer adds to the total; 0 where there is none."""
        low, high = self._ranges[item_id]
        is_answered = as_number(cell.is_answered)
        is_reversed = item_id in self._scale.reverse_keyed
        keyed = is_answered * (low + high) - cell.value if is_reversed else cell.value
        if self._scale.method == "count":
            # Where an item is unanswered a count has no score, so what this says there is nothing.
            return as_number(keyed >= (self._scale.at_least or 0))
        return keyed

    def _combined(self) -> nw.Expr:
        total = nw.col(self._total)
        match self._scale.method:
            case "count":
                return total * self._scale.multiply_by
            case "mean":
                product = (total * self._scale.multiply_by).cast(nw.Float64)
                return product / self._divisor().cast(nw.Float64)
            case "sum":
                return self._prorated(total) * self._scale.multiply_by

    def _prorated(self, total: nw.Expr) -> nw.Expr:
        if not self._scale.max_unanswered:
            return total
        doubled = total * (2 * len(self._members)) + self._answered()
        # Of whole numbers some engines make a double.
        return (doubled // (self._divisor() * 2)).cast(nw.Int64)

    def _answered(self) -> nw.Expr:
        return nw.lit(len(self._members), nw.Int64) - nw.col(self._unanswered)

    def _divisor(self) -> nw.Expr:
        """Return how many items are answered, and 1 for none, where there is no score anyway."""
        is_none = nw.col(self._unanswered) == len(self._members)
        return self._answered() + as_number(is_none)
