"""What stands before the records of a CSV file: names, and what separates cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

from moodcheck.batch.tables.layout import is_delimiter
from moodcheck.batch.tables.strict_csv import COMMA, ENDING, LONGEST, MOST_LINES, cells_of, opening
from moodcheck.errors import BadData

_CALLED = {COMMA: "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_ENOUGH = 2 * LONGEST
"""Bytes in which a header has to end."""

_BOM = b"\xef\xbb\xbf"
_SAYS_DELIMITER = re.compile(rb'(?i)"?sep=(.)"?')
"""The first line by which Excel is told what separates cells."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the records of a CSV file."""

    names: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    """The cells of the rows between the names and the first record."""
    delimiter: str
    is_one_line: bool
    """Whether nothing but a line of names, separated by commas, stands before the records."""
    rest: bytes
    """What was read of the records as well."""


def read_header(file: BinaryIO, where: str, delimiter: str | None = None, rows: int = 1) -> Header:
    """Return the header of a file, which begins with its first line that is not blank.

    A quoted name may run over several lines.

    Args:
        file: stands at its beginning.
        where: what messages call it.
        delimiter: what separates cells; None where the header has to tell.
        rows: how many there are before the first record; the first of them has the names.

    Raises:
        BadData: when there is none, it cannot be read, or several signs might separate it.
    """
    start = file.read(_ENOUGH).removeprefix(_BOM)
    if start.startswith(_BOM):
        raise BadData(
            f"{where} begins with the mark of UTF-8 twice, so its first column would be lost",
            mend="Save it again as UTF-8",
        )
    return _Beginning(start, where).header(delimiter, rows)


class _Beginning:
    """The first bytes of a file."""

    def __init__(self, start: bytes, where: str) -> None:
        self._start = start
        self._where = where

    def header(self, chosen: str | None, count: int) -> Header:
        said, at = self._said_delimiter()
        delimiter = chosen or said or self._told_delimiter(at)
        is_one_line = said is None and delimiter == COMMA
        rows: list[tuple[str, ...]] = []
        for _ in range(count):
            record, at = self._record(at, delimiter)
            is_one_line &= not rows and b"\n" not in record
            rows.append(self._cells(record, delimiter, is_first=not rows))
        names, *labels = rows
        return Header(names, tuple(labels), delimiter, is_one_line, self._start[at:])

    def _said_delimiter(self) -> tuple[str | None, int]:
        """Return what a first line `sep=;` says, and where the next line begins."""
        line, at = self._line(0)
        said = _SAYS_DELIMITER.fullmatch(line)
        if said is None or not is_delimiter(said[1].decode("latin-1")):
            return None, 0
        return said[1].decode(), at

    def _told_delimiter(self, at: int) -> str:
        """Return the one sign that separates the header into several cells."""
        found = {}
        for sign in _CALLED:
            record, _ = self._record(at, sign)
            cells = _cells(record, sign)
            if cells is not None and len(cells) > 1 and _has_quotes_at_ends(record, sign):
                found[sign] = len(cells)
        if not found or found.get(COMMA) == max(found.values()):
            return COMMA
        if len(found) == 1:
            return next(iter(found))
        called = " or ".join(_CALLED[sign] for sign in found)
        most = max(found, key=lambda sign: found[sign])
        raise BadData(
            f"The header of {self._where} could be separated by {called}",
            mend=f"Say which: --delimiter {'tab' if most == chr(9) else repr(most)}, say",
        )

    def _record(self, at: int, delimiter: str) -> tuple[bytes, int]:
        """Return the next record, its lines ending in line feeds, and where it ends."""
        line = b""
        while not line.strip(delimiter.encode()):  # blank, as `StrictReader` has it
            if at == len(self._start):
                return b"", at
            line, at = self._line(at)
        whole, end = line, at
        if opening(delimiter).search(line):
            for _ in range(MOST_LINES):
                if not whole.count(b'"') % 2:
                    return whole, end
                following, end = self._line(end)
                whole += b"\n" + following
        return line, at

    def _line(self, at: int) -> tuple[bytes, int]:
        """Return the line that begins there, and where the next one does."""
        ending = ENDING.search(self._start, at)
        if ending is None:
            return self._start[at:], len(self._start)
        return self._start[at : ending.start()], ending.end()

    def _cells(self, record: bytes, delimiter: str, *, is_first: bool) -> tuple[str, ...]:
        if not record:
            what = "is empty" if is_first else "ends before its header does"
            mend = "Give a file with a header and at least one row"
            raise BadData(f"{self._where} {what}", mend=mend)
        cells = _cells(record, delimiter)
        if cells is None:
            raise self._unreadable(record)
        return cells

    def _unreadable(self, record: bytes) -> BadData:
        try:
            record.decode()
        except UnicodeDecodeError:
            return BadData(
                f"{self._where} has a header that is not UTF-8 text. Programs on Windows often "
                "write Windows-1252",
                mend="Add --encoding windows-1252, or save it as UTF-8",
            )
        return BadData(
            f"{self._where} has a header that cannot be read: it has an unclosed or misplaced "
            "quotation mark",
            mend="Correct its first line",
        )


def _has_quotes_at_ends(record: bytes, sign: str) -> bool:
    """Return whether every quotation mark begins or ends a cell, or is doubled in one."""
    parts = record.split(b'"')
    outside, between = parts[::2], sign.encode()
    begin = all(one.endswith(between) for one in outside[:-1] if one)
    end = all(one.startswith(between) for one in outside[1:] if one)
    return len(parts) % 2 == 1 and begin and end


def _cells(record: bytes, delimiter: str) -> tuple[str, ...] | None:
    try:
        cells = cells_of(record.decode(), delimiter)
    except UnicodeDecodeError:
        return None
    return None if cells is None else tuple(cells)
