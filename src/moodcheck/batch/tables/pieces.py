"""The records of a file of text, cut into pieces that can be read by themselves."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from moodcheck.batch.tables.strict_csv import (
    COMMA,
    LONGEST,
    MOST_LINES,
    Record,
    StrictReader,
    opening,
)

_LOOK_AHEAD = 2 * LONGEST + 2
"""Bytes after the beginning of a record within which a strict reader decides where it ends."""


_NO_MARKS = bytes({*range(256)} - {*b'"\n'})

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class CsvPiece:
    """Some records, one after the other, none of them cut in two."""

    content: bytes
    """Whole lines, each ending in a line feed; no record takes more than one of them."""
    records: tuple[Record, ...] = ()
    """Records that were read already, because some take several lines; `content` is empty then."""
    blank_lines: int = 0
    """Of those that were read already."""


def csv_pieces(file: BinaryIO, width: int, size: int, delimiter: str = COMMA) -> Iterator[CsvPiece]:
    """Yield the records that follow a header.

    Args:
        file: stands where the header ends.
        width: how many cells a record must have.
        size: about how many bytes a piece has; the records are the same whatever it is.
        delimiter: what stands between two cells.
    """
    lines = tail = b""
    for block in _blocks(file, size):
        cut = block.rfind(b"\n") + 1
        if not cut:
            tail = (tail + block)[: LONGEST + 1]
            continue
        lines = b"".join((lines, tail, memoryview(block)[:cut]))
        piece, lines = _cut(lines, width, delimiter, is_last=False)
        tail = block[cut : cut + LONGEST + 1]
        if piece is not None:
            yield piece
    lines += tail + b"\n" if tail else b""
    if lines:
        piece, _ = _cut(lines, width, delimiter, is_last=True)
        if piece is not None:
            yield piece


def jsonl_pieces(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield whole lines, each ending in a line feed, without the mark at the beginning.

    Of a line that is too long no more is kept than shows that it is.

    Args:
        file: stands at its beginning.
        size: about how many bytes a piece has.
    """
    block = file.read(max(size, len(_BOM)))
    block = block.removeprefix(_BOM) or file.read(size)
    tail = b""
    while block:
        cut = block.rfind(b"\n") + 1
        if cut:
            yield b"".join((tail, memoryview(block)[:cut]))
            tail = b""
        tail = (tail + block[cut:])[: LONGEST + 1]
        block = file.read(size)
    if tail:
        yield tail + b"\n"


def _blocks(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield the bytes of a file with one kind of line ending, whichever of three it has."""
    held = b""
    while block := file.read(size):
        block = held + block
        held = b"\r" if block.endswith(b"\r") else b""  # its line feed comes with the next one
        block = block.removesuffix(held)
        if b"\r" in block:
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        yield block
    if held:
        yield b"\n"


def _cut(
    lines: bytes, width: int, delimiter: str, *, is_last: bool
) -> tuple[CsvPiece | None, bytes]:
    """Return the piece that lines begin with, if they have one, and the lines after it."""
    if not _may_span(lines, delimiter):
        return CsvPiece(lines), b""
    every = lines.split(b"\n")[:-1]
    bytes_left, begins = len(lines), 0
    reader = StrictReader(io.BytesIO(lines), width, delimiter)
    records: list[Record] = []
    for record in reader:
        bytes_left -= sum(len(line) + 1 for line in every[begins : reader.begins])
        begins = reader.begins
        # Where what follows could decide where the record ends, it has to be there.
        is_decided = len(every) - begins > MOST_LINES + 1 or bytes_left > _LOOK_AHEAD
        if not (is_last or is_decided):
            break
        records.append(record)
    else:
        begins = len(every)
    if not records:
        return None, lines
    rest = b"".join(line + b"\n" for line in every[begins:])
    return CsvPiece(b"", tuple(records), reader.blank_lines), rest


def _may_span(lines: bytes, delimiter: str) -> bool:
    """Return whether a quoted cell may run over the end of a line."""
    if b'"' not in lines:
        return False
    marks = lines.translate(None, _NO_MARKS).split(b"\n")
    if not any(count % 2 for count in {*map(len, marks)}):
        return False
    begins = opening(delimiter)
    return any(
        line.count(b'"') % 2 and begins.search(line) is not None for line in lines.split(b"\n")
    )
