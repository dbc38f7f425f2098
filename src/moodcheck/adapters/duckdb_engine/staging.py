"""A file → rows of the table, each cell checked while it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw

from moodcheck.adapters.duckdb_engine import sql
from moodcheck.adapters.duckdb_engine.layout import BAD, ROWS, SUSPECT_ID, VALUE, Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb


@dataclass(frozen=True, slots=True)
class Scan:
    """What is read, and what is what in it."""

    source: str
    """As SQL."""
    columns: Sequence[str]
    """What each of `Layout.read` is called there, as SQL that gives its text."""
    file: int
    """The place of the file among the inputs, from 0."""
    record: str = "NULL::BIGINT"
    """The record's number as SQL; null where it follows from the row's place."""


def stage(connection: duckdb.DuckDBPyConnection, layout: Layout, scan: Scan) -> None:
    """Read every record of a scan into the table."""
    texts = [
        f"{column} AS {sql.name(called)}"
        for column, called in zip(scan.columns, layout.texts, strict=True)
    ]
    source = connection.sql(
        f"SELECT {scan.record} AS record, {sql.listed(texts)} FROM {scan.source}"
    )
    frame = nw.from_native(source).with_columns(
        *(
            coding.expression(f"text_{item}").alias(layout.code(item))
            for item, coding in layout.codings.items()
        )
    )
    coded = frame.with_columns(
        _first_bad(layout).alias(BAD), _bad_value(layout).alias(VALUE)
    ).to_native()
    suspect = " OR ".join(map(sql.is_invisible, layout.ids)) or "false"
    columns_out = [
        f"{scan.file}::SMALLINT",
        "record",
        *layout.ids,
        *layout.keeps,
        *(sql.name(layout.code(item)) for item in layout.codings),
        f"CASE WHEN {suspect} THEN {SUSPECT_ID} ELSE {BAD} END",
        VALUE,
    ]
    connection.execute(
        f"INSERT INTO {ROWS} SELECT {sql.listed(columns_out)} FROM ({coded.sql_query()})"
    )


def _first_bad(layout: Layout) -> nw.Expr:
    places = [
        nw.when(nw.col(layout.code(item)) == coding.bad).then(nw.lit(place, nw.Int16))
        for place, (item, coding) in enumerate(layout.codings.items(), start=1)
    ]
    return nw.coalesce(*places, nw.lit(0, nw.Int16))


def _bad_value(layout: Layout) -> nw.Expr:
    values = [
        nw.when(nw.col(layout.code(item)) == coding.bad).then(nw.col(f"text_{item}"))
        for item, coding in layout.codings.items()
    ]
    return nw.coalesce(*values, nw.lit(None, nw.String))
