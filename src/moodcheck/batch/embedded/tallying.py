"""Rows of codes → what is known of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.answer_map import FLOAT
from moodcheck.batch.embedded.alert_lines import any_of
from moodcheck.batch.embedded.counting import Tally
from moodcheck.batch.embedded.rows import FAULT, PIECE
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.plan import code_column, text_column

if TYPE_CHECKING:
    from moodcheck.batch.plan import Plan

_MOST_SUMS = 24
"""An item that offers more has its values counted by sorting them, which takes longer for few."""


class RowCounter:
    """Counts rows by one plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        codings = plan.codings.items()
        self._wide = [item for item, one in codings if len(one.offered) > _MOST_SUMS]
        self._values = [
            (pl.col(code_column(item)) == value).sum().alias(f"{item} {value}")
            for item, one in codings
            if item not in self._wide
            for value in one.offered
        ]
        self._reasons = [
            (pl.col(code_column(item)) == code).sum().alias(f"{item} {reason}")
            for item, reason, code in plan.coded_reasons()
        ]
        unanswered = [
            pl.col(code_column(one.item)).is_between(
                plan.codings[one.item].highest + 1, plan.codings[one.item].bad - 1
            )
            for one in plan.critical
        ]
        self._critical = any_of(unanswered).sum().alias("critical")

    def tally(
        self, good: pl.DataFrame, bad: pl.DataFrame, broken: pl.DataFrame, alerts: pl.DataFrame
    ) -> Tally:
        """Return what is known of rows that can be scored, of others, and of what has no cells."""
        sums = [*self._values, *self._reasons, self._critical]
        counts = good.select(sums).row(0, named=True)
        reasons = [bad.get_column(FAULT), broken.get_column("reason").alias(FAULT)]
        rejected = {
            RejectReason(reason): count
            for reason, count in pl.concat(reasons).value_counts().iter_rows()
        }
        return Tally(
            scored=good.height,
            rejected=rejected,
            alerts=alerts.select(PIECE, "record").n_unique(),
            critical_unanswered=counts["critical"],
            unanswered={
                (item, reason): counts[f"{item} {reason}"]
                for item, reason, _ in self._plan.coded_reasons()
            },
            values=self._counted(good, bad, counts),
            outside=dict(self._outside(bad)),
            whole_floats=self._floats(good) + self._floats(bad),
        )

    def _floats(self, rows: pl.DataFrame) -> int:
        """Return how many cells such as 1.0 were read as whole numbers."""
        if not self._plan.reading.takes_whole_floats:
            return 0
        return sum(
            int((cells.str.ends_with(FLOAT) & (rows[code_column(item)] != coding.bad)).sum())
            for item, coding in self._plan.codings.items()
            if (cells := rows[text_column(item)]).dtype == pl.String
        )

    def _counted(
        self, good: pl.DataFrame, bad: pl.DataFrame, sums: dict[str, int]
    ) -> dict[tuple[str, int], int]:
        """Return how often each value stands in each item, whatever else is wrong in a row."""
        more = bad.select(self._values).row(0, named=True) if bad.height and self._values else {}
        found = {}
        for item, coding in self._plan.codings.items():
            if item in self._wide:
                sums |= _by_sorting(item, good)
                more |= _by_sorting(item, bad)
            for value in coding.offered:
                name = f"{item} {value}"
                found[item, value] = sums.get(name, 0) + more.get(name, 0)
        return found

    def _outside(self, bad: pl.DataFrame) -> Iterator[tuple[tuple[str, int], int]]:
        """Yield the numbers just outside the options of an item that stand there."""
        if not bad.height:
            return
        for item, coding in self._plan.codings.items():
            cells = bad.get_column(text_column(item)).cast(pl.String)
            if self._plan.reading.takes_whole_floats:
                cells = cells.str.strip_suffix(FLOAT)
            for value in coding.just_outside:
                if count := int((cells == str(value)).sum()):
                    yield (item, value), count


def _by_sorting(item: str, rows: pl.DataFrame) -> dict[str, int]:
    counts = rows.get_column(code_column(item)).value_counts()
    return {f"{item} {value}": count for value, count in counts.iter_rows()}
