"""A table of Parquet → rows of text, with their own types beside them where scores keep those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from moodcheck.batch.known_alerts import OBJECT
from moodcheck.batch.output_columns import FILE
from moodcheck.batch.plan import (
    CELL_SEPARATOR,
    MOST_HASHED,
    MOST_HASHED_OF_A_TEXT,
    Plan,
    typed_column,
)
from moodcheck.batch.row_engine import TableFormat

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

RAW, FAULT, CONTENT = "raw", "fault", "content"
"""Columns of rows, as `reading.rows_of` has them."""

_EXACT = 1e15
"""Below it, every whole number is a double."""

_PARTS = ("array", "map", "struct", "variant")
_NUMBERS = {"tinyint", "smallint", "int", "bigint", "float", "double", "boolean"}
"""What JSON has numbers and words for."""


def typed_columns(tables: Sequence[DataFrame], plan: Plan, written: TableFormat) -> list[str]:
    """Return the columns that are carried along in a type that every table has them in.

    Args:
        tables: at least one.
        plan: how they are read.
        written: the format of the scores.
    """
    first, *others = [dict(one.dtypes) for one in tables]
    return [
        called
        for called, name in plan.carried.items()
        if _is_kept(first[name], written) and all(types[name] == first[name] for types in others)
    ]


def _is_kept(kind: str, written: TableFormat) -> bool:
    match written:
        case TableFormat.CSV:
            return False
        case TableFormat.JSONL:
            return kind in _NUMBERS
        case TableFormat.PARQUET:
            return kind != "string" and _is_single(kind)


def parquet_rows(frame: DataFrame, shown: str, plan: Plan, typed: Sequence[str]) -> DataFrame:
    """Return the rows of a table, as `reading.rows_of` has them.

    Args:
        frame: the table.
        shown: what outputs call it.
        plan: how it is read.
        typed: what columns are called that are given in their own type as well.
    """
    types = dict(frame.dtypes)
    texts = [
        _as_text(F.col(_quoted(name)), types[name]).alias(called)
        for called, name in plan.columns.items()
    ]
    cells = [*_hashed(types, {*plan.columns.values()})]
    nothing = F.lit(None).cast("string")
    return frame.select(
        F.lit(shown).alias(FILE),
        nothing.alias(FAULT),
        nothing.alias(RAW),
        F.concat_ws(CELL_SEPARATOR, *cells).alias(CONTENT),
        *texts,
        *(F.col(_quoted(plan.carried[called])).alias(typed_column(called)) for called in typed),
    )


def _hashed(types: Mapping[str, str], wanted: AbstractSet[str]) -> Iterator[Column]:
    """Yield the cells that tell a record from the next, as the embedded engine does."""
    for name, kind in types.items():
        text = _as_text(F.col(_quoted(name)), kind)
        if name in wanted:
            yield text
        elif _is_single(kind) and len(types) <= MOST_HASHED:
            yield F.left(text, F.lit(MOST_HASHED_OF_A_TEXT))


def _is_single(kind: str) -> bool:
    """Return whether a cell is one number, text or time, and no lump of bytes."""
    return not kind.startswith((*_PARTS, "binary"))


def _as_text(column: Column, kind: str) -> Column:
    """Return a column of Parquet as the text that it would be in CSV, as the embedded engine."""
    written = column.cast("string")
    if kind in {"float", "double"}:
        is_whole = (F.abs(column) < _EXACT) & (column == F.floor(column))
        written = (
            F.when(F.isnan(column), F.lit(""))
            .when(is_whole, F.floor(column).cast("string"))
            .otherwise(written)
        )
    elif kind.startswith("decimal"):
        written = F.regexp_replace(written, r"\.0+$", "")
    elif kind == "timestamp":
        # A session shows an instant in the time zone that it happens to have.
        in_utc = F.to_utc_timestamp(column, F.current_timezone()).cast("string")
        written = F.concat(in_utc, F.lit("Z"))
    elif kind.startswith(_PARTS):
        written = F.when(column.isNotNull(), F.lit(OBJECT))
    return F.coalesce(written, F.lit(""))


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
