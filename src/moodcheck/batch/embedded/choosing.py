"""Rows as a map chooses them: some are left out, and those of a form nobody opened are blank."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.embedded.rows import Rows
from moodcheck.batch.plan import text_column

if TYPE_CHECKING:
    from moodcheck.batch.plan import Coding, Plan


def chosen(rows: Rows, plan: Plan) -> Rows:
    """Return the rows that the map wants, and blank answers where nobody opened the form.

    Records without cells stay: nobody knows what stands in them.
    """
    rows = without_others(rows, plan.choices)
    return _with_blank_forms(rows, plan) if plan.statuses else rows


def without_others(rows: Rows, choices: Mapping[str, Collection[str]]) -> Rows:
    """Return the rows that have one of the texts in each of these columns."""
    if not choices:
        return rows
    is_wanted = reduce(and_, (pl.col(one).is_in([*texts]) for one, texts in choices.items()))
    frame = rows.frame.filter(is_wanted)
    left_out = rows.left_out + rows.frame.height - frame.height
    return replace(rows, frame=frame, left_out=left_out)


def _with_blank_forms(rows: Rows, plan: Plan) -> Rows:
    """Return the rows with blanks for the zeros of a form that nobody opened.

    Where anything else is answered, somebody did open it, and the row stays as it is.
    """
    says_so = reduce(or_, (pl.col(one).is_in([*texts]) for one, texts in plan.statuses.items()))
    cells = {text_column(item): coding for item, coding in plan.codings.items()}
    is_empty = [_is_empty(rows.frame.schema[one], one, coding) for one, coding in cells.items()]
    is_unopened = rows.frame.select(reduce(and_, is_empty, says_so)).to_series()
    if not is_unopened.any():
        return rows
    blanks = [
        pl.when(~pl.lit(is_unopened)).then(pl.col(one)).otherwise(_blank(rows.frame.schema[one]))
        for one in cells
    ]
    frame = rows.frame.with_columns(
        blank.alias(one) for blank, one in zip(blanks, cells, strict=True)
    )
    return replace(rows, frame=frame, unopened=int(is_unopened.sum()))


def _is_empty(kind: pl.DataType, column: str, coding: Coding) -> pl.Expr:
    """Return whether cells are blank, or hold what is there before anybody answers: zero."""
    cell = pl.col(column)
    if kind.is_integer():
        return cell.is_null() | cell.is_in(
            [one for one, code in coding.numbers.items() if not code]
        )
    return cell.is_in(["", *(text for text, value in coding.reading.answers.items() if not value)])


def _blank(kind: pl.DataType) -> pl.Expr:
    return pl.lit(None, kind) if kind.is_integer() else pl.lit("")
