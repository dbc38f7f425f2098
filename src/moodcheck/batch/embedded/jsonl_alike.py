"""Lines of JSON that differ in their values alone → rows, by cutting each at its commas.

What lies between two of them is a key and its value. Where all of it but the values is as in the
first line, every line is the same flat object with other values. Where a comma stands in a value,
lines are cut at their quotation marks instead, which takes twice as long.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from polars.exceptions import PolarsError

from moodcheck.batch.embedded.csv_marks import Marks
from moodcheck.batch.embedded.csv_rows import has_long_line
from moodcheck.batch.embedded.rows import Rows, number_type, numbered
from moodcheck.batch.tables.strict_csv import LONGEST

BLANK = r"[ \t\r]*"
_UNSEEN = r"\\\x00-\x1f"
TEXT = rf'"[^"{_UNSEEN}]*"'
_BARE = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null"
VALUE = rf"{TEXT}|{_BARE}"

_UNWANTED = ""

_MARKS = (",", '"')
"""Where lines are cut, in the order in which it is tried."""


def escaped(text: str) -> str:
    """Return a pattern that is this text and no other."""
    return re.sub(r"([\\.+*?()|\[\]{}^$#&\-~])", r"\\\1", text)


@dataclass(frozen=True, slots=True)
class _Value:
    """Where a value lies in every line."""

    place: int
    """Its place among what a line is cut into."""
    around: tuple[str, str]
    """What stands before and after it there."""
    is_text: bool


@dataclass(frozen=True, slots=True)
class LinesAlike:
    """Reads pieces of a file in which every line looks like the first one."""

    columns: Mapping[str, str]
    """What each column that is wanted is called → its key."""
    keys: Sequence[str]
    """Every key of the first object, in its order."""
    numbers: Mapping[str, Collection[int]]
    """`Plan.numbers`."""

    def read(self, content: bytes) -> Rows | None:
        """Return the rows of a piece, if its lines are shown to be alike."""
        # Within a line the parser drops a carriage return.
        has_return = b"\r" in content and content.count(b"\r") != content.count(b"\r\n")
        if has_return or has_long_line(content, LONGEST - 1):
            return None
        line = content[: content.index(b"\n")].removesuffix(b"\r").decode(errors="replace")
        marks = Marks(content)
        for mark in _MARKS:
            rows = self._cut_at(mark, content, line, marks)
            if rows is not None:
                return Rows(
                    numbered(rows),
                    lambda asked: [line.rstrip(b"\r") for line in marks.lines(asked)],
                )
        return None

    def _cut_at(self, mark: str, content: bytes, line: str, marks: Marks) -> pl.DataFrame | None:
        """Return the cells of lines that are like this one, the first, where they are cut."""
        values, first = self._values(line, mark), line.split(mark)
        cells = None if values is None else _cut(content, mark, len(first))
        if values is None or cells is None or cells.height != marks.count("\n"):
            return None
        of_values = {one.place for one in values.values()}
        others = [pl.col(f"c{at}") == one for at, one in enumerate(first) if at not in of_values]
        is_alike = not others or cells.select(pl.all_horizontal(others).all()).item()
        # A line with too few marks has nothing in the last place.
        if not is_alike or cells.to_series(-1).null_count():
            return None
        found: dict[str, pl.Series] = {}
        for key, value in values.items():
            cell = cells.get_column(f"c{value.place}")
            wanted = [called for called, name in self.columns.items() if name == key]
            for called in wanted or [_UNWANTED]:
                column = _read(cell, value, self.numbers.get(called, ()))
                if column is None:
                    return None
                found[called] = column.alias(called)
        return pl.DataFrame([found[called] for called in self.columns])

    def _values(self, line: str, mark: str) -> dict[str, _Value] | None:
        """Return where the value of each key lies, if the line is a flat object of these keys."""
        if not {*self.columns.values()} <= {*self.keys}:
            return None
        pairs = (
            rf'{BLANK}"{re.escape(key)}"{BLANK}:{BLANK}(?:"([^"{_UNSEEN}]*)"|({_BARE})){BLANK}'
            for key in self.keys
        )
        found = re.fullmatch(rf"{BLANK}\{{{','.join(pairs)}\}}{BLANK}", line)
        if found is None:
            return None
        values = {}
        for at, key in enumerate(self.keys):
            is_text = found[2 * at + 1] is not None
            start, end = found.span(2 * at + 1 if is_text else 2 * at + 2)
            if mark in line[start:end]:
                return None
            left, right = line.rfind(mark, 0, start) + 1, line.find(mark, end) % (len(line) + 1)
            around = (line[left:start], line[end:right])
            values[key] = _Value(line.count(mark, 0, start), around, is_text)
        return values


def _cut(content: bytes, mark: str, width: int) -> pl.DataFrame | None:
    """Return what stands between marks; nothing where a line has more of them."""
    try:
        return pl.read_csv(
            content,
            has_header=False,
            separator=mark,
            schema={f"c{at}": pl.String for at in range(width)},
            quote_char=None,
            empty_string_is_null=False,
        )
    except PolarsError:
        return None


def _read(cell: pl.Series, value: _Value, numbers: Collection[int]) -> pl.Series | None:
    """Return the values of a column, if each is one, and stands between the same texts."""
    before, after = value.around
    if numbers and not value.is_text:
        known: list[int | None] = [*numbers, None]
        texts = [f"{before}{'null' if one is None else one}{after}" for one in known]
        places = cell.cast(pl.Enum(texts), strict=False).to_physical()
        if not places.null_count():
            return pl.Series(known, dtype=number_type(numbers)).gather(places)
    inside = rf'[^"{_UNSEEN}]*' if value.is_text else f"(?:{_BARE})"
    if not cell.str.contains(f"^{escaped(before)}{inside}{escaped(after)}$").all():
        return None
    text = pl.col(cell.name).str.strip_prefix(before).str.strip_suffix(after)
    if not value.is_text:
        text = pl.when(text == "null").then(pl.lit("")).otherwise(text)
    return cell.to_frame().select(text).to_series()
