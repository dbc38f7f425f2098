"""The distributed `RowEngine`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from moodcheck.batch.known_alerts import known_alerts
from moodcheck.batch.row_engine import BatchJob, Progress, TableFormat
from moodcheck.batch.spark.counting import counts_of
from moodcheck.batch.spark.failures import translated_errors
from moodcheck.batch.spark.reading import inputs_of, rows_of
from moodcheck.batch.spark.rows import CodedRows, coded_rows
from moodcheck.batch.spark.session import session
from moodcheck.batch.spark.writing import is_altered, write_lines, write_scores

if TYPE_CHECKING:
    from pathlib import Path

    from moodcheck.batch.outcome import RowCounts

_SIGNS = ("id", "item", "answer")
"""What tells one alert from another."""


class SparkEngine:
    """Scores rows on a cluster, or on this machine where there is none."""

    @contextmanager
    def read(
        self,
        job: BatchJob,
        scores: Path,  # noqa: ARG002 - they are written when all else is in place
        progress: Progress,
    ) -> Iterator[SparkRows]:
        """Read and check every row, as `RowEngine` has it."""
        with session() as spark:
            progress(0, None)
            inputs = inputs_of(spark, job)
            frame, blank_lines = rows_of(spark, inputs)
            rows = coded_rows(frame, job, inputs[0].plan)
            rows.frame.persist(StorageLevel.MEMORY_AND_DISK)
            try:
                yield _checked(spark, rows, blank_lines)
            finally:
                rows.frame.unpersist()


@dataclass(frozen=True, slots=True)
class SparkRows:
    """Implements `ReadRows`."""

    _rows: CodedRows
    _alerts: DataFrame
    counts: RowCounts

    def write_alerts(self, target: Path) -> None:
        """Write every alert that is not known."""
        with translated_errors():
            notice = F.lit(self._rows.job.notice).alias("notice")
            lines = self._alerts.select("*", notice)
            write_lines(lines, target)

    def write_rejects(self, target: Path) -> None:
        """Write every rejected record."""
        with translated_errors():
            write_lines(self._rows.reject_lines(), target)

    def write_scores(self, target: Path, progress: Progress) -> None:
        """Write every row that is not rejected."""
        with translated_errors():
            progress(0, None)
            write_scores(self._rows, target, alters=bool(self.counts.altered_cells))


def _checked(spark: SparkSession, rows: CodedRows, blank_lines: int) -> SparkRows:
    alerts = rows.alert_lines()
    known = 0
    if rows.job.known_alerts is not None:
        before = alerts.select("file", "id").distinct().count()
        seen = [{name: one[name] for name in _SIGNS} for one in known_alerts(rows.job.known_alerts)]
        if seen:
            alerts = alerts.join(spark.createDataFrame(seen), [*_SIGNS], "left_anti").select(
                *alerts.columns
            )
        known = before - alerts.select("file", "id").distinct().count()
    counts = counts_of(rows, blank_lines=blank_lines, known=known, altered=_altered(rows))
    return SparkRows(rows, alerts, counts)


def _altered(rows: CodedRows) -> int:
    cells = [F.col(name) for name in rows.plan.carried]
    if rows.job.table_format is not TableFormat.CSV or rows.job.is_exact or not cells:
        return 0
    sums = [F.sum(F.when(is_altered(cell), 1).otherwise(0)) for cell in cells]
    (found,) = rows.good.agg(*sums).collect()
    return sum(int(count or 0) for count in found)
