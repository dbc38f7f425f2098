"""A scan → rows of the table, each cell checked while it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from moodcheck.batch.embedded import sql
from moodcheck.batch.embedded.layout import ROWS, Layout
from moodcheck.batch.expressions.coded_rows import coded
from moodcheck.batch.plan import BAD, BAD_VALUE, SUSPECT_ID

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb


@dataclass(frozen=True, slots=True)
class Scan:
    """What is read, and what is what in it."""

    source: str
    """As SQL."""
    columns: Sequence[str]
    """What each of `Plan.columns` is called there, as SQL that gives its text."""
    file: int
    """The place of the file among the inputs, from 0."""
    record: str = "NULL::BIGINT"
    """The record's number as SQL; null where it follows from the row's place."""


def stage(connection: duckdb.DuckDBPyConnection, layout: Layout, scan: Scan) -> None:
    """Read every record of a scan into the table."""
    texts = [
        f"{column} AS {sql.name(called)}"
        for column, called in zip(scan.columns, layout.columns, strict=True)
    ]
    source = connection.sql(
        f"SELECT {scan.record} AS record, {sql.listed(texts)} FROM {scan.source}"
    )
    rows = coded(source, layout).sql_query()
    is_suspect = " OR ".join(map(sql.is_invisible, layout.ids)) or "false"
    columns = [
        f"{scan.file}::SMALLINT",
        "record",
        *layout.ids,
        *layout.keeps,
        *layout.codes,
        f"CASE WHEN {is_suspect} THEN {SUSPECT_ID} ELSE {BAD} END",
        BAD_VALUE,
    ]
    connection.execute(f"INSERT INTO {ROWS} SELECT {sql.listed(columns)} FROM ({rows})")
