"""What a job names as inputs → frames of lines or columns, and how each is read."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyspark.errors import AnalysisException
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from moodcheck.batch.plan import Plan, one_reading
from moodcheck.batch.remote_place import Place, Remote, place_of
from moodcheck.batch.spark.local_files import (
    Beginning,
    csv_names,
    local_beginning,
    refuse_choices,
    refuse_hidden,
    refuse_kind,
)
from moodcheck.batch.spark.patterns import literal
from moodcheck.batch.tables.kinds import ENOUGH, TableKind, kind_of
from moodcheck.batch.tables.strict_jsonl import column_names
from moodcheck.errors import InputNotFound
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import DataFrame, DataFrameReader, SparkSession

    from moodcheck.batch.row_engine import BatchJob

_FIRST_LINES = 100
"""Lines of a file that only Spark opens, which tell what it is and what JSON has for columns."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input, and how its rows are read."""

    shown: str
    frame: DataFrame
    """Lines of text, each in `value`; or the columns of Parquet or of a table."""
    kind: TableKind
    names: tuple[str, ...]
    plan: Plan
    header: str
    """The first line of CSV, as it stands."""


def local_beginnings(job: BatchJob) -> list[Beginning | None]:
    """Return what is known of each input without Spark; None for one that only Spark opens.

    Raises:
        UsageError, InputNotFound, BadData: as `local_beginning`; and where the map asks for what
            no cluster does.
    """
    refuse_choices(job)
    return [_without_spark(job, name) for name in job.inputs]


def _without_spark(job: BatchJob, name: str) -> Beginning | None:
    if not isinstance(place_of(name), Remote):
        return local_beginning(job, name)
    refuse_hidden(name.rstrip("/").rpartition("/")[2], safe_text(name))
    return None


def inputs_of(
    spark: SparkSession, job: BatchJob, beginnings: Sequence[Beginning | None]
) -> list[Input]:
    """Return the inputs of a job, each held against the questionnaire and the map.

    Raises:
        InputNotFound: when Spark finds no such file or table.
        BadData: when one is of no kind that is read, or a column is missing.
    """
    named = zip(job.inputs, beginnings, strict=True)
    found = [_input(spark, job, name, known) for name, known in named]
    one_reading([(one.shown, one.plan.reading) for one in found])
    return found


def _input(spark: SparkSession, job: BatchJob, name: str, known: Beginning | None) -> Input:
    place, shown = place_of(name), safe_text(name)
    source = _Source(spark, place)
    try:
        known = known or source.beginning(job, shown)
        frame = source.frame(known.kind)
        names = tuple(frame.columns) if known.kind is TableKind.PARQUET else known.names
    except AnalysisException as error:
        if isinstance(place, Remote) and "NOT_FOUND]" in str(error):
            raise InputNotFound(f"Spark finds nothing at {shown}", mend="Check the name") from None
        raise
    plan = Plan(job.questionnaire, job.reading(names, shown, job.answer_map))
    return Input(shown, frame, known.kind, names, plan, known.header)


@dataclass(frozen=True, slots=True)
class _Source:
    """A place, as a session reads it."""

    spark: SparkSession
    place: Place

    def frame(self, kind: TableKind) -> DataFrame:
        """Return its lines, or its columns where it has any."""
        if self._table is not None:
            return self.spark.read.table(self._table)
        if kind is TableKind.PARQUET:
            return self._reader.parquet(self._location)
        # A carriage return is a blank of JSON, and ends no line of it.
        ending = "\n" if kind is TableKind.JSONL else None
        return self._reader.text(self._location, lineSep=ending)

    def beginning(self, job: BatchJob, shown: str) -> Beginning:
        """Return what its first lines say.

        Raises:
            UsageError, BadData: as `local_beginning`.
        """
        if self._table is not None:
            return Beginning(TableKind.PARQUET)
        seen = F.col("value").rlike(r"[^,\s\ufeff]")
        rows = self.frame(TableKind.CSV).filter(seen).take(_FIRST_LINES)
        lines = "".join(f"{row[0]}\n" for row in rows).encode()
        kind = kind_of(lines[:ENOUGH], shown)
        refuse_kind(kind, shown)
        match kind:
            case TableKind.JSONL:
                return Beginning(kind, column_names(io.BytesIO(lines), shown))
            case TableKind.CSV:
                return Beginning(kind, csv_names(io.BytesIO(lines), shown, job), rows[0][0])
        return Beginning(kind)

    @property
    def _table(self) -> str | None:
        return self.place.table if isinstance(self.place, Remote) else None

    @property
    def _location(self) -> str:
        if isinstance(self.place, Remote):
            return literal(self.place.name)
        return literal(f"file://{self.place.absolute()}")

    @property
    def _reader(self) -> DataFrameReader:
        # A cluster may be set to pass over what it cannot read; rows would be gone without a word.
        return self.spark.read.options(ignoreCorruptFiles="false", ignoreMissingFiles="false")
