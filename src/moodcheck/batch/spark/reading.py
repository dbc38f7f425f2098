"""Files → a frame of rows: where each stands, its cells as text, and why it has none."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pyspark.sql import Column, DataFrame, DataFrameReader, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.output_columns import FILE, RECORD
from moodcheck.batch.plan import Plan, one_reading
from moodcheck.batch.row_engine import TableFormat
from moodcheck.batch.row_reading import row_reading
from moodcheck.batch.spark.columns import CONTENT, FAULT, RAW, parquet_rows, typed_columns
from moodcheck.batch.spark.line_grammars import (
    csv_cell,
    csv_cells,
    csv_fault,
    json_cell,
    json_fault,
    json_pairs,
    replaced,
)
from moodcheck.batch.tables.csv_header import Header, read_header
from moodcheck.batch.tables.kinds import ENOUGH, TableKind, kind_of
from moodcheck.batch.tables.layout import UTF_8
from moodcheck.batch.tables.packed import GZIP
from moodcheck.batch.tables.source import opened_plain
from moodcheck.batch.tables.strict_csv import LONGEST, SHOWN_OF_TOO_LONG
from moodcheck.batch.tables.strict_jsonl import column_names
from moodcheck.errors import BadData, InputNotFound, UsageError
from moodcheck.files.paths import refuse_url
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from moodcheck.batch.row_engine import BatchJob


_JSON_ENDING = r"^[ \t\r\x0b\f]++\z|\r++\z"
"""A line without a sign that can be seen, or what stands before the line feed."""


_BOM = b"\xef\xbb\xbf"

_COMPRESSED = (".gz", ".bz2", ".deflate", ".lz4", ".snappy", ".zst")

LINE = "line"


@dataclass(frozen=True, slots=True)
class Input:
    """One input, and how its rows are read."""

    shown: str
    path: Path
    kind: TableKind
    names: tuple[str, ...]
    plan: Plan
    header: str
    """The first line of CSV, as it stands."""


def inputs_of(spark: SparkSession, job: BatchJob) -> list[Input]:
    """Return the inputs of a job, each held against the questionnaire and the map.

    Raises:
        UsageError: for standard input, for what looks like a URL, and for a file whose name
            misleads Spark.
        InputNotFound: when a file is not there.
        BadData: when it is of no kind that is read, or a column is missing.
    """
    _refuse_choices(job)
    found = [_input(spark, job, name) for name in job.inputs]
    one_reading([(one.shown, one.plan.reading) for one in found])
    return found


def _input(spark: SparkSession, job: BatchJob, name: str) -> Input:
    if name == "-":
        raise UsageError("A cluster cannot read standard input", mend="Name a file")
    refuse_url(name)
    shown, path = safe_text(name), Path(name).absolute()
    names: tuple[str, ...]
    header = ""
    try:
        _refuse_misleading(path, shown)
        if path.is_dir():
            kind = TableKind.PARQUET
        else:
            with opened_plain(path, shown) as file:
                kind = kind_of(file.read(ENOUGH), shown)
    except OSError as error:
        raise InputNotFound(
            f"{shown} cannot be read: {error.strerror}", mend="Check the name"
        ) from None
    if kind in {TableKind.EXCEL, TableKind.STATISTICS}:
        raise UsageError(
            f"A cluster cannot read {shown}: it reads CSV, JSON Lines and Parquet",
            mend="Use --engine embedded, or save it as one of these",
        )
    if kind is TableKind.PARQUET:
        names = tuple(_reader(spark).parquet(_literal(path)).columns)
    else:
        with opened_plain(path, shown) as file:
            if kind is TableKind.JSONL:
                names = column_names(file)
            else:
                names = _header(file, shown, job).names
        with opened_plain(path, shown) as file:
            lines = file.read(LONGEST).removeprefix(_BOM).splitlines()
            header = next((line for line in lines if line.strip(b",")), b"").decode(
                "utf-8", "replace"
            )
    reading = row_reading(job.questionnaire, job.answer_map, names, where=shown, choice=job.columns)
    return Input(shown, path, kind, names, Plan(job.questionnaire, reading), header)


def _refuse_choices(job: BatchJob) -> None:
    said = job.answer_map
    if said is not None and (said.rows or said.blank_when or said.long):
        raise UsageError(
            "A cluster takes rows as they are: 'rows', 'blank_when' and 'long' in the map are for "
            "the embedded engine",
            mend="Choose or reshape them before, or use --engine embedded",
        )


def _header(file: BinaryIO, shown: str, job: BatchJob) -> Header:
    rows = 1 if job.answer_map is None else job.answer_map.header_rows
    header = read_header(file, shown, job.layout.delimiter, rows)
    if not header.is_one_line or job.layout.encoding != UTF_8:
        raise UsageError(
            f"A cluster cannot read {shown} as it lies: there, a header is one line, cells are "
            "separated by commas, and text is UTF-8",
            mend="Use --engine embedded, or export it like that",
        )
    return header


def _refuse_misleading(path: Path, shown: str) -> None:
    """Raise UsageError for a file that Spark would pass over, or unpack wrongly, by its name."""
    if why := _misled(path):
        raise UsageError(
            f"Because of its name, Spark would not read {shown} as it is: {why}",
            mend="Rename it, or use a link to it with another name",
        )


def _misled(path: Path) -> str:
    if ":" in str(path):
        return "its path has a colon"
    if path.name.startswith(("_", ".")):
        return f"a file whose name begins with '{path.name[0]}' counts as hidden"
    if path.is_dir():
        return ""
    with path.open("rb") as file:
        is_gzip = file.read(len(GZIP)) == GZIP
    if is_gzip and path.suffix != ".gz":
        return "it is compressed, and its name does not end in .gz"
    if not is_gzip and path.suffix in _COMPRESSED:
        return f"it is not compressed with gzip, and its name ends in {path.suffix}"
    return ""


def rows_of(
    spark: SparkSession, inputs: list[Input], written: TableFormat
) -> tuple[DataFrame, int]:
    """Return every record of the inputs, and how many lines were blank.

    Args:
        spark: reads them.
        inputs: at least one.
        written: the format of the scores, by which columns keep their types or not.

    A row has `file`, `record` (a number that no other row has), `fault` (null where it has cells),
    `raw` (where it has a fault), `content` (what stands there, as `Rows.content` of the embedded
    engine has it), the id columns, the columns to keep, and a column of text for each item.
    Where all inputs have an id or a column to keep in the same type, it is there as well.
    """
    frames, blank = [], 0
    tables = {
        one.path: _reader(spark).parquet(_literal(one.path))
        for one in inputs
        if one.kind is TableKind.PARQUET
    }
    is_typed = all(one.kind is TableKind.PARQUET for one in inputs)
    typed = typed_columns([*tables.values()], inputs[0].plan, written) if is_typed else []
    for one in inputs:
        if one.kind is TableKind.PARQUET:
            frames.append(parquet_rows(tables[one.path], one.shown, one.plan, typed))
            continue
        lines = _lines(spark, one)
        is_blank = F.col(LINE).rlike(r"^,*+\z" if one.kind is TableKind.CSV else r"^\z")
        blank += lines.filter(is_blank).count()
        frames.append(_line_rows(lines.filter(~is_blank), one))
    return one_frame(frames).withColumn(RECORD, F.monotonically_increasing_id()), blank


def one_frame(frames: Iterable[DataFrame]) -> DataFrame:
    """Return the rows of frames with the same columns as one."""
    # By its own method: in 3.5, the frames of Spark Connect are of another class.
    return reduce(lambda done, more: done.unionByName(more), frames)


def _lines(spark: SparkSession, one: Input) -> DataFrame:
    if one.kind is TableKind.JSONL:
        return _json_lines(spark, one)
    lines = _reader(spark).text(_literal(one.path)).withColumnRenamed("value", LINE)
    is_header = F.col(LINE) == one.header
    headers = lines.filter(is_header).count()
    if headers != 1:
        raise BadData(
            f"The header of {one.shown} stands in it {headers} times, and nothing was scored",
            mend="Keep it only once, at the beginning",
        )
    return lines.filter(~is_header)


def _json_lines(spark: SparkSession, one: Input) -> DataFrame:
    # A carriage return is a blank of JSON, and ends no line of it.
    lines = _reader(spark).text(_literal(one.path), lineSep="\n")
    return lines.select(F.regexp_replace("value", _JSON_ENDING, "").alias(LINE))


def _line_rows(lines: DataFrame, one: Input) -> DataFrame:
    line = F.col(LINE)
    cell: Callable[[str], Column]
    if one.kind is TableKind.JSONL:
        fault = json_fault(line)
        lines = lines.withColumn("pairs", json_pairs(line))

        def cell(name: str) -> Column:
            return json_cell(F.col("pairs"), name)
    else:
        lines = lines.withColumn("cells", csv_cells(line))
        fault = csv_fault(line, F.col("cells"), len(one.names))

        def cell(name: str) -> Column:
            return csv_cell(F.col("cells"), one.names.index(name))

    lines = lines.withColumn(FAULT, fault)
    has_cells = F.col(FAULT).isNull()
    texts = [
        F.when(has_cells, cell(name)).alias(called) for called, name in one.plan.columns.items()
    ]
    is_long = F.col(FAULT) == RejectReason.TOO_LONG.value
    beginning = F.concat(F.left(line, F.lit(SHOWN_OF_TOO_LONG)), F.lit("…"))
    raw = F.when(~has_cells, replaced(F.when(is_long, beginning).otherwise(line))).alias(RAW)
    content = line.alias(CONTENT)
    return lines.select(F.lit(one.shown).alias(FILE), F.col(FAULT), raw, content, *texts)


def _reader(spark: SparkSession) -> DataFrameReader:
    # A cluster may be set to pass over what it cannot read; rows would be gone without a word.
    return spark.read.options(ignoreCorruptFiles="false", ignoreMissingFiles="false")


def _literal(path: Path) -> str:
    """Return a path in which no sign stands for a pattern, as a local file."""
    escaped = "".join(f"\\{sign}" if sign in "*?[]{}\\" else sign for sign in os.fspath(path))
    return f"file://{escaped}"
