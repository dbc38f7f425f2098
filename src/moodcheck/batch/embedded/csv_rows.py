"""A piece of CSV → rows: by a fast parser where every parser reads it alike, else strictly.

Held equal to the strict reader, record by record.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from polars.exceptions import PolarsError

from moodcheck.batch.embedded.csv_marks import Marks
from moodcheck.batch.embedded.rows import (
    Broken,
    Rows,
    content_of_series,
    divided,
    number_type,
    numbered,
    strict_rows,
)
from moodcheck.batch.tables.pieces import CsvPiece
from moodcheck.batch.tables.strict_csv import COMMA, LONGEST, Record, StrictReader

_BOM = b"\xef\xbb\xbf"

_FEW_MORE = 3
"""Up to so many times as many columns as are wanted, all are parsed and accounted for."""

_QUOTED = r'"[^"]*"'
"""What stands between quotation marks; put away as a NUL, which is in no line that comes here."""


def _misplaced(delimiter: str) -> str:
    """Return what shows, once `_QUOTED` is put away, that a quotation mark is inside a cell."""
    other = rf"[^{re.escape(delimiter)}\x00]"
    return rf'"|{other}\x00|\x00{other}'


@dataclass(frozen=True, slots=True)
class CsvRows:
    """Reads the pieces of a file."""

    width: int
    """How many cells a record has."""
    places: Mapping[str, int]
    """What each column that is wanted is called → its place among the cells."""
    numbers: Mapping[str, Collection[int]]
    """`Plan.numbers`."""
    delimiter: str = COMMA

    def read(self, piece: CsvPiece) -> Rows:
        """Return every record of a piece."""
        if piece.records:
            return strict_rows(piece.records, piece.blank_lines, self.places)
        content = piece.content
        if _is_odd(content):
            return self._strictly(content)
        return self._at_once(content) or self._line_by_line(content)

    def read_each(self, pieces: Sequence[CsvPiece]) -> list[Rows]:
        """Return the records of each piece; many small ones take little longer than one."""
        contents = [piece.content for piece in pieces]
        is_one = len(pieces) == 1 or any(piece.records for piece in pieces)
        if is_one or any(map(_is_odd, contents)):
            return [*map(self.read, pieces)]
        whole = self._at_once(b"".join(contents))
        if whole is None:
            return [*map(self.read, pieces)]
        return divided(whole, [content.count(b"\n") for content in contents])

    def _at_once(self, content: bytes) -> Rows | None:
        """Return the rows of a piece that is all whole records, if it is shown to be one."""
        marks = Marks(content)
        if self._has_blank(content, marks):
            return None
        if self.width > _FEW_MORE * len(self.places):
            return None if marks.count('"') else self._by_its_commas(content, marks)
        bare = self._without_quotes(content, marks)
        if bare is None:
            return None
        types = self._types()
        for known in (types, {}) if types else ({},):
            cells = self._parsed(bare, known, has_quotes=False)
            if cells is not None and self._are_all_of(cells, bare, marks):
                return Rows(numbered(self._called(cells)), marks.lines)
        return None

    def _has_blank(self, content: bytes, marks: Marks) -> bool:
        """Return whether a line is blank, or has as many commas as a record and nothing else."""
        commas = self.delimiter.encode() * (self.width - 1) + b"\n"
        starts = (b"\n", commas)
        return content.startswith(starts) or marks.has_blank_line or b"\n" + commas in content

    def _by_its_commas(self, content: bytes, marks: Marks) -> Rows | None:
        """Return the rows of lines without quotes, if none of them is blank or broken."""
        lines = marks.count("\n")
        # Too many cells end the parser: where the sum is right, none has too few.
        if marks.count(self.delimiter) != lines * (self.width - 1):
            return None
        texts = self._texts(content, lines, has_quotes=False)
        return None if texts is None else Rows(numbered(texts), marks.lines)

    def _without_quotes(self, content: bytes, marks: Marks) -> bytes | None:
        """Return lines without the quotation marks around cells; None where there are others.

        A separator inside a cell stays, and then there are more of them than there should be.
        """
        if not marks.count('"'):
            return content
        return content.translate(None, b'"') if marks.are_around_cells(self.delimiter) else None

    def _are_all_of(self, cells: pl.DataFrame, content: bytes, marks: Marks) -> bool:
        """Return whether lines hold these cells and nothing else, so that none is read leniently.

        The parser takes "+1", " 1" and "01" for 1, fills a record that is too short, and leaves
        out a blank line. No cell is shorter than what it is taken for: where the bytes of all
        cells, of what separates them and of the ends of lines come to the bytes that there are,
        each cell is what it seems.
        """
        lines, gaps = cells.height, cells.height * (cells.width - 1)
        written = lines + gaps + sum(map(_written, cells))
        return (marks.count("\n"), marks.count(self.delimiter), len(content)) == (
            lines,
            gaps,
            written,
        )

    def _types(self) -> dict[str, type[pl.DataType]]:
        """Return the type of each column of whole numbers."""
        every: dict[int, set[int]] = {}
        for called, numbers in self.numbers.items():
            every.setdefault(self.places[called], set()).update(numbers)
        return {f"c{place}": number_type(numbers) for place, numbers in every.items()}

    def _line_by_line(self, content: bytes) -> Rows:
        """Return the rows of lines that each are a record, blank, or broken."""
        lines = pl.Series([content.decode()]).str.split("\n").explode().head(-1)
        has_quotes = b'"' in content
        marked = lines.str.replace_all(_QUOTED, "\0") if has_quotes else lines
        is_good = marked.str.count_matches(self.delimiter, literal=True) == self.width - 1
        if has_quotes:
            is_good &= ~marked.str.contains(_misplaced(self.delimiter))
        is_record = lines.str.strip_chars(self.delimiter) != ""
        is_good &= is_record
        numbers = is_record.cum_sum()
        count = int(is_good.sum())
        good = content
        if count < len(lines):
            good = "".join(f"{line}\n" for line in lines.filter(is_good)).encode()
        texts = self._texts(good, count, has_quotes=has_quotes)
        if texts is None:
            return self._strictly(content)
        is_doubtful = is_record & ~is_good
        broken: list[Broken] = []
        for line, number in zip(
            lines.filter(is_doubtful), numbers.filter(is_doubtful), strict=True
        ):
            (record,) = self._reader(line.encode() + b"\n")
            if record.rejected is None:
                return self._strictly(content)
            broken.append(Broken(int(number), record.rejected.value, record.raw))
        records = lines.filter(is_record)
        return Rows(
            numbered(texts, numbers.filter(is_good)),
            content_of_series(records),
            broken,
            blank_lines=len(lines) - len(records),
        )

    def _texts(self, content: bytes, lines: int, *, has_quotes: bool) -> pl.DataFrame | None:
        """Return the wanted cells of so many lines; None where the parser sees another number."""
        if not lines:
            return pl.DataFrame(schema=dict.fromkeys(self.places, pl.String))
        wanted = sorted({*self.places.values()})
        cells = self._parsed(content, {}, has_quotes=has_quotes, columns=wanted)
        return self._called(cells) if cells is not None and cells.height == lines else None

    def _parsed(
        self,
        content: bytes,
        types: Mapping[str, type[pl.DataType]],
        *,
        has_quotes: bool,
        columns: Sequence[int] | None = None,
    ) -> pl.DataFrame | None:
        """Return cells as the fast parser sees them: as text, where no other type is given."""
        texts: dict[str, type[pl.DataType]] = {f"c{at}": pl.String for at in range(self.width)}
        try:
            return pl.read_csv(
                content,
                has_header=False,
                separator=self.delimiter,
                schema={**texts, **types},
                columns=columns,
                quote_char='"' if has_quotes else None,
                empty_string_is_null=False,
            )
        except PolarsError:
            return None

    def _called(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Return the wanted columns by what they are called, text where a text is wanted."""
        wanted = []
        for called, place in self.places.items():
            cell = pl.col(f"c{place}")
            if called not in self.numbers and cells.schema[f"c{place}"] != pl.String:
                cell = cell.cast(pl.String).fill_null("")
            wanted.append(cell.alias(called))
        return cells.select(wanted)

    def _strictly(self, content: bytes) -> Rows:
        reader = self._reader(content)
        records: Iterable[Record] = [*reader]
        return strict_rows(records, reader.blank_lines, self.places)

    def _reader(self, content: bytes) -> StrictReader:
        return StrictReader(io.BytesIO(content), self.width, self.delimiter)


def _written(column: pl.Series) -> int:
    """Return how many bytes the cells of a column take, as everybody writes them."""
    if column.dtype.is_integer() and column.is_between(0, 9).all():
        return len(column) - column.null_count()
    return int(column.cast(pl.String).str.len_bytes().sum())


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


def has_long_line(content: bytes, longest: int = LONGEST) -> bool:
    """Return whether a line is longer than a record may be."""
    at = 0
    while at < len(content):
        at = content.rfind(b"\n", at, at + longest + 1) + 1
        if not at:
            return True
    return False
