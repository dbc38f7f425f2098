"""What is known of a file on this machine before Spark starts, which takes its time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from moodcheck.batch.row_engine import STANDARD
from moodcheck.batch.tables.csv_header import read_header
from moodcheck.batch.tables.kinds import ENOUGH, OF_FHIR, TableKind, kind_of
from moodcheck.batch.tables.layout import UTF_8
from moodcheck.batch.tables.packed import GZIP
from moodcheck.batch.tables.source import opened_plain
from moodcheck.batch.tables.strict_csv import LONGEST
from moodcheck.batch.tables.strict_jsonl import column_names
from moodcheck.errors import InputNotFound, UsageError
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from moodcheck.batch.row_engine import BatchJob

_BOM = b"\xef\xbb\xbf"

_COMPRESSED = (".gz", ".bz2", ".deflate", ".lz4", ".snappy", ".zst")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the first lines of an input say."""

    kind: TableKind
    names: tuple[str, ...] = ()
    """Of its columns; none yet for Parquet, which only Spark opens."""
    header: str = ""
    """The first line of CSV, as it stands."""


def local_beginning(job: BatchJob, name: str) -> Beginning:
    """Return what the first lines of a local file say.

    Raises:
        UsageError: for standard input, and for a file whose name misleads Spark.
        InputNotFound: when a file is not there.
        BadData: when it is of no kind that is read, or a column is missing.
    """
    if name == STANDARD:
        raise UsageError("A cluster cannot read standard input", mend="Name a file")
    shown, path = safe_text(name), Path(name).absolute()
    try:
        _refuse_misleading(path, shown)
        if path.is_dir():
            return Beginning(TableKind.PARQUET)
        with opened_plain(path, shown) as file:
            kind = kind_of(file.read(ENOUGH), shown)
        refuse_kind(kind, shown)
        if kind is TableKind.PARQUET:
            return Beginning(kind)
        with opened_plain(path, shown) as file:
            names = (
                column_names(file, shown)
                if kind is TableKind.JSONL
                else csv_names(file, shown, job)
            )
        with opened_plain(path, shown) as file:
            lines = file.read(LONGEST).removeprefix(_BOM).splitlines()
    except OSError as error:
        raise InputNotFound(
            f"{shown} cannot be read: {error.strerror}", mend="Check the name"
        ) from None
    header = next((line for line in lines if line.strip(b",")), b"").decode("utf-8", "replace")
    job.reading(names, shown, job.answer_map)
    return Beginning(kind, names, header)


def refuse_kind(kind: TableKind, shown: str) -> None:
    """Raise UsageError for a file of a kind that only this machine reads."""
    if kind in {TableKind.EXCEL, TableKind.STATISTICS, TableKind.JSON_ARRAY, *OF_FHIR}:
        raise UsageError(
            f"A cluster cannot read {shown}: it reads CSV, JSON Lines and Parquet",
            mend="Use --engine embedded, or save it as one of these",
        )


def refuse_choices(job: BatchJob) -> None:
    """Raise UsageError where the map chooses rows or puts them together."""
    if job.form is not None:
        raise UsageError(
            "A cluster reads no FHIR, and --form is for that", mend="Use --engine embedded"
        )
    said = job.answer_map
    if said is not None and (said.rows or said.blank_when or said.long):
        raise UsageError(
            "A cluster takes rows as they are: 'rows', 'blank_when' and 'long' in the map are for "
            "the embedded engine",
            mend="Choose or reshape them before, or use --engine embedded",
        )


def csv_names(file: BinaryIO, shown: str, job: BatchJob) -> tuple[str, ...]:
    """Return the names in the header of CSV.

    Raises:
        UsageError: when it does not lie as a cluster reads it.
        BadData: when there is no header.
    """
    rows = 1 if job.answer_map is None else job.answer_map.header_rows
    header = read_header(file, shown, job.layout.delimiter, rows)
    if not header.is_one_line or job.layout.encoding != UTF_8:
        raise UsageError(
            f"A cluster cannot read {shown} as it lies: there, a header is one line, cells are "
            "separated by commas, and text is UTF-8",
            mend="Use --engine embedded, or export it like that",
        )
    return header.names


def _refuse_misleading(path: Path, shown: str) -> None:
    """Raise UsageError for a file that Spark would pass over, or unpack wrongly, by its name."""
    refuse_hidden(path.name, shown)
    if why := _misled(path):
        raise UsageError(
            f"Because of its name, Spark would not read {shown} as it is: {why}",
            mend="Rename it, or use a link to it with another name",
        )


def refuse_hidden(name: str, shown: str) -> None:
    """Raise UsageError for a name that Spark passes over."""
    if name.startswith(("_", ".")):
        raise UsageError(
            f"Because of its name, Spark would not read {shown} as it is: a file whose name begins "
            f"with '{name[0]}' counts as hidden",
            mend="Rename it, or use a link to it with another name",
        )


def _misled(path: Path) -> str:
    if ":" in str(path):
        return "its path has a colon"
    if path.is_dir():
        return ""
    with path.open("rb") as file:
        is_gzip = file.read(len(GZIP)) == GZIP
    if is_gzip and path.suffix != ".gz":
        return "it is compressed, and its name does not end in .gz"
    if not is_gzip and path.suffix in _COMPRESSED:
        return f"it is not compressed with gzip, and its name ends in {path.suffix}"
    return ""
