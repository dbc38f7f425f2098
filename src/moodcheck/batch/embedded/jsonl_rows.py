"""Lines of JSON → rows: those that look like the first one by a pattern, the others strictly."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl
from polars.exceptions import PolarsError

from moodcheck.batch.embedded.jsonl_alike import BLANK, TEXT, VALUE, LinesAlike, escaped
from moodcheck.batch.embedded.rows import RECORD, Rows, content_of_series, numbered, strict_rows
from moodcheck.batch.tables.strict_csv import LONGEST, Record
from moodcheck.batch.tables.strict_jsonl import read_line

_MOST_KEYS = 200
"""More make a pattern that is too large."""

IS_BLANK = r"^[ \t\r\x0b\x0c]*$"
"""A line that is blank to whoever strips bytes of blanks."""


@dataclass(frozen=True, slots=True)
class JsonlRows:
    """Reads the lines of a file."""

    columns: Mapping[str, str]
    """What each column that is wanted is called → its key."""
    keys: Sequence[str]
    """Every key of the first object, in its order."""
    numbers: Mapping[str, Collection[int]]
    """`Plan.numbers`."""
    _pattern: str | None = field(init=False)
    _alike: LinesAlike = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_alike", LinesAlike(self.columns, self.keys, self.numbers))
        object.__setattr__(self, "_pattern", _pattern(self.keys, {*self.columns.values()}))

    def read(self, content: bytes) -> Rows:
        """Return every record of a piece: whole lines."""
        if (rows := self._alike.read(content)) is not None:
            return rows
        try:
            text = content.decode()
        except UnicodeDecodeError:
            return self._strictly(content)
        if self._pattern is None:
            return self._strictly(content)
        lines = pl.Series([text]).str.split("\n").explode().head(-1)
        try:
            found = lines.str.extract_groups(self._pattern).struct.unnest()
        except PolarsError:
            return self._strictly(content)
        is_like = found.to_series(0).is_not_null() & (lines.str.len_bytes() < LONGEST)
        return self._with_others(lines, found, is_like)

    def _with_others(self, lines: pl.Series, found: pl.DataFrame, is_like: pl.Series) -> Rows:
        if is_like.all():
            return Rows(numbered(self._texts(found)), content_of_series(lines))
        is_record = is_like | ~lines.str.contains(IS_BLANK)
        numbers = is_record.cum_sum()
        is_other = is_record & ~is_like
        records = [
            read_line(line.encode(), int(number), [*self.columns.values()])
            for line, number in zip(lines.filter(is_other), numbers.filter(is_other), strict=True)
        ]
        others = strict_rows(records, 0, _places(self.columns))
        like = numbered(self._texts(found.filter(is_like)), numbers.filter(is_like))
        frame = pl.concat([like, others.frame]).sort(RECORD)
        every = lines.filter(is_record)
        return Rows(frame, content_of_series(every), others.broken, len(lines) - len(every))

    def _texts(self, found: pl.DataFrame) -> pl.DataFrame:
        """Return what the values that were found are as texts."""
        wanted = sorted({*self.columns.values()}, key=[*self.keys].index)
        place = dict(zip(wanted, found.columns, strict=True))
        return found.select(_text(pl.col(place[key])).alias(c) for c, key in self.columns.items())

    def _strictly(self, content: bytes) -> Rows:
        records: list[Record] = []
        blank = 0
        for line in content.split(b"\n")[:-1]:
            if line.strip():
                records.append(read_line(line, len(records) + 1, [*self.columns.values()]))
            else:
                blank += 1
        return strict_rows(records, blank, _places(self.columns))


def _places(columns: Mapping[str, str]) -> dict[str, int]:
    return {called: place for place, called in enumerate(columns)}


def _text(value: pl.Expr) -> pl.Expr:
    inside = value.str.strip_prefix('"').str.strip_suffix('"')
    return pl.when(value == "null").then(pl.lit("")).otherwise(inside)


def _pattern(keys: Sequence[str], wanted: set[str]) -> str | None:
    """Return a pattern of a flat object with exactly these keys, in this order."""
    is_plain = all(re.fullmatch(TEXT, f'"{key}"') for key in keys)
    if not (wanted and is_plain and wanted <= {*keys} and len(keys) <= _MOST_KEYS):
        return None
    pairs = [
        rf'{BLANK}"{escaped(key)}"{BLANK}:{BLANK}'
        rf"({'' if key in wanted else '?:'}{VALUE}){BLANK}"
        for key in keys
    ]
    return rf"^{BLANK}\{{{','.join(pairs)}\}}{BLANK}$"
