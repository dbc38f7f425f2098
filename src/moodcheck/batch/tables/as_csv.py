"""Rows of texts → a stream of CSV, so that one strict reader reads tables of every kind."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterator
from datetime import date, datetime, time

EXACT = 1e15
"""Below it, every whole number is a double."""


class LineStream(io.RawIOBase):
    """Lines that are made as they are read."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read the next bytes into a buffer."""
        filled = 0
        while filled < len(buffer):
            if not self._ready:
                line = next(self._lines, None)
                if line is None:
                    break
                self._ready = memoryview(line)
            part = self._ready[: len(buffer) - filled]
            buffer[filled : filled + len(part)] = part
            self._ready = self._ready[len(part) :]
            filled += len(part)
        return filled


def csv_lines(rows: Iterator[list[str]]) -> Generator[bytes]:
    """Yield each row as a line, as wide as the first that is not blank, or wider where it is."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    width = 0
    for row in rows:
        while row and not row[-1]:
            row.pop()
        width = width or len(row)
        writer.writerow(row + [""] * (width - len(row)) if row else [])
        yield text.getvalue().encode("utf-8", "surrogatepass")
        text.seek(0)
        text.truncate()


def cell_text(value: object) -> str:
    """Return a cell as its author sees it, for programs that keep 1 as 1.0."""
    if value is None or value != value:  # noqa: PLR0124 - what is no number is not itself
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        is_whole = value.is_integer() and abs(value) < EXACT
        return str(int(value)) if is_whole else repr(float(value))
    return _moment(value) if isinstance(value, date | time) else str(value)


def _moment(value: date | time) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
