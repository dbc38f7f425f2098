"""The embedded `RowEngine`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moodcheck.batch.embedded import sql, views
from moodcheck.batch.embedded.columns import Columns, columns_of
from moodcheck.batch.embedded.connection import opened, translated_errors, watched
from moodcheck.batch.embedded.counting import Counter
from moodcheck.batch.embedded.known import leave_out_known
from moodcheck.batch.embedded.layout import BROKEN, ROWS, Layout
from moodcheck.batch.embedded.reading import FileReader
from moodcheck.batch.embedded.writing import Writer
from moodcheck.batch.outcome import RowCounts
from moodcheck.batch.plan import refuse_mixed
from moodcheck.batch.row_engine import BatchJob, Progress, TableFormat
from moodcheck.batch.tables.intake import Source, stage_input

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

_MOST_NAMED = 10
"""Records with an alert that are named where the scores go to standard output."""


class DuckDBEngine:
    """Scores rows with the engine that comes along."""

    @contextmanager
    def read(self, job: BatchJob, progress: Progress) -> Iterator[StagedRows]:
        """Read and check every row, as `RowEngine` has it."""
        sources = [stage_input(name, job.spool, place) for place, name in enumerate(job.inputs)]
        with opened(job.spool) as connection:
            with translated_errors():
                columns = _columns(connection, job, sources)
                layout = Layout(job.questionnaire, columns[0].reading)
                blank_lines = _read(connection, layout, sources, columns, progress)
                views.make_views(connection, layout, job.questionnaire)
                known = leave_out_known(connection, job.known_alerts)
                counts = _counts(connection, layout, job, blank_lines=blank_lines, known=known)
            yield StagedRows(connection, Writer(connection, layout, job), counts)


@dataclass(frozen=True, slots=True)
class StagedRows:
    """Implements `ReadRows`."""

    _connection: duckdb.DuckDBPyConnection
    _writer: Writer
    counts: RowCounts

    def write_alerts(self, target: Path) -> None:
        """Write every alert that is not known."""
        with translated_errors():
            self._writer.alerts(target)

    def write_rejects(self, target: Path) -> None:
        """Write every rejected record."""
        with translated_errors():
            self._writer.rejects(target)

    def write_scores(self, target: Path, progress: Progress) -> None:
        """Write every row that is not rejected."""
        with translated_errors(), watched(self._connection, self.counts.scored, progress):
            self._writer.scores(target, alters=bool(self.counts.altered_cells))


def _columns(
    connection: duckdb.DuckDBPyConnection, job: BatchJob, sources: list[Source]
) -> list[Columns]:
    found = [columns_of(connection, job, source) for source in sources]
    refuse_mixed(
        (source.shown, columns.reading) for source, columns in zip(sources, found, strict=True)
    )
    return found


def _read(
    connection: duckdb.DuckDBPyConnection,
    layout: Layout,
    sources: list[Source],
    columns: list[Columns],
    progress: Progress,
) -> int:
    connection.execute(layout.create())
    connection.execute(
        f"CREATE TABLE {BROKEN} (file SMALLINT, record BIGINT, reason VARCHAR, raw VARCHAR)"
    )
    connection.execute(
        f"CREATE TABLE {views.FILES} (file SMALLINT, shown VARCHAR, starts_at BIGINT)"
    )
    reader = FileReader(connection, layout)
    for place, (source, its_columns) in enumerate(zip(sources, columns, strict=True)):
        connection.execute(
            f"INSERT INTO {views.FILES} "
            f"SELECT {place}, {sql.text(source.shown)}, count(*) FROM {ROWS}"
        )
        with watched(connection, 0, progress):
            reader.read(source, its_columns, place)
    return reader.blank_lines


def _counts(
    connection: duckdb.DuckDBPyConnection,
    layout: Layout,
    job: BatchJob,
    *,
    blank_lines: int,
    known: int,
) -> RowCounts:
    counter = Counter(connection, layout, job)
    rejected = counter.rejected()
    rows, scored = counter.rows()
    broken = sum(rejected.values()) - (rows - scored)
    is_altering = job.table_format is TableFormat.CSV and not job.is_exact
    return RowCounts(
        read=rows + broken,
        scored=scored,
        blank_lines=blank_lines,
        rejected=rejected,
        alerts=counter.alerts(),
        known_alerts=known,
        alert_ids=counter.first_alerts(_MOST_NAMED),
        critical_unanswered=counter.critical_unanswered(),
        unanswered=counter.unanswered(),
        distributions=counter.distributions(),
        absent_conditions=layout.reading.absent_conditions,
        altered_cells=counter.altered() if is_altering else 0,
        duplicate_ids=counter.duplicate_ids() if job.checks_ids else None,
    )
