"""CSV read one record at a time by the grammar alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from moodcheck.batch.outcome import RejectReason

LONGEST = 1_000_000
"""Bytes that a record may have."""

SHOWN_OF_TOO_LONG = 1_000
"""Characters of a record that is too long which are kept to find it by."""

MOST_LINES = 100
"""Lines that a quoted cell may run over; more are a sign of a quote that is never closed."""

COMMA = ","

ENDING = re.compile(rb"\r\n|\r|\n")
_CHUNK = 1024 * 1024


@lru_cache
def opening(delimiter: str) -> re.Pattern[bytes]:
    """Return a pattern of the quotation mark that begins a cell."""
    return re.compile(rb'(?:^|%s)"' % re.escape(delimiter.encode()))


@lru_cache
def _cell(delimiter: str) -> re.Pattern[str]:
    """Return a pattern of a quoted cell or another one, and what follows it."""
    d = re.escape(delimiter)
    return re.compile(rf'(?:"((?:[^"]|"")*)"|((?:[^"{d}][^{d}\r\n]*)?))({d}|\Z)')


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its cells, or why it has none."""

    number: int
    """From 1, among the records that are not blank."""
    cells: tuple[str, ...]
    rejected: RejectReason | None
    raw: str
    """The record as it stands, without its ending; of one that is too long, its beginning."""


class StrictReader:
    """Reads the records that follow a header. Iterate once; `blank_lines` is right afterwards."""

    def __init__(self, file: BinaryIO, width: int, delimiter: str = COMMA) -> None:
        """Read from where `file` stands; each record must have `width` cells."""
        self.blank_lines = 0
        self.begins = 0
        """The line, from 0, at which the last record begins."""
        self._read = 0
        self._lines = lines_of(file)
        self._width = width
        self._delimiter = delimiter
        self._separator = delimiter.encode()
        self._opening = opening(delimiter)
        self._ahead: list[bytes] = []

    def __iter__(self) -> Iterator[Record]:
        """Yield every record that is not blank, in order."""
        number = 0
        while (line := self._next()) is not None:
            # Where a spreadsheet had more rows, its delimiters are left.
            if not line.strip(self._separator):
                self.blank_lines += 1
                continue
            number += 1
            self.begins = self._read - 1
            yield self._record(number, line)

    def _next(self) -> bytes | None:
        self._read += 1
        return self._ahead.pop() if self._ahead else next(self._lines, None)

    def _record(self, number: int, line: bytes) -> Record:
        if len(line) > LONGEST:
            return rejected_as_too_long(number, line)
        if b"\0" in line:
            return _rejected(number, RejectReason.BAD_ENCODING, line)
        whole = self._with_following(line) if self._opening.search(line) else line
        try:
            text = whole.decode()
        except UnicodeDecodeError:
            return _rejected(number, RejectReason.BAD_ENCODING, whole)
        cells = cells_of(text, self._delimiter)
        if cells is not None and len(cells) == self._width:
            if whole is not line and swallows_records(text, self._width, self._delimiter):
                return _rejected(number, RejectReason.SUSPECT_CELL, whole)
            return Record(number, tuple(cells), None, text)
        self._give_back(whole, line)
        why = RejectReason.BROKEN_QUOTE
        if cells is not None:
            is_short = len(cells) < self._width
            why = RejectReason.TOO_FEW_COLUMNS if is_short else RejectReason.TOO_MANY_COLUMNS
        return _rejected(number, why, line)

    def _with_following(self, line: bytes) -> bytes:
        """Return a line together with those that its last quoted cell runs over, if it ends."""
        whole, taken = line, 0
        while whole.count(b'"') % 2 and taken < MOST_LINES and len(whole) <= LONGEST:
            following = self._next()
            if following is None:
                break
            whole += b"\n" + following
            taken += 1
        if whole.count(b'"') % 2:
            self._give_back(whole, line)
            return line
        return whole

    def _give_back(self, whole: bytes, line: bytes) -> None:
        """Let what was taken after a broken line be read as records of its own."""
        if whole != line:
            given_back = whole[len(line) + 1 :].split(b"\n")
            self._ahead += reversed(given_back)
            self._read -= len(given_back)


def cells_of(text: str, delimiter: str = COMMA) -> list[str] | None:
    """Return the cells of one record, or None where a quote breaks the grammar."""
    if '"' not in text:
        return text.split(delimiter)
    cells, at = [], 0
    pattern = _cell(delimiter)
    while True:
        found = pattern.match(text, at)
        if found is None:
            return None
        quoted, unquoted, ending = found.groups()
        cells.append(unquoted if quoted is None else quoted.replace('""', '"'))
        at = found.end()
        if not ending:
            return cells


def swallows_records(text: str, width: int, delimiter: str = COMMA) -> bool:
    """Return whether lines of a record that takes several of them look like records themselves.

    A line does that has as many delimiters as a record: one that stands as a whole within a cell,
    or one that a stray quotation mark has put together with the first, which has as many as well.
    """
    # What stands at odd places stands within quotation marks.
    parts = text.split('"')
    marked = [part.replace(delimiter, "\0") if at % 2 else part for at, part in enumerate(parts)]
    lines = "".join(marked).split("\n")
    first, *others = [(line.count(delimiter), line.count("\0")) for line in lines]
    separators = width - 1
    is_first_full = sum(first) == separators
    for outside, inside in others:
        if outside + inside == separators and (
            inside == separators or (is_first_full and first[1] + inside > 0)
        ):
            return True
    return False


def _rejected(number: int, why: RejectReason, raw: bytes) -> Record:
    return Record(number, (), why, raw.decode(errors="replace"))


def rejected_as_too_long(number: int, line: bytes) -> Record:
    """Return the record of a line that is longer than `LONGEST`."""
    shown = line.decode(errors="replace")[:SHOWN_OF_TOO_LONG]
    return Record(number, (), RejectReason.TOO_LONG, f"{shown}…")


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Yield every line without its ending, whichever of the three it is.

    Of a line that is too long for a record no more is kept than shows that it is.
    """
    rest = b""
    while chunk := file.read(_CHUNK):
        # The line feed of a carriage return comes with the next chunk.
        while chunk.endswith(b"\r") and (following := file.read(1)):
            chunk += following
        *lines, rest = ENDING.split(rest + chunk)
        yield from lines
        rest = rest[: LONGEST + 1]
    if rest:
        yield rest
