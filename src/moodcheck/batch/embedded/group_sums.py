"""Rows of codes → what is counted of each group of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add, and_
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.cohort.engine import refuse_too_many_groups
from moodcheck.batch.cohort.sums import ALL, Groups, Moment, NoAlpha, Sums, keyed_items
from moodcheck.batch.output_columns import score_column, unanswered_column
from moodcheck.batch.plan import code_column

if TYPE_CHECKING:
    from moodcheck.batch.cohort.sums import Keyed
    from moodcheck.batch.embedded.scoring import Said, Scorer
    from moodcheck.batch.plan import Plan
    from moodcheck.core.scale import Scale

_GROUP, _TOTAL = "__group", "__total"


class GroupCounter:
    """Counts rows by one plan."""

    def __init__(self, plan: Plan, scorer: Scorer, by: str | None) -> None:
        """Count rows that a column tells apart by its texts, or all of them together.

        Args:
            plan: how they were read.
            scorer: says what the scales come to, and no more.
            by: the column.
        """
        self._plan = plan
        self._scorer = scorer
        self._by = by
        self._called = next((one for one, name in plan.carried.items() if name == by), None)
        self._added = [
            (scale, keyed)
            for scale in plan.questionnaire.scales
            if not isinstance(keyed := keyed_items(plan, scale), NoAlpha)
        ]

    def groups(self, good: pl.DataFrame) -> Groups:
        """Return what is counted of rows without a bad answer.

        Raises:
            BadData: when there are more groups than can be shown.
        """
        if not good.height:
            return {}
        rows = _Rows(good, self._called, self._by)
        for item in self._plan.codings:
            self._count_answers(rows, item)
        every = self._scorer.said_of(good)
        for scale, said in zip(self._plan.questionnaire.scales, every, strict=True):
            _count_scores(rows, scale, said)
        for scale, keyed in self._added:
            self._add_up(rows, scale, keyed)
        return rows.groups

    def _count_answers(self, rows: _Rows, item: str) -> None:
        reasons = {code: why for why, code in self._plan.codings[item].reasons.items()}
        for sums, code, count in rows.counts(rows.frame.get_column(code_column(item))):
            if code in reasons:
                sums.unanswered[item, reasons[code]] += count
            else:
                sums.values[item, code] += count

    def _add_up(self, rows: _Rows, scale: Scale, keyed: Sequence[Keyed]) -> None:
        """Add up the items of a scale over the rows in which all of them are answered."""
        codes = {code_column(one.item): one for one in keyed}
        is_answered = [
            pl.col(code) <= self._plan.codings[one.item].highest for code, one in codes.items()
        ]
        points = [
            pl.col(code).cast(pl.Int64) * one.factor + one.offset for code, one in codes.items()
        ]
        added = (
            rows.frame.lazy()
            .filter(reduce(and_, is_answered))
            .select(_GROUP, *points)
            .with_columns(reduce(add, map(pl.col, codes)).alias(_TOTAL))
        )
        keys = {
            f"{moment.name} {code}": (scale.id, one.item, moment)
            for code, one in codes.items()
            for moment in Moment
        }
        moments = [
            moment.of(pl.col(code), pl.col(_TOTAL)).sum().alias(f"{moment.name} {code}")
            for code in codes
            for moment in Moment
        ]
        for sums, found in rows.summed(added, moments):
            for name, key in keys.items():
                sums.moments[key] += found[name]


class _Rows:
    """Rows, and which group each of them is of."""

    def __init__(self, good: pl.DataFrame, called: str | None, by: str | None) -> None:
        if called is None:
            names, places = [ALL], pl.repeat(0, good.height, dtype=pl.Int64, eager=True)
        else:
            texts = good.get_column(called)
            found = texts.unique()
            refuse_too_many_groups(found, by)
            # Once, so that no text is looked at again, whatever is counted.
            names, places = found.to_list(), texts.cast(pl.Enum(found)).to_physical()
        self.frame = good.with_columns(places.cast(pl.Int64).alias(_GROUP))
        self.groups = {name: Sums() for name in names}
        self._sums = [*self.groups.values()]
        for place, count in places.value_counts().iter_rows():
            self._sums[place].rows = count

    def counts(self, numbers: pl.Series) -> Iterator[tuple[Sums, int, int]]:
        """Yield each group, a number that it has, and in how many of its rows."""
        if len(self._sums) == 1:
            yield from ((self._sums[0], *counted) for counted in numbers.value_counts().iter_rows())
            return
        numbers = numbers.cast(pl.Int64)
        lowest, highest = (int(str(one)) for one in (numbers.min(), numbers.max()))
        size = highest - lowest + 1
        keys = self.frame.get_column(_GROUP) * size + numbers - lowest
        for key, count in keys.value_counts().iter_rows():
            place, number = divmod(key, size)
            yield self._sums[place], number + lowest, count

    def summed(
        self, rows: pl.LazyFrame, sums: Sequence[pl.Expr]
    ) -> Iterator[tuple[Sums, dict[str, int]]]:
        """Yield each group of some of the rows, and what they come to."""
        if len(self._sums) == 1:
            yield self._sums[0], rows.select(sums).collect().row(0, named=True)
            return
        for row in rows.group_by(_GROUP).agg(sums).collect().iter_rows(named=True):
            yield self._sums[row[_GROUP]], row


def _count_scores(rows: _Rows, scale: Scale, said: Said) -> None:
    scores = said.table.get_column(score_column(scale)).to_list()
    unanswered = said.table.get_column(unanswered_column(scale)).to_list()
    for sums, place, count in rows.counts(said.places):
        sums.scores[scale.id, scores[place], unanswered[place] == 0] += count
