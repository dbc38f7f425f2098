"""Rows of codes → a line for each alert in them, whatever else is wrong with its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.embedded.coding import NOTHING_BAD
from moodcheck.batch.embedded.known import IS_NAMED
from moodcheck.batch.embedded.rows import PIECE, RECORD, Rows
from moodcheck.batch.known_alerts import OBJECT
from moodcheck.batch.plan import ALERT, BAD, BAD_VALUE, SUSPECT_ID, UNREADABLE, code_column

if TYPE_CHECKING:
    from moodcheck.batch.plan import Plan
    from moodcheck.core.questionnaire_parts import CriticalItem

_HASH = "record_sha256"
_LINE_BREAK = r"[\n\r]"
_WHERE = [pl.col(PIECE), pl.col(RECORD).alias("record")]


def any_of(conditions: Iterable[pl.Expr]) -> pl.Expr:
    """Return whether any of the conditions holds."""
    nothing: pl.Expr = pl.lit(value=False)
    return reduce(or_, conditions, nothing)


class AlertLines:
    """Finds alerts by one plan."""

    def __init__(self, plan: Plan, called: pl.Expr) -> None:
        """Find alerts in rows that an expression gives one text to be called by."""
        self._plan = plan
        self._called = called
        ids = [pl.col(one) for one in plan.ids]
        self._reached = [
            pl.col(code_column(one.item)).is_between(one.at_least, plan.codings[one.item].highest)
            for one in plan.critical
        ]
        is_suspect = pl.col(BAD) == SUSPECT_ID
        self._has_swallowed = is_suspect & any_of(one.str.contains(_LINE_BREAK) for one in ids)
        is_one = (ids[0] != "") & ~any_of(one == OBJECT for one in ids) if ids else pl.lit(0) == 1
        self._is_named = (is_one & ~is_suspect).alias(IS_NAMED)

    def of(
        self,
        good: pl.DataFrame,
        bad: pl.DataFrame,
        broken: pl.DataFrame,
        pieces: Sequence[Rows],
    ) -> pl.DataFrame:
        """Return every alert, in the order of the records.

        Args:
            good: rows that can be scored.
            bad: rows that cannot.
            broken: records that have no cells; each of them could hold an alert.
            pieces: what all were read from.
        """
        rows = good.filter(any_of(self._reached)).with_columns(NOTHING_BAD)
        rows = pl.concat([rows, bad]) if bad.height else rows
        critical = zip(self._plan.critical, self._reached, strict=True)
        found = [
            *(self._critical(rows, one, reaches) for one, reaches in critical),
            *self._not_readable(bad, broken),
        ]
        lines = pl.concat(found).sort(PIECE, "record", maintain_order=True)
        return lines.with_columns(_hashes(lines, pieces))

    def _critical(self, rows: pl.DataFrame, one: CriticalItem, reaches: pl.Expr) -> pl.DataFrame:
        coding, code = self._plan.codings[one.item], pl.col(code_column(one.item))
        is_bad = code == coding.bad
        value = pl.when(pl.col(BAD) == self._plan.places[one.item]).then(pl.col(BAD_VALUE))
        answer = pl.when(is_bad).then(value.otherwise(pl.lit(""))).otherwise(code.cast(pl.String))
        why = pl.when(is_bad).then(pl.lit(UNREADABLE)).otherwise(pl.lit(ALERT))
        return rows.filter(reaches | is_bad).select(
            *_WHERE,
            self._called,
            self._is_named,
            pl.lit(one.item).alias("item"),
            answer.alias("answer"),
            why.alias("why"),
        )

    def _not_readable(self, bad: pl.DataFrame, broken: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """Yield records that may hold an alert of which nobody can tell whose it is."""
        nobody = [
            pl.lit(value=False).alias(IS_NAMED),
            pl.lit("").alias("item"),
            pl.lit("").alias("answer"),
            pl.lit(UNREADABLE).alias("why"),
        ]
        is_critical = bool(self._plan.questionnaire.critical)
        if is_critical and self._plan.ids and bad.height:
            yield bad.filter(self._has_swallowed).select(*_WHERE, self._called, *nobody)
        if (is_critical and broken.height) or not self._plan.critical:
            broken = broken if is_critical else broken.clear()
            yield broken.select(*_WHERE, pl.lit("").alias("id"), *nobody)


def _hashes(lines: pl.DataFrame, pieces: Sequence[Rows]) -> pl.Series:
    """Return the hash of each record that has cells and an alert; of no other one it is made."""
    hashes: list[str] = []
    for of_piece in lines.partition_by(PIECE, maintain_order=True):
        piece = pieces[of_piece.item(0, PIECE)]
        has_cells = of_piece.get_column("item") != ""
        made = map(sha256, piece.content(of_piece.filter(has_cells).get_column("record").to_list()))
        hashes += [next(made).hexdigest() if one else "" for one in has_cells]
    return pl.Series(_HASH, hashes, dtype=pl.String)
