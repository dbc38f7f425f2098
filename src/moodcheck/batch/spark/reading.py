"""Lines or columns → a frame of rows: where each stands, its cells, and why it has none."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.output_columns import FILE, RECORD
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
from moodcheck.batch.tables.kinds import TableKind
from moodcheck.batch.tables.strict_csv import SHOWN_OF_TOO_LONG
from moodcheck.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from moodcheck.batch.row_engine import TableFormat
    from moodcheck.batch.spark.inputs import Input


_JSON_ENDING = r"^[ \t\r\x0b\f]++\z|\r++\z"
"""A line without a sign that can be seen, or what stands before the line feed."""

LINE = "line"


def rows_of(inputs: list[Input], written: TableFormat) -> tuple[DataFrame, int]:
    """Return every record of the inputs, and how many lines were blank.

    Args:
        inputs: at least one.
        written: the format of the scores, by which columns keep their types or not.

    A row has `file`, `record` (a number that no other row has), `fault` (null where it has cells),
    `raw` (where it has a fault), `content` (what stands there, as `Rows.content` of the embedded
    engine has it), the id columns, the columns to keep, and a column of text for each item.
    Where all inputs have an id or a column to keep in the same type, it is there as well.
    """
    frames, blank = [], 0
    tables = [one.frame for one in inputs if one.kind is TableKind.PARQUET]
    is_typed = len(tables) == len(inputs)
    typed = typed_columns(tables, inputs[0].plan, written) if is_typed else []
    for one in inputs:
        if one.kind is TableKind.PARQUET:
            frames.append(parquet_rows(one.frame, one.shown, one.plan, typed))
            continue
        lines = _lines(one)
        is_blank = F.col(LINE).rlike(r"^,*+\z" if one.kind is TableKind.CSV else r"^\z")
        blank += lines.filter(is_blank).count()
        frames.append(_line_rows(lines.filter(~is_blank), one))
    return one_frame(frames).withColumn(RECORD, F.monotonically_increasing_id()), blank


def one_frame(frames: Iterable[DataFrame]) -> DataFrame:
    """Return the rows of frames with the same columns as one."""
    # By its own method: in 3.5, the frames of Spark Connect are of another class.
    return reduce(lambda done, more: done.unionByName(more), frames)


def _lines(one: Input) -> DataFrame:
    lines = one.frame.withColumnRenamed("value", LINE)
    if one.kind is TableKind.JSONL:
        return lines.select(F.regexp_replace(LINE, _JSON_ENDING, "").alias(LINE))
    is_header = F.col(LINE) == one.header
    in_file = lines.groupBy(F.input_file_name()).agg(F.sum(is_header.cast("int")).alias("n"))
    (headers,) = in_file.agg(F.min("n").alias("least"), F.max("n").alias("most")).collect()
    if (headers["least"], headers["most"]) != (1, 1):
        count = headers["least"] if headers["most"] == 1 else headers["most"]
        raise BadData(
            f"The header of {one.shown} stands in it {count} times, and nothing was scored",
            mend="Keep it only once, at the beginning of each file",
        )
    return lines.filter(~is_header)


def _line_rows(lines: DataFrame, one: Input) -> DataFrame:
    line = F.col(LINE)
    cell: Callable[[str], Column]
    if one.kind is TableKind.JSONL:
        fault = json_fault(line, [*one.plan.columns.values()])
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
