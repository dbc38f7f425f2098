"""Rows of text → scores, rejects, alerts and counts, of one part of the work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import polars as pl
from polars import selectors

from moodcheck.batch.embedded.alert_lines import AlertLines, any_of
from moodcheck.batch.embedded.coding import (
    NOTHING_BAD,
    bad_answers,
    with_codes,
    with_first_bad,
    with_reasons,
)
from moodcheck.batch.embedded.counting import Tally
from moodcheck.batch.embedded.rows import FAULT, FAULT_COLUMN, FAULT_VALUE, PIECE, RECORD, Rows
from moodcheck.batch.embedded.scoring import Scorer, Scores
from moodcheck.batch.embedded.shown import is_altered, is_formula, is_invisible, is_plain, shown
from moodcheck.batch.embedded.stated import without_differing
from moodcheck.batch.embedded.tallying import RowCounter
from moodcheck.batch.output_columns import FILE, score_column
from moodcheck.batch.output_columns import RECORD as RECORD_COLUMN
from moodcheck.batch.plan import (
    BAD,
    ID_SEPARATOR,
    SUSPECT_ID,
    typed_column,
)
from moodcheck.batch.row_engine import TableFormat

if TYPE_CHECKING:
    from moodcheck.batch.plan import Plan
    from moodcheck.batch.row_engine import BatchJob

_CALLED = "id"

_WHERE: dict[str, type[pl.DataType]] = {PIECE: pl.UInt32, "record": pl.UInt32}
_BROKEN = {PIECE: pl.UInt32, RECORD: pl.UInt32, "reason": pl.String, "raw": pl.String}
_REJECTS = ("id", "column", "value", "reason", "raw")
# Most pieces have nothing of the kind, and to work that out anew takes its time.
_NONE_BROKEN = pl.DataFrame(schema=_BROKEN)
_NO_REJECTS = pl.DataFrame(schema={**_WHERE, **dict.fromkeys(_REJECTS, pl.String)})


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of some pieces. Lines stand in the order of the records."""

    records: Sequence[int]
    """How many each piece has."""
    alerts: pl.DataFrame
    """`PIECE`, `record` in it, `id`, `IS_NAMED`, `item`, `answer`, `why`, `record_sha256`."""
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
        ids = [pl.col(one) for one in plan.ids]
        self._called = (
            pl.concat_str(ids, separator=ID_SEPARATOR) if ids else pl.lit("", pl.String)
        ).alias(_CALLED)
        self._is_suspect = any_of(is_invisible(one) for one in ids)
        self._alerts = AlertLines(plan, self._called)
        # An id that is scored has no character that could not be shown.
        altered = [is_formula(one) for one in ids] + [is_altered(pl.col(k)) for k in plan.keeps]
        self._altered = sum((one.cast(pl.UInt32) for one in altered), pl.lit(0, pl.UInt32)).sum()
        plain = [is_plain(pl.col(one)).all() for one in plan.carried]
        self._is_plain = reduce(and_, plain, pl.lit(value=True))
        self._counter = RowCounter(plan)
        self._scorer = Scorer(plan, job.notice)
        known = job.known_alerts.ids if job.known_alerts else ()
        self._known_ids = pl.Series([*known], dtype=pl.String)

    def check(self, pieces: Sequence[Rows]) -> tuple[Checked, Scores]:
        """Return what came of pieces of the input, one after the other, and their scores."""
        rows = with_codes(_together(pieces), self._plan)
        is_plain = rows.select(self._is_plain).item()
        scales = self._plan.questionnaire.scales
        good, bad = without_differing(*self._divided(rows, is_plain=is_plain), scales, self._scorer)
        broken = self._broken(pieces)
        alerts = self._alerts.of(good, bad, broken, pieces)
        bad = with_reasons(bad, self._plan)
        tally = self._counter.tally(good, bad, broken, alerts)
        if len(self._known_ids):
            called = rows.select(self._called).to_series()
            again = called.filter(called.is_in(self._known_ids.implode()))
            tally.known_ids = dict(again.value_counts().iter_rows())
        tally.blank_lines = sum(one.blank_lines for one in pieces)
        tally.left_out = sum(one.left_out for one in pieces)
        tally.unopened = sum(one.unopened for one in pieces)
        tally.unfinished = sum(one.unfinished for one in pieces)
        tally.other_resources = sum(one.other_resources for one in pieces)
        if self._job.checks_ids and self._plan.ids:
            tally.ids = [rows.select(pl.struct(self._plan.ids).hash()).to_series()]
        scores = self._scores(good, tally, is_plain=is_plain)
        records = [one.records for one in pieces]
        return Checked(records, alerts, self._rejects(bad, broken), tally), scores

    def _divided(self, rows: pl.DataFrame, *, is_plain: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the rows that can be scored, and the others with what is wrong in them."""
        wrong = [*bad_answers(rows, self._plan)]
        if not is_plain:
            wrong.append(rows.select(self._is_suspect).to_series())
        if FAULT in rows.columns:
            wrong.append(rows.get_column(FAULT) != "")
        is_bad = reduce(or_, wrong) if wrong else None
        if is_bad is None or not is_bad.any():
            return rows, rows.clear().with_columns(NOTHING_BAD)
        bad = with_first_bad(rows.filter(is_bad), self._plan)
        suspect = pl.when(self._is_suspect).then(pl.lit(SUSPECT_ID, pl.Int16))
        return rows.filter(~is_bad), bad.with_columns(suspect.otherwise(pl.col(BAD)).alias(BAD))

    def _broken(self, pieces: Sequence[Rows]) -> pl.DataFrame:
        every = [(i, one) for i, piece in enumerate(pieces) for one in piece.broken]
        rows = [(i, one.record, one.reason, one.raw) for i, one in every]
        return pl.DataFrame(rows, schema=_BROKEN, orient="row") if rows else _NONE_BROKEN

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
            self._called,
            pl.col(FAULT_COLUMN).alias("column"),
            pl.col(FAULT_VALUE).alias("value"),
            pl.col(FAULT).alias("reason"),
            nothing.alias("raw"),
        )
        others = broken.select(
            *where,
            *(nothing.alias(name) for name in (_CALLED, "column", "value")),
            "reason",
            "raw",
        )
        return pl.concat([rejected, others]).sort(PIECE, "record", maintain_order=True)


def _together(pieces: Sequence[Rows]) -> pl.DataFrame:
    """Return the rows of pieces as those of one table."""
    frames = [one.frame for one in pieces]
    if any(frame.schema != frames[0].schema for frame in frames):
        # What is a number in one piece is a text in another: both are texts.
        numbers = selectors.integer() - selectors.by_name(RECORD)
        numbers -= selectors.starts_with(typed_column(""))
        frames = [frame.with_columns(numbers.cast(pl.String)) for frame in frames]
    if any(frame.columns != frames[0].columns for frame in frames):
        # Some formats tell more of a row than others.
        every = pl.concat(frames, how="diagonal").with_columns(pl.col(pl.String).fill_null(""))
    else:
        every = pl.concat(frames, rechunk=True) if len(frames) > 1 else frames[0]
    return every.insert_column(0, _places(frames).alias(PIECE))


def _places(frames: Sequence[pl.DataFrame]) -> pl.Series:
    """Return for each row of several tables the place of its own."""
    if len(frames) == 1:
        return pl.repeat(0, frames[0].height, dtype=pl.UInt32, eager=True)
    places = [at for at, frame in enumerate(frames) for _ in range(frame.height)]
    return pl.Series(places, dtype=pl.UInt32)
