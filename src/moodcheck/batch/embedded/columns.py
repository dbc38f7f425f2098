"""What columns an input has, and which of them is what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from moodcheck.batch.embedded import scans
from moodcheck.batch.embedded.damage import damage_named
from moodcheck.batch.row_reading import row_reading
from moodcheck.batch.tables.csv_header import Header, read_header
from moodcheck.batch.tables.kinds import TableKind
from moodcheck.batch.tables.strict_jsonl import column_names

if TYPE_CHECKING:
    import duckdb

    from moodcheck.batch.row_engine import BatchJob
    from moodcheck.batch.row_reading import RowReading
    from moodcheck.batch.tables.intake import Source


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of an input, and how its rows are read."""

    names: tuple[str, ...]
    reading: RowReading
    header: Header | None
    """Only for CSV."""
    types: tuple[str, ...]
    """Only for Parquet: the engine's name of each column's type."""


def columns_of(connection: duckdb.DuckDBPyConnection, job: BatchJob, source: Source) -> Columns:
    """Return the columns of an input, held against the questionnaire and the map.

    Raises:
        BadData: when a column is missing or ambiguous, or there is no header that can be read.
    """
    header, types = None, ()
    match source.kind:
        case TableKind.CSV:
            with source.path.open("rb") as file:
                header = read_header(file, source.shown)
            names = header.names
        case TableKind.JSONL:
            with source.path.open("rb") as file:
                names = column_names(file)
        case TableKind.PARQUET:
            with damage_named(source):
                columns = scans.parquet_columns(connection, source.path)
            names, types = (tuple(part) for part in zip(*columns, strict=True))
    reading = row_reading(job.questionnaire, job.answer_map, names, where=source.shown)
    return Columns(names, reading, header, types)
