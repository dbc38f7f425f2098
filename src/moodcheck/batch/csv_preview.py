"""The beginning of a CSV file: its header, and what stands in its columns."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from moodcheck.errors import BadData
from moodcheck.files.reading import read_file

MOST_BYTES = 4 * 1024 * 1024
"""How much of a file is looked at."""

MOST_ROWS = 1_000
MOST_TEXTS = 24
"""A column with more different texts than this does not hold answers."""

_LONGEST_TEXT = 60
_GZIP = b"\x1f\x8b"
_ANY_GZIP_WINDOW = zlib.MAX_WBITS | 16


@dataclass(frozen=True, slots=True)
class CsvPreview:
    """What the first rows of a file tell."""

    names: tuple[str, ...]
    texts: tuple[frozenset[str], ...]
    """For each column, the texts in it; none where there are many, or long ones."""


def csv_preview(source: Path) -> CsvPreview:
    """Return the header of a CSV file, compressed or not, and what its first rows hold.

    Raises:
        UsageError: when the name of the file looks like an address on a network.
        InputNotFound: when there is no such file, or it cannot be read.
        BadData: when it does not begin with a line of column names.
    """
    name, content = read_file(source, most=MOST_BYTES)
    rows = _rows(name, _unpacked(name, content))
    names = tuple(next(rows))
    if not any(names):
        raise _unusable(name, "its first line has no column names", "Start it with column names")
    seen: list[set[str]] = [set() for _ in names]
    for row in islice(rows, MOST_ROWS):
        for texts, cell in zip(seen, row, strict=False):
            # One more than allowed is enough to know that there are too many.
            if len(texts) <= MOST_TEXTS:
                texts.add(cell)
    return CsvPreview(
        names, tuple(frozenset(texts if _may_be_answers(texts) else ()) for texts in seen)
    )


def _may_be_answers(texts: set[str]) -> bool:
    return len(texts) <= MOST_TEXTS and all(len(text) <= _LONGEST_TEXT for text in texts)


def _unpacked(name: str, content: bytes) -> bytes:
    if not content.startswith(_GZIP):
        return content
    try:
        return zlib.decompressobj(_ANY_GZIP_WINDOW).decompress(content, MOST_BYTES)
    except zlib.error:
        raise _unusable(name, "it is a damaged gzip file", "Get the file again") from None


def _rows(name: str, content: bytes) -> Iterator[list[str]]:
    """Yield the first record, then the others as far as they can be read."""
    if content.startswith((b"PAR1", b"{", b"[")):
        what = "it is JSON or Parquet, not CSV"
        raise _unusable(name, what, "Write the map by hand: docs/maps.md explains how")
    if not content.strip():
        raise _unusable(name, "it is empty", "Use a file that starts with column names")
    # A character at the end may be cut in two.
    whole = content if len(content) < MOST_BYTES else content[: content.rfind(b"\n") + 1]
    try:
        text = whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise _unusable(name, "it is not UTF-8 text", "Save it again as UTF-8")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield next(row for row in reader if row)
    except (csv.Error, StopIteration):
        raise _unusable(
            name, "its first line is not CSV", "Check the quotation marks in it"
        ) from None
    try:
        yield from filter(None, reader)
    except csv.Error:
        return


def _unusable(name: str, what: str, mend: str) -> BadData:
    return BadData(f"No map can be suggested for {name}: {what}", mend=mend)
