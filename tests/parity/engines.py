"""Every engine that scores are held equal on: how it takes a table, and how it hands back rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

Row = dict[str, object]


@dataclass(frozen=True)
class Engine:
    """A kind of frame."""

    name: str
    take: Callable[[pa.Table], Any]
    """A table → a frame of this kind with the same columns."""
    rows: Callable[[Any], list[Row]]
    """A frame of this kind → its rows; None where there is nothing."""
    kind: type


def _duckdb(table: pa.Table) -> Any:  # noqa: ANN401 - what duckdb returns
    # A connection of its own, which lives as long as the relation does.
    return duckdb.connect().from_arrow(table)


def _duckdb_rows(relation: Any) -> list[Row]:  # noqa: ANN401 - as above
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _pandas_rows(frame: pd.DataFrame) -> list[Row]:
    return [
        {name: None if pd.isna(value) else _plain(value) for name, value in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]


def _plain(value: Any) -> object:  # noqa: ANN401 - a number of numpy's, or Python's own
    return value.item() if hasattr(value, "item") else value


_NULLABLE = {
    pa.int8(): pd.Int8Dtype(),
    pa.int16(): pd.Int16Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.uint16(): pd.UInt16Dtype(),
    pa.uint64(): pd.UInt64Dtype(),
    pa.float32(): pd.Float32Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}

ENGINES = (
    Engine("polars", pl.DataFrame, pl.DataFrame.to_dicts, pl.DataFrame),
    Engine("polars-lazy", pl.LazyFrame, lambda lazy: lazy.collect().to_dicts(), pl.LazyFrame),
    Engine("duckdb", _duckdb, _duckdb_rows, duckdb.DuckDBPyRelation),
    Engine("pandas", pa.Table.to_pandas, _pandas_rows, pd.DataFrame),
    Engine(
        "pandas-nullable",
        lambda table: table.to_pandas(types_mapper=_NULLABLE.get),
        _pandas_rows,
        pd.DataFrame,
    ),
    Engine(
        "pandas-pyarrow",
        lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
        _pandas_rows,
        pd.DataFrame,
    ),
    Engine("pyarrow", lambda table: table, pa.Table.to_pylist, pa.Table),
)
