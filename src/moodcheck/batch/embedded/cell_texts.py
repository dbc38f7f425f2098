"""Columns of a typed table → the texts that their cells would be in CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

import polars as pl

from moodcheck.batch.known_alerts import OBJECT
from moodcheck.batch.tables.as_csv import EXACT

_EPOCH = dt.date(1970, 1, 1).toordinal()


def texts_of(
    frame: pl.DataFrame, columns: Mapping[str, str], numbers: Collection[str] = ()
) -> Iterator[pl.Expr]:
    """Yield columns as text: what each is called → its name. Whole numbers may stay such."""
    for called, name in columns.items():
        is_number = called in numbers and frame.schema[name].is_integer()
        column = pl.col(name)
        yield (column if is_number else _as_text(column, frame.schema[name])).alias(called)


def _as_text(column: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """Return a column as the text that it would be in CSV.

    A number with a decimal point that is whole is written without one, because that is what tables
    with blanks make of whole numbers; NaN is blank. Lists, and what else is no single value, are
    texts that are no answer.
    """
    written = column.cast(pl.String)
    if kind.is_float():
        column = column.cast(pl.Float64)
        is_whole = (column.abs() < EXACT) & (column == column.floor())
        written = (
            pl.when(column.is_nan())
            .then(pl.lit(""))
            .when(is_whole)
            .then(column.cast(pl.Int64, strict=False).cast(pl.String))
            .otherwise(column.cast(pl.String))
        )
    elif isinstance(kind, pl.Datetime):
        written = _point_in_time(column, kind)
    elif kind.base_type() is pl.Date:
        date, number = _within_years(column, 1)
        written = date.cast(pl.String).fill_null(number.cast(pl.String))
    elif kind.is_decimal():
        written = written.str.replace(r"\.0+$", "")
    elif kind.base_type() is pl.Binary:
        written = column.map_elements(_as_utf_8, return_dtype=pl.String)
    elif kind.is_nested() or kind.base_type() in {pl.Object, pl.Duration}:
        written = pl.when(column.is_not_null()).then(pl.lit(OBJECT))
    return written.fill_null("")


def _point_in_time(column: pl.Expr, kind: pl.Datetime) -> pl.Expr:
    """Return a date with a time; where a zone was given, as it is in UTC, with a Z.

    So it is the same whatever zone a file, a machine or a cluster is in.
    """
    is_instant = kind.time_zone is not None
    if is_instant:
        column = column.dt.replace_time_zone(None)
    seconds = {"ms": 10**3, "us": 10**6, "ns": 10**9}[kind.time_unit]
    column, number = _within_years(column, 24 * 60 * 60 * seconds)
    whole = column.dt.strftime("%Y-%m-%d %H:%M:%S")
    exact = column.cast(pl.String).str.replace(r"0+$", "")
    text = pl.when(number % seconds == 0).then(whole).otherwise(exact)
    return pl.concat_str(text, pl.lit("Z" if is_instant else "")).fill_null(number.cast(pl.String))


def _within_years(column: pl.Expr, day: int) -> tuple[pl.Expr, pl.Expr]:
    """Return times with null for those that no calendar has, and the numbers that they are."""
    number = column.to_physical().cast(pl.Int64)
    first, last = (date.toordinal() - _EPOCH for date in (dt.date.min, dt.date.max))
    return pl.when(number.is_between(first * day, (last + 1) * day - 1)).then(column), number


def _as_utf_8(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return f"\\x{content.hex()}"
