"""Cells → codes: which answer each holds, or why it holds none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

import polars as pl

from moodcheck.batch.embedded.rows import FAULT, FAULT_COLUMN, FAULT_VALUE
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.plan import BAD, BAD_VALUE, SUSPECT_ID, code_column, text_column

if TYPE_CHECKING:
    from moodcheck.batch.plan import Coding, Plan

NOTHING_BAD = (pl.lit(0, pl.Int16).alias(BAD), pl.lit(None, pl.String).alias(BAD_VALUE))
"""What `with_first_bad` adds to rows without a bad answer."""

_WIDEST = 2_001
"""More whole numbers one after the other than any item offers."""


def with_codes(rows: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Return rows with a code beside the cell of each item."""
    return rows.with_columns(
        _code(rows.get_column(text_column(item)), coding).alias(code_column(item))
        for item, coding in plan.codings.items()
    )


def with_first_bad(rows: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Return rows of codes with the place of their first bad answer, and what stands there."""
    is_bad = [pl.col(code_column(item)) == one.bad for item, one in plan.codings.items()]
    cells = [pl.col(text_column(item)).cast(pl.String) for item in plan.codings]
    places = [pl.when(bad).then(pl.lit(at, pl.Int16)) for at, bad in enumerate(is_bad, 1)]
    return rows.with_columns(
        pl.coalesce(*places, pl.lit(0, pl.Int16)).alias(BAD),
        pl.coalesce(
            *(pl.when(bad).then(cell) for bad, cell in zip(is_bad, cells, strict=True)),
            pl.lit(None, pl.String),
        ).alias(BAD_VALUE),
    )


def with_reasons(bad: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Return rows that cannot be scored with a reason, and where it stands, for each.

    Args:
        bad: has what `with_first_bad` adds; what is wrong by itself (`FAULT`) goes before that.
        plan: names the columns.
    """
    columns = [one.column for one in plan.reading.items.values()]
    column = pl.col(BAD).replace_strict(
        dict(enumerate(columns, start=1)), default="", return_dtype=pl.String
    )
    is_suspect = pl.col(BAD) == SUSPECT_ID
    of_cells = {
        FAULT: pl.when(is_suspect)
        .then(pl.lit(RejectReason.SUSPECT_ID.value))
        .otherwise(pl.lit(RejectReason.BAD_ANSWER.value)),
        FAULT_COLUMN: column,
        FAULT_VALUE: pl.col(BAD_VALUE).fill_null(""),
    }
    if FAULT not in bad.columns:
        return bad.with_columns(**of_cells)
    is_whole = (pl.col(FAULT) == "") | is_suspect
    return bad.with_columns(
        pl.when(is_whole).then(said).otherwise(pl.col(name)).alias(name)
        for name, said in of_cells.items()
    )


def bad_answers(rows: pl.DataFrame, plan: Plan) -> Iterator[pl.Series]:
    """Yield where rows of codes have a bad answer, for each item that has any."""
    for item, coding in plan.codings.items():
        codes = rows.get_column(code_column(item))
        if codes.max() == coding.bad:
            yield codes == coding.bad


def _code(cells: pl.Series, coding: Coding) -> pl.Expr:
    cell, kind = pl.col(cells.name), pl.Int8 if coding.is_narrow else pl.Int16
    known: Mapping[str, int] | Mapping[int, int] = dict(coding.texts())
    if cells.dtype.is_integer():
        known = coding.numbers
        lowest, highest = cast("int", cells.min() or 0), cast("int", cells.max() or 0)
        if highest - lowest < _WIDEST and all(
            coding.numbers.get(one) == one for one in range(lowest, highest + 1)
        ):
            return cell.cast(kind).fill_null(coding.blank)
    said = [pl.when(cell == one).then(pl.lit(code, kind)) for one, code in known.items()]
    blank = pl.when(cell.is_null()).then(pl.lit(coding.blank, kind))
    return pl.coalesce(*said, blank, pl.lit(coding.bad, kind))
