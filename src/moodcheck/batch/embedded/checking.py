"""Rows of text → scores, rejects, alerts and counts, of one part of the work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.embedded.counting import Tally
from moodcheck.batch.embedded.dividing import CALLED, Divider
from moodcheck.batch.embedded.rows import FAULT, FAULT_COLUMN, FAULT_VALUE, PIECE, RECORD, Rows
from moodcheck.batch.embedded.scoring import Scorer, Scores
from moodcheck.batch.embedded.shown import is_altered, is_formula, shown
from moodcheck.batch.output_columns import FILE, score_column
from moodcheck.batch.output_columns import RECORD as RECORD_COLUMN
from moodcheck.batch.plan import typed_column
from moodcheck.batch.row_engine import TableFormat
from moodcheck.batch.sums import findings

if TYPE_CHECKING:
    from moodcheck.batch.plan import Plan
    from moodcheck.batch.row_engine import BatchJob

_WHERE: dict[str, type[pl.DataType]] = {PIECE: pl.UInt32, "record": pl.UInt32}
_REJECTS = ("id", "column", "value", "reason", "raw")
# Most pieces have nothing of the kind, and to work that out anew takes its time.
_NO_REJECTS = pl.DataFrame(schema={**_WHERE, **dict.fromkeys(_REJECTS, pl.String)})


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of some pieces. Lines stand in the order of the records."""

    records: Sequence[int]
    """How many each piece has."""
    alerts: pl.DataFrame
    """As `Divided.alerts`."""
    rejects: pl.DataFrame
    """`PIECE`, `record` in it, `id`, `column`, `value`, `reason`, `raw`."""
    tally: Tally


class Checker:
    """Checks and scores rows by one plan."""

    def __init__(self, plan: Plan, job: BatchJob) -> None:
        self._plan = plan
        self._job = job
        self._alters = job.table_format is TableFormat.CSV and not job.is_exact
        self._written = job.columns.added(plan.questionnaire)
        # An id that is scored has no character that could not be shown.
        altered = [is_formula(pl.col(one)) for one in plan.ids]
        altered += [is_altered(pl.col(one)) for one in plan.keeps]
        self._altered = sum((one.cast(pl.UInt32) for one in altered), pl.lit(0, pl.UInt32)).sum()
        self._scorer = Scorer(plan, [*findings(plan, job.notice)])
        self._divider = Divider(plan, job, self._scorer)

    def check(self, pieces: Sequence[Rows]) -> tuple[Checked, Scores]:
        """Return what came of pieces of the input, one after the other, and their scores."""
        rows = self._divider.divide(pieces)
        scores = self._scores(rows.good, rows.tally, is_plain=rows.is_plain)
        records = [one.records for one in pieces]
        rejects = self._rejects(rows.bad, rows.broken)
        return Checked(records, rows.alerts, rejects, rows.tally), scores

    def _scores(self, good: pl.DataFrame, tally: Tally, *, is_plain: bool) -> Scores:
        plan = self._plan
        said = self._scorer.said_of(good)
        for scale, one in zip(plan.questionnaire.scales, said, strict=False):
            tally.add_scores(scale.id, one.counts(score_column(scale)))
        alters = False
        if self._alters and not is_plain:
            tally.altered_cells = good.select(self._altered).item()
            alters = bool(tally.altered_cells)
        own = {called: typed_column(called) for called in plan.carried}
        carried = [
            pl.col(own[called] if own[called] in good.columns else called).alias(name)
            if not alters
            else shown(pl.col(called)).alias(name)
            for called, name in plan.carried.items()
        ]
        if not plan.ids:
            # Which file it is, and how many records stand before, is known later.
            where = [pl.lit("").alias(FILE), pl.col(RECORD).cast(pl.Int64).alias(RECORD_COLUMN)]
            carried = [pl.col(PIECE), *where, *carried]
        written = [chosen for one in said if (chosen := one.only(self._written)) is not None]
        return Scores(good.select(carried), written, is_plain=is_plain)

    def _rejects(self, bad: pl.DataFrame, broken: pl.DataFrame) -> pl.DataFrame:
        if not (bad.height or broken.height):
            return _NO_REJECTS
        where = [pl.col(PIECE), pl.col(RECORD).alias("record")]
        nothing = pl.lit("")
        rejected = bad.select(
            *where,
            self._divider.called,
            pl.col(FAULT_COLUMN).alias("column"),
            pl.col(FAULT_VALUE).alias("value"),
            pl.col(FAULT).alias("reason"),
            nothing.alias("raw"),
        )
        others = broken.select(
            *where,
            *(nothing.alias(name) for name in (CALLED, "column", "value")),
            "reason",
            "raw",
        )
        return pl.concat([rejected, others]).sort(PIECE, "record", maintain_order=True)
