"""The distributed `RowEngine`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from moodcheck.batch.cohort.engine import Counted
from moodcheck.batch.known_alerts import SIGNS
from moodcheck.batch.output_columns import ALERT_COLUMNS, FILE, RECORD
from moodcheck.batch.provenance import ReadInput
from moodcheck.batch.row_engine import BatchJob, Progress, TableFormat
from moodcheck.batch.spark.counting import counts_of, distributions_of
from moodcheck.batch.spark.failures import translated_errors
from moodcheck.batch.spark.group_sums import groups_of
from moodcheck.batch.spark.inputs import inputs_of, local_beginnings
from moodcheck.batch.spark.reading import rows_of
from moodcheck.batch.spark.remote_output import refuse_taken
from moodcheck.batch.spark.rows import CodedRows, coded_rows
from moodcheck.batch.spark.session import session
from moodcheck.batch.spark.writing import is_altered, write_lines, write_scores
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from moodcheck.batch.known_alerts import KnownAlerts
    from moodcheck.batch.outcome import RowCounts
    from moodcheck.batch.remote_place import Place


class SparkEngine:
    """Scores rows on a cluster, or on this machine where there is none."""

    name: ClassVar = "spark"

    @contextmanager
    def read(
        self,
        job: BatchJob,
        scores: Place,  # noqa: ARG002 - they are written when all else is in place
        progress: Progress,
    ) -> Iterator[SparkRows]:
        """Read and check every row, as `RowEngine` has it."""
        with _coded(job, progress) as (spark, rows, blank_lines):
            yield _checked(spark, rows, blank_lines)

    def count(self, job: BatchJob, by: str | None, progress: Progress) -> Counted:
        """Read, check and count every row, as `CohortEngine` has it."""
        with _coded(job, progress) as (_spark, rows, blank_lines):
            groups = groups_of(rows, by)
            counts = counts_of(rows, blank_lines)
            return Counted(rows.plan, counts, _inputs(job), groups)


@contextmanager
def _coded(job: BatchJob, progress: Progress) -> Iterator[tuple[SparkSession, CodedRows, int]]:
    """Give the rows of a job, and how many lines are blank."""
    # Whatever can be known before is said before: Spark takes its time to start.
    beginnings = local_beginnings(job)
    with session() as spark:
        progress(0, None)
        refuse_taken(spark, job.remote)
        inputs = inputs_of(spark, job, beginnings)
        frame, blank_lines = rows_of(inputs, job.table_format)
        rows = coded_rows(frame, job, inputs[0].plan)
        rows.frame.persist(StorageLevel.MEMORY_AND_DISK)
        try:
            yield spark, rows, blank_lines
        finally:
            rows.frame.unpersist()


def _inputs(job: BatchJob) -> tuple[ReadInput, ...]:
    """Return what was read; a cluster does not look at whole files."""
    return tuple(ReadInput(safe_text(name)) for name in job.inputs)


@dataclass(frozen=True, slots=True)
class SparkRows:
    """Implements `ReadRows`."""

    _rows: CodedRows
    _alerts: DataFrame
    counts: RowCounts

    @property
    def inputs(self) -> tuple[ReadInput, ...]:
        """What was read."""
        return _inputs(self._rows.job)

    def write_alerts(self, target: Place) -> None:
        """Write every alert that is not known."""
        with translated_errors():
            lines = self._alerts.withColumn("notice", F.lit(self._rows.job.notice))
            write_lines(lines.select(*ALERT_COLUMNS), target)

    def write_rejects(self, target: Place) -> None:
        """Write every rejected record."""
        with translated_errors():
            write_lines(self._rows.reject_lines(), target)

    def write_scores(self, target: Place, progress: Progress) -> None:
        """Write every row that is not rejected."""
        with translated_errors():
            progress(0, None)
            write_scores(self._rows, target, alters=bool(self.counts.altered_cells))


def _checked(spark: SparkSession, rows: CodedRows, blank_lines: int) -> SparkRows:
    every = rows.alert_lines()
    new, known, doubtful = every, 0, 0
    if rows.job.known_alerts is not None and rows.job.known_alerts.alerts:
        seen, maybe = _seen(spark, rows, rows.job.known_alerts, every)
        # Equal lines are of one id, so they stay or go together.
        new = every.join(seen, [*SIGNS], "left_anti").select(*every.columns)
        record = [FILE, RECORD]
        known = every.select(*record).subtract(new.select(*record)).distinct().count()
        doubtful = maybe.select(*record).join(new, record, "left_semi").distinct().count()
    counts = replace(
        counts_of(rows, blank_lines),
        known_alerts=known,
        doubtful_alerts=doubtful,
        altered_cells=_altered(rows),
        distributions=distributions_of(rows),
    )
    return SparkRows(rows, new, counts)


def _seen(
    spark: SparkSession, rows: CodedRows, known: KnownAlerts, alerts: DataFrame
) -> tuple[DataFrame, DataFrame]:
    """Return the signs of alerts that are known, and the alerts that may be."""
    signs = spark.createDataFrame([*known.alerts], [*SIGNS])
    ids = spark.createDataFrame([(one,) for one in known.ids], ["id"])
    named = rows.frame.filter(rows.is_named).select(rows.called.alias("id"))
    once = named.join(ids, "id", "left_semi").groupBy("id").count().filter(F.col("count") == 1)
    maybe = alerts.join(signs, [*SIGNS], "left_semi")
    return maybe.join(once, "id", "left_semi").select(*SIGNS).distinct(), maybe


def _altered(rows: CodedRows) -> int:
    cells = [F.col(name) for name in rows.plan.carried]
    if rows.job.table_format is not TableFormat.CSV or rows.job.is_exact or not cells:
        return 0
    sums = [F.sum(F.when(is_altered(cell), 1).otherwise(0)) for cell in cells]
    (found,) = rows.good.agg(*sums).collect()
    return sum(int(count or 0) for count in found)
