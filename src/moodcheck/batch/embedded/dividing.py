"""Rows of text → rows that can be scored, what cannot, the alerts in both, and what is counted."""

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
from moodcheck.batch.embedded.rows import FAULT, PIECE, RECORD, Rows
from moodcheck.batch.embedded.shown import is_invisible, is_plain
from moodcheck.batch.embedded.stated import without_differing
from moodcheck.batch.embedded.tallying import RowCounter
from moodcheck.batch.plan import BAD, ID_SEPARATOR, SUSPECT_ID, typed_column

if TYPE_CHECKING:
    from moodcheck.batch.embedded.scoring import Scorer
    from moodcheck.batch.plan import Plan
    from moodcheck.batch.row_engine import BatchJob

CALLED = "id"
"""The column with what names a row, as one text."""

_BROKEN = {PIECE: pl.UInt32, RECORD: pl.UInt32, "reason": pl.String, "raw": pl.String}
# Most pieces have nothing of the kind, and to work that out anew takes its time.
_NONE_BROKEN = pl.DataFrame(schema=_BROKEN)


@dataclass(frozen=True, slots=True)
class Divided:
    """Rows that can be scored and records that cannot, of some pieces."""

    good: pl.DataFrame
    bad: pl.DataFrame
    """Rows of codes with the place of their first bad answer, and what stands there."""
    broken: pl.DataFrame
    """Records that have no cells: `PIECE`, `RECORD`, `reason`, `raw`."""
    alerts: pl.DataFrame
    """`PIECE`, `record` in it, `id`, `IS_NAMED`, `item`, `answer`, `why`, `record_sha256`."""
    tally: Tally
    is_plain: bool
    """Whether the texts that are carried are `shown.is_plain`."""


class Divider:
    """Divides rows by one plan."""

    def __init__(self, plan: Plan, job: BatchJob, scorer: Scorer) -> None:
        self._plan = plan
        self._scorer = scorer
        self._checks_ids = job.checks_ids and bool(plan.ids)
        ids = [pl.col(one) for one in plan.ids]
        self.called = (
            pl.concat_str(ids, separator=ID_SEPARATOR) if ids else pl.lit("", pl.String)
        ).alias(CALLED)
        self._is_suspect = any_of(is_invisible(one) for one in ids)
        self._alerts = AlertLines(plan, self.called)
        plain = [is_plain(pl.col(one)).all() for one in plan.carried]
        self._is_plain = reduce(and_, plain, pl.lit(value=True))
        self._counter = RowCounter(plan)
        known = job.known_alerts.ids if job.known_alerts else ()
        self._known_ids = pl.Series([*known], dtype=pl.String)

    def divide(self, pieces: Sequence[Rows]) -> Divided:
        """Return what came of pieces of the input, one after the other."""
        rows = with_codes(_together(pieces), self._plan)
        is_plain = rows.select(self._is_plain).item()
        scales = self._plan.questionnaire.scales
        good, bad = without_differing(*self._divided(rows, is_plain=is_plain), scales, self._scorer)
        broken = self._broken(pieces)
        alerts = self._alerts.of(good, bad, broken, pieces)
        bad = with_reasons(bad, self._plan)
        tally = self._counter.tally(good, bad, broken, alerts)
        if len(self._known_ids):
            called = rows.select(self.called).to_series()
            again = called.filter(called.is_in(self._known_ids.implode()))
            tally.known_ids = dict(again.value_counts().iter_rows())
        tally.blank_lines = sum(one.blank_lines for one in pieces)
        tally.left_out = sum(one.left_out for one in pieces)
        tally.unopened = sum(one.unopened for one in pieces)
        tally.unfinished = sum(one.unfinished for one in pieces)
        tally.other_resources = sum(one.other_resources for one in pieces)
        if self._checks_ids:
            tally.ids = [rows.select(pl.struct(self._plan.ids).hash()).to_series()]
        return Divided(good, bad, broken, alerts, tally, is_plain)

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
