"""Lines of JSON that differ in their values alone → rows, by cutting each at its quotation marks.

What lies between two of them is a key, a text, or what stands around texts. Where all of it but the
values is as in the first line, every line is the same flat object with other values.
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


def escaped(text: str) -> str:
    """Return a pattern that is this text and no other."""
    return re.sub(r"([\\.+*?()|\[\]{}^$#&\-~])", r"\\\1", text)


@dataclass(frozen=True, slots=True)
class _Value:
    """Where a value lies in every line."""

    place: int
    """Its place among what is cut at quotation marks."""
    around: tuple[str, str] | None
    """What stands before and after it there; None where it is a text by itself."""


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
        values = self._values(line)
        first = line.split('"')
        cells = None if values is None else _cut(content, len(first))
        marks = Marks(content)
        if values is None or cells is None or cells.height != marks.count("\n"):
            return None
        of_values = {one.place for one in values.values()}
        others = [pl.col(f"c{at}") == one for at, one in enumerate(first) if at not in of_values]
        is_alike = cells.select(pl.all_horizontal(others).all()).item()
        # A line with too few marks has nothing in the last place.
        if not is_alike or cells.to_series(-1).null_count():
            return None
        found: dict[str, pl.Series] = {}
        for key, value in values.items():
            cell = cells.get_column(f"c{value.place}")
            wanted = [called for called, name in self.columns.items() if name == key]
            for called in wanted or [_UNWANTED]:
                column = _read(cell, value.around, self.numbers.get(called, ()))
                if column is None:
                    return None
                found[called] = column.alias(called)
        rows = pl.DataFrame([found[called] for called in self.columns])
        return Rows(
            numbered(rows), lambda asked: [line.rstrip(b"\r") for line in marks.lines(asked)]
        )

    def _values(self, line: str) -> dict[str, _Value] | None:
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
            left, right = line.rfind('"', 0, start) + 1, line.find('"', end) % (len(line) + 1)
            around = None if is_text else (line[left:start], line[end:right])
            values[key] = _Value(line.count('"', 0, start), around)
        return values


def _cut(content: bytes, width: int) -> pl.DataFrame | None:
    """Return what stands between quotation marks; nothing where a line has more of them."""
    try:
        return pl.read_csv(
            content,
            has_header=False,
            separator='"',
            schema={f"c{at}": pl.String for at in range(width)},
            quote_char=None,
            empty_string_is_null=False,
        )
    except PolarsError:
        return None


def _read(
    cell: pl.Series, around: tuple[str, str] | None, numbers: Collection[int]
) -> pl.Series | None:
    """Return the values of a column, if each is one, and stands between the same texts."""
    if around is None:
        return None if cell.str.contains(f"[{_UNSEEN}]").any() else cell
    before, after = around
    if numbers:
        known: list[int | None] = [*numbers, None]
        texts = [f"{before}{'null' if one is None else one}{after}" for one in known]
        places = cell.cast(pl.Enum(texts), strict=False).to_physical()
        if not places.null_count():
            return pl.Series(known, dtype=number_type(numbers)).gather(places)
    if not cell.str.contains(f"^{escaped(before)}(?:{_BARE}){escaped(after)}$").all():
        return None
    bare = pl.col(cell.name).str.strip_prefix(before).str.strip_suffix(after)
    text = pl.when(bare == "null").then(pl.lit("")).otherwise(bare)
    return cell.to_frame().select(text).to_series()
