"""What a piece of an input holds: rows of text, and records that have no cells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from moodcheck.batch.tables.strict_csv import Record

PIECE = "__piece"
"""The place of a piece among those that are worked on together."""

RECORD = "__record"
"""The number of a record in its piece, from 1."""

FAULT, FAULT_COLUMN, FAULT_VALUE = "__fault", "__fault_column", "__fault_value"
"""Of a row that has cells and cannot be scored: a `RejectReason`, where, and what stands there.

A frame has all three columns or none; of a row that can be scored they are empty.
"""


def stated_column(scale: str) -> str:
    """Return what the column is called that has the score which a row states by itself."""
    return f"__stated_{scale}"


Content = Callable[[Sequence[int]], Sequence[bytes]]
"""Numbers of records that have cells → what stands there. Made only of those that are asked for."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that has no cells."""

    record: int
    """Its number in its piece, from 1."""
    reason: str
    raw: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The records of a piece, each of them in one of two places."""

    frame: pl.DataFrame
    """`RECORD`, and every column of `Plan.columns` as text that is never null.

    One of `Plan.numbers` may hold whole numbers instead, and null for an empty cell.
    """
    content: Content
    """Gives a record as it stands, without the end of its line."""
    broken: Sequence[Broken] = ()
    blank_lines: int = 0
    left_out: int = 0
    """Records that a map does not want."""
    unopened: int = 0
    """Rows of a form that nobody opened."""
    unfinished: int = 0
    """Rows of sittings that were not brought to their end."""
    other_resources: int = 0
    """What stands between the records and is none."""
    spanned: int | None = None
    """How many records of the file these are, where a row is not one of them."""
    records: int = field(init=False)
    """How many records there are, with and without cells."""

    def __post_init__(self) -> None:
        every = self.frame.height + len(self.broken) + self.left_out + self.other_resources
        object.__setattr__(self, "records", every if self.spanned is None else self.spanned)


def numbered(texts: pl.DataFrame, numbers: pl.Series | None = None) -> pl.DataFrame:
    """Return rows of text with their numbers: those given, or 1, 2, …."""
    if numbers is None:
        numbers = pl.int_range(1, texts.height + 1, dtype=pl.UInt32, eager=True)
    return texts.insert_column(0, numbers.cast(pl.UInt32).alias(RECORD))


def divided(rows: Rows, counts: Sequence[int]) -> list[Rows]:
    """Return rows that are all records as those of pieces that have so many each."""
    numbers = pl.Series(
        [number for count in counts for number in range(1, count + 1)], dtype=pl.UInt32
    )
    frame = rows.frame.replace_column(0, numbers.alias(RECORD))
    ends = accumulate(counts)
    return [
        Rows(frame.slice(end - count, count), _after(end - count, rows.content))
        for end, count in zip(ends, counts, strict=True)
    ]


def _after(before: int, content: Content) -> Content:
    return lambda asked: content([before + number for number in asked])


def number_type(numbers: Collection[int]) -> type[pl.DataType]:
    """Return the narrowest type that holds these numbers, one by one."""
    most = max(map(abs, numbers))
    return next((kind for kind, bits in ((pl.Int8, 7), (pl.Int16, 15)) if most < 2**bits), pl.Int32)


def strict_rows(records: Iterable[Record], blank_lines: int, places: Mapping[str, int]) -> Rows:
    """Return what a strict reader read.

    Args:
        records: numbered from 1, in order.
        blank_lines: how many lines were none.
        places: what each column is called → its place among the cells.
    """
    good, broken = [], []
    for record in records:
        if record.rejected is None:
            good.append(record)
        else:
            broken.append(Broken(record.number, record.rejected.value, record.raw))
    texts = pl.DataFrame(
        {called: [record.cells[place] for record in good] for called, place in places.items()},
        schema=dict.fromkeys(places, pl.String),
    )
    numbers = pl.Series([record.number for record in good], dtype=pl.UInt32)
    raw = {record.number: record.raw for record in good}
    return Rows(
        numbered(texts, numbers),
        lambda asked: [raw[number].encode() for number in asked],
        broken,
        blank_lines,
    )


def content_of_series(records: pl.Series) -> Content:
    """Return what gives records by their number, of lines that are all records."""
    return lambda asked: [
        text.encode().rstrip(b"\r") for text in records.gather([number - 1 for number in asked])
    ]
