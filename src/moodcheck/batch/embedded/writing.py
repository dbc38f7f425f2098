"""Scores, rejects and alerts → files, part by part, in the order of the input."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

import polars as pl
import pyarrow as pa

from moodcheck.batch.embedded.lines import CsvLines, JsonLines
from moodcheck.batch.embedded.shown import shown_in_one_line
from moodcheck.batch.output_columns import OUTSIDE_TEXTS
from moodcheck.batch.provenance import content_hash, form_hash
from moodcheck.batch.row_engine import TableFormat
from moodcheck.errors import IOFailed
from moodcheck.installation import own_version

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetWriter

    from moodcheck.batch.embedded.scoring import Scores
    from moodcheck.batch.provenance import ReadInput
    from moodcheck.batch.row_engine import BatchJob

_BUFFER = 1024 * 1024
_KEPT_AT_ONCE = 16 * 1024 * 1024
_ROWS_OF_A_GROUP = 100_000
_BYTES_OF_A_GROUP = 16 * 1024 * 1024


_SCORES_FORMAT = "moodcheck.scores/1"
"""The name and version of what Parquet files of scores say of themselves."""


class Listing:
    """A file of alerts or rejects."""

    def __init__(self, path: Path, columns: tuple[str, ...], fixed: dict[str, str]) -> None:
        """Begin a file with its header.

        Args:
            path: an empty file, or none.
            columns: those that it has.
            fixed: columns that have the same text in every line.
        """
        self._columns = [
            pl.lit(fixed[name]).alias(name)
            if name in fixed
            else shown_in_one_line(pl.col(name)).alias(name)
            if name in OUTSIDE_TEXTS
            else pl.col(name)
            for name in columns
        ]
        with translated_errors():
            self._file = path.open("wb", _BUFFER)
            self._file.write(pl.DataFrame(schema=dict.fromkeys(columns)).write_csv().encode())

    def add(self, lines: pl.DataFrame) -> None:
        """Write some lines.

        Raises:
            IOFailed: when there is no room.
        """
        if lines.height:
            with translated_errors():
                self._file.write(_csv(lines.select(self._columns)))

    def close(self) -> None:
        """Write what is not written yet; errors as `add`."""
        with translated_errors():
            self._file.close()


def _csv(rows: pl.DataFrame) -> memoryview:
    # Not into a file: polars would take an interrupt of its write for an error of its own.
    text = io.BytesIO()
    rows.write_csv(text, include_header=False)
    return text.getbuffer()


Prepared: TypeAlias = "Scores | pa.Buffer"
"""Scores as `ScoresFile.add` takes them."""


def preparing(table_format: TableFormat) -> Callable[[Scores], Prepared]:
    """Return what works out of scores all that can be before those in front of them are written."""
    match table_format:
        case TableFormat.CSV:
            return CsvLines().of
        case TableFormat.JSONL:
            return JsonLines().of
        case TableFormat.PARQUET:
            return lambda scores: scores


class ScoresFile(Protocol):
    """A file of scores in one of the formats."""

    def add(self, scores: Prepared) -> None:
        """Write what was prepared."""

    def close(self, metadata: str = "") -> None:
        """Write what is not written yet, and what the scores say of themselves."""


def scores_file(
    path: Path, table_format: TableFormat, carried: Sequence[str], said: Sequence[str]
) -> ScoresFile:
    """Return a file of scores that begins with its header, where the format has one.

    Args:
        path: an empty file.
        table_format: how it is written.
        carried: the columns that are carried along …
        said: … and those of the scores, after them.
    """
    if table_format is TableFormat.PARQUET:
        return _ParquetScores(path, carried, said)
    return _TextScores(path, table_format, [*carried, *said])


class _TextScores:
    """CSV, or JSON Lines."""

    def __init__(self, path: Path, table_format: TableFormat, names: list[str]) -> None:
        is_csv = table_format is TableFormat.CSV
        # Not emptied once more: of a file that was, some disks write all when it is closed.
        self._file = path.open("r+b", 0)
        header = pl.DataFrame(schema=dict.fromkeys(names)).write_csv() if is_csv else ""
        self._begins = header.encode()
        self._begun = 0

    def add(self, scores: Prepared) -> None:
        assert isinstance(scores, pa.Buffer)  # noqa: S101 - as `preparing` has it
        begins, self._begins = self._begins, b""
        for text in filter(None, (begins, scores)):
            left = memoryview(text)
            while left:
                left = left[self._file.write(left) :]
        self._begin_to_keep()

    def close(self, metadata: str = "") -> None:  # noqa: ARG002 - text has no place for it
        with self._file:
            self._file.write(self._begins)

    def _begin_to_keep(self) -> None:
        """Let the disk begin with what is written, so that little is left to wait for at the end.

        Scores are in their place once the disk has them.
        """
        ready = self._file.tell() - self._begun
        if ready >= _KEPT_AT_ONCE and hasattr(os, "posix_fadvise"):
            with suppress(OSError):  # no disk has to
                os.posix_fadvise(self._file.fileno(), self._begun, ready, os.POSIX_FADV_DONTNEED)
            self._begun += ready


class _ParquetScores:
    """Parquet, with as many rows in a group as others make."""

    def __init__(self, path: Path, carried: Sequence[str], said: Sequence[str]) -> None:
        self._path = path
        # What is said of a row is one of a few things; what is carried mostly stands there once.
        self._options = {"use_dictionary": [*said], "write_statistics": [*carried]}
        self._writer: ParquetWriter | None = None
        self._waiting: list[Scores] = []

    def add(self, scores: Prepared) -> None:
        assert not isinstance(scores, pa.Buffer)  # noqa: S101 - as `preparing` has it
        self._waiting.append(scores)
        rows = sum(one.carried.height for one in self._waiting)
        size = sum(one.carried.estimated_size() for one in self._waiting)
        if rows >= _ROWS_OF_A_GROUP or size >= _BYTES_OF_A_GROUP:
            self._write()

    def close(self, metadata: str = "") -> None:
        self._write()
        if self._writer is not None:
            if metadata:
                self._writer.add_key_value_metadata({"moodcheck": metadata})
            self._writer.close()

    def _write(self) -> None:
        from pyarrow.parquet import ParquetWriter

        if not self._waiting:
            return
        rows = pl.concat(one.frame() for one in self._waiting)
        table = rows.to_arrow(compat_level=pl.CompatLevel.oldest())
        self._waiting = []
        if self._writer is None:
            self._writer = ParquetWriter(
                self._path, table.schema, compression="zstd", store_schema=False, **self._options
            )
        self._writer.write_table(table)


def scores_metadata(job: BatchJob, inputs: Sequence[ReadInput], engine: str) -> str:
    """Return what a file of scores says of itself, as JSON: equal for equal inputs.

    So it has no times, and not what the inputs were called.
    """
    asked = job.questionnaire
    said = {
        "format": _SCORES_FORMAT,
        "moodcheck": own_version(),
        "questionnaire": {"id": asked.id, "version": asked.version, "sha256": asked.content_hash},
        "map": content_hash(job.answer_map),
        **({} if job.form is None else {"form": form_hash(job.form)}),
        "inputs": [{"bytes": one.size, "sha256": one.sha256} for one in inputs],
        "engine": engine,
        "not_a_diagnosis": job.notice,
    }
    return json.dumps(said)


@contextmanager
def translated_errors() -> Iterator[None]:
    """Raise IOFailed where a disk is full or gone."""
    try:
        yield
    except OSError as error:
        raise broken_off(error) from None


def broken_off(error: OSError) -> IOFailed:
    """Return what to say where an output could not be written to its end."""
    return IOFailed(
        f"Writing broke off: {error.strerror or 'the disk is full, or a file is gone'}",
        mend="Free some space, or choose a folder with more room with --spool",
    )
