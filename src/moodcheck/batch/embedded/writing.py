"""Scores, rejects and alerts → files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from moodcheck.batch.embedded import sql, views
from moodcheck.batch.embedded.connection import has_no_room
from moodcheck.batch.embedded.scoring import scored_rows
from moodcheck.batch.output_columns import OUTSIDE_TEXTS, RECORD, REJECT_COLUMNS, score_columns
from moodcheck.batch.row_engine import TableFormat

if TYPE_CHECKING:
    from pathlib import Path

    from moodcheck.batch.embedded.layout import Layout
    from moodcheck.batch.row_engine import BatchJob

_CSV = "FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"'"
# Records with cells and records without come from two tables.
_IN_ORDER = "ORDER BY place, record"

_OPTIONS = {
    TableFormat.CSV: _CSV,
    TableFormat.JSONL: "FORMAT json",
    TableFormat.PARQUET: "FORMAT parquet, COMPRESSION zstd",
}


class Writer:
    """Writes what a job asks for, from the table of an open connection."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, layout: Layout, job: BatchJob
    ) -> None:
        """Write rows of that layout for that job."""
        self._connection = connection
        self._layout = layout
        self._job = job

    def alerts(self, target: Path) -> None:
        """Write every alert that is not known: whose it is, where it stands, and what to do."""
        shown = [
            sql.shown_in_one_line("file") + " AS file",
            "record",
            sql.shown_in_one_line("id") + " AS id",
            "item",
            sql.shown_in_one_line("answer") + " AS answer",
            "why",
            sql.text(self._job.notice) + " AS notice",
        ]
        self._copy(f"SELECT {sql.listed(shown)} FROM {views.ALERTS} {_IN_ORDER}", target, _CSV)

    def rejects(self, target: Path) -> None:
        """Write every rejected record with its place and its reason."""
        shown = [
            f"{sql.shown_in_one_line(sql.name(one))} AS {sql.name(one)}"
            if one in OUTSIDE_TEXTS
            else one
            for one in REJECT_COLUMNS
        ]
        self._copy(f"SELECT {sql.listed(shown)} FROM {views.REJECTS} {_IN_ORDER}", target, _CSV)

    def scores(self, target: Path, *, alters: bool) -> None:
        """Write every row that is not rejected, in the order of the inputs.

        Args:
            target: an empty file.
            alters: whether any cell has to be altered; looking at each takes time.
        """
        names = self._layout.carried.items()
        called = [name for _, name in names] or [RECORD]
        cells = [
            f"{sql.shown(column) if alters else column} AS {sql.name(name)}"
            for column, name in names
        ]
        carried = sql.listed(cells or [f"number AS {RECORD}"]) + ","
        query = scored_rows(self._connection, self._layout, self._job, carried=carried)
        columns = sql.listed(map(sql.name, [*called, *score_columns(self._job.questionnaire)]))
        self._copy(f"SELECT {columns} FROM ({query})", target, _OPTIONS[self._job.table_format])

    def _copy(self, query: str, target: Path, options: str) -> None:
        # In place: the file is there already, and readable by its owner alone.
        path = sql.text(str(target))
        statement = f"COPY ({query}) TO {path} ({options}, USE_TMP_FILE false)"
        try:
            self._connection.execute(statement)
        except duckdb.OutOfMemoryException as error:
            if has_no_room(error):
                raise
            # Each of several threads holds a hundred thousand rows until their turn comes, which
            # is too much where a column of long texts is kept. One alone holds none.
            self._connection.execute("SET threads = 1")
            self._connection.execute(statement)
