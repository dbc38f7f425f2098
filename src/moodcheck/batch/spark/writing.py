"""Frames → files: scores as a folder of parts, alerts and rejects as one file each."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from moodcheck.batch.output_columns import OUTSIDE_TEXTS
from moodcheck.batch.plan import (
    FORMULA_SIGNS,
    INVISIBLE,
    INVISIBLE_BUT_BREAKS,
    NUMBER,
    REPLACEMENT,
    typed_column,
)
from moodcheck.batch.remote_place import Place, Remote
from moodcheck.batch.row_engine import TableFormat
from moodcheck.batch.spark.failures import not_shared
from moodcheck.batch.spark.remote_output import whole
from moodcheck.batch.spark.rows import CodedRows
from moodcheck.errors import IOFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

_CSV = {
    "header": "true",
    "quote": '"',
    "escape": '"',
    "emptyValue": "",
    "nullValue": "",
    # Else ids would lose their blanks, and an answer the blank it was rejected for.
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
}


def is_altered(column: Column) -> Column:
    """Return whether a spreadsheet would run a cell, or could not show it as it is."""
    return _is_formula(column) | column.rlike(INVISIBLE_BUT_BREAKS)


def write_lines(lines: DataFrame, target: Place) -> None:
    """Write lines, their texts fit to show: as one CSV file in place of `target`, or beyond."""
    columns = [
        (_shown(F.col(name), INVISIBLE) if name in OUTSIDE_TEXTS else F.col(name)).alias(name)
        for name in lines.columns
    ]
    if isinstance(target, Remote):
        _save(lines.select(*columns), target, TableFormat.CSV)
        return
    folder = target.with_name(f"{target.name}-parts")
    try:
        with _closed(folder) as inside:
            _write(lines.select(*columns).coalesce(1), inside, TableFormat.CSV)
        (part,) = folder.glob("part-*.csv")
        part.replace(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_scores(rows: CodedRows, target: Place, *, alters: bool) -> None:
    """Write the scores as a table, or a folder of parts; one that is local is 0600 in 0700."""
    carried = rows.plan.carried
    named = [_carried(rows, called, alters=alters).alias(name) for called, name in carried.items()]
    scores = rows.scores.select(
        *map(F.col, rows.plan.row_columns),
        *named,
        *(F.col(f"`{name}`") for name in rows.job.columns.added(rows.job.questionnaire)),
    )
    if isinstance(target, Remote):
        _save(scores, target, rows.job.table_format)
        return
    target.unlink()
    with _closed(target) as inside:
        _write(scores, inside, rows.job.table_format)


def _write(frame: DataFrame, where: str, kind: TableFormat) -> None:
    match kind:
        case TableFormat.CSV:
            frame.write.options(**_CSV).csv(where)
        case TableFormat.JSONL:
            frame.write.option("ignoreNullFields", "false").json(where)
        case TableFormat.PARQUET:
            frame.write.parquet(where)


def _save(frame: DataFrame, place: Remote, kind: TableFormat) -> None:
    """Write a frame to where nothing is yet, whole or not at all."""
    with whole(frame.sparkSession, place):
        if place.table is not None:
            frame.write.saveAsTable(place.table)
        else:
            _write(frame, place.name, kind)


def _carried(rows: CodedRows, called: str, *, alters: bool) -> Column:
    """Return a column that is carried along: in its own type where it has one."""
    if alters:
        return _shown(F.col(called), INVISIBLE_BUT_BREAKS)
    own = typed_column(called)
    types = dict(rows.frame.dtypes)
    if types.get(own) in {"float", "double"} and rows.job.table_format is TableFormat.JSONL:
        return F.when(~F.isnan(own) & (F.abs(own) != float("inf")), F.col(own))
    return F.col(own if own in types else called)


@contextmanager
def _closed(folder: Path) -> Iterator[str]:
    """Make a folder that nobody else can enter, and give a place in it for Spark to write to.

    At the end the folder itself has the files, and they are readable by their owner alone.
    """
    folder.mkdir(mode=0o700)
    inside = folder / "parts"
    yield inside.absolute().as_uri()
    if not [*inside.glob("part-*")]:
        raise not_shared()
    try:
        for found in inside.iterdir():
            if found.name.endswith(".crc"):
                found.unlink()  # Spark's own sums; nothing reads them again
            else:
                found.chmod(0o600)
                found.replace(folder / found.name)
        inside.rmdir()
    except OSError as error:
        raise IOFailed(
            f"The files that Spark wrote could not be made private: {error.strerror}",
            mend="Check the folder and its permissions",
        ) from None


def _shown(column: Column, hidden: str) -> Column:
    visible = F.regexp_replace(column, hidden, REPLACEMENT)
    return F.when(_is_formula(column), F.concat(F.lit("'"), visible)).otherwise(visible)


def _is_formula(column: Column) -> Column:
    return F.left(column, F.lit(1)).isin([*FORMULA_SIGNS]) & ~column.rlike(NUMBER)
