"""A piece of CSV → rows: by a fast parser where every parser reads it alike, else strictly.

Held equal to the strict reader, record by record.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl
from polars.exceptions import PolarsError

from moodcheck.batch.embedded.rows import Broken, Rows, numbered, strict_rows
from moodcheck.batch.tables.pieces import CsvPiece
from moodcheck.batch.tables.strict_csv import LONGEST, Record, StrictReader

_BOM = b"\xef\xbb\xbf"

_QUOTED = r'"[^"]*"'
"""Replaced by a NUL, which stands in no line that is looked at …"""

_MISPLACED = r'"|[^,\x00]\x00|\x00[^,\x00]'
"""… this shows quotation marks that do not begin or end a cell."""


@dataclass(frozen=True, slots=True)
class CsvRows:
    """Reads the pieces of a file."""

    width: int
    """How many cells a record has."""
    places: Mapping[str, int]
    """What each column that is wanted is called → its place among the cells."""

    def read(self, piece: CsvPiece) -> Rows:
        """Return every record of a piece."""
        if piece.records:
            return strict_rows(piece.records, piece.blank_lines, self.places)
        content = piece.content
        if _is_odd(content):
            return self._strictly(content)
        rows = None if b'"' in content else self._at_once(content)
        return rows or self._line_by_line(content)

    def _at_once(self, content: bytes) -> Rows | None:
        """Return the rows of lines without quotes, if none of them is blank or broken."""
        lines = content.count(b"\n")
        has_blank = content.startswith(b"\n") or b"\n\n" in content
        # Too many cells end the parser: where the sum is right, none has too few.
        if has_blank or content.count(b",") != lines * (self.width - 1):
            return None
        texts = self._parsed(content, lines, has_quotes=False)
        return None if texts is None else Rows(numbered(texts))

    def _line_by_line(self, content: bytes) -> Rows:
        """Return the rows of lines that each are a record, blank, or broken."""
        lines = pl.Series([content.decode()]).str.split("\n").explode().head(-1)
        has_quotes = b'"' in content
        marked = lines.str.replace_all(_QUOTED, "\0") if has_quotes else lines
        is_good = marked.str.count_matches(",", literal=True) == self.width - 1
        if has_quotes:
            is_good &= ~marked.str.contains(_MISPLACED)
        is_record = lines != ""
        is_good &= is_record
        numbers = is_record.cum_sum()
        count = int(is_good.sum())
        good = content
        if count < len(lines):
            good = "".join(f"{line}\n" for line in lines.filter(is_good)).encode()
        texts = self._parsed(good, count, has_quotes=has_quotes)
        if texts is None:
            return self._strictly(content)
        is_doubtful = is_record & ~is_good
        broken: list[Broken] = []
        for line, number in zip(
            lines.filter(is_doubtful), numbers.filter(is_doubtful), strict=True
        ):
            (record,) = StrictReader(io.BytesIO(line.encode() + b"\n"), self.width)
            if record.rejected is None:
                return self._strictly(content)
            broken.append(Broken(int(number), record.rejected.value, record.raw))
        blank = len(lines) - int(is_record.sum())
        return Rows(numbered(texts, numbers.filter(is_good)), broken, blank)

    def _parsed(self, content: bytes, lines: int, *, has_quotes: bool) -> pl.DataFrame | None:
        """Return the wanted cells of so many lines; None where the parser sees another number."""
        if not lines:
            return pl.DataFrame(schema=dict.fromkeys(self.places, pl.String))
        wanted = sorted({*self.places.values()})
        try:
            cells = pl.read_csv(
                content,
                has_header=False,
                schema={f"c{place}": pl.String for place in range(self.width)},
                columns=wanted,
                quote_char='"' if has_quotes else None,
                empty_string_is_null=False,
            )
        except PolarsError:
            return None
        if cells.height != lines:
            return None
        return cells.select(
            pl.col(f"c{place}").alias(called) for called, place in self.places.items()
        )

    def _strictly(self, content: bytes) -> Rows:
        reader = StrictReader(io.BytesIO(content), self.width)
        records: Iterable[Record] = [*reader]
        return strict_rows(records, reader.blank_lines, self.places)


def _is_odd(content: bytes) -> bool:
    """Return whether parsers differ about what stands there."""
    if b"\0" in content or content.startswith(_BOM) or has_long_line(content):
        return True
    if content.isascii():
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return True
    return False


def has_long_line(content: bytes) -> bool:
    """Return whether a line is longer than a record may be."""
    at = 0
    while at < len(content):
        at = content.rfind(b"\n", at, at + LONGEST + 1) + 1
        if not at:
            return True
    return False
