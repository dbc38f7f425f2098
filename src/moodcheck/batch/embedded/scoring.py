"""Codes of answers → what is said of each row, by looking up what its sums say.

Every code of an item stands for one number, in whose digits lies what it adds to each sum. So a row
takes one addition an item, whatever the number of scales, and the rules are those of the core.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce
from math import prod
from operator import add
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.plan import code_column
from moodcheck.batch.sums import Finding, Sum, findings

if TYPE_CHECKING:
    from moodcheck.batch.plan import Plan

_LARGEST_TABLE = 20_000
"""What more sums say is only worked out as they occur."""

_LARGEST_WORD = 2**32
_REMEMBERED = 100_000
_TYPES = {int: pl.Int64, float: pl.Float64, str: pl.String}


@dataclass(frozen=True, slots=True)
class Said:
    """Some columns of the scores of some rows."""

    table: pl.DataFrame
    """What may be said."""
    is_whole: bool
    """Whether the table is the same, whatever the rows."""
    places: pl.Series
    """For each row, the place in the table of what is said of it."""

    def columns(self) -> pl.DataFrame:
        """Return what is said of each row."""
        return self.table[self.places]

    def only(self, names: Sequence[str]) -> Said | None:
        """Return those of the columns that have these names, if there are any."""
        wanted = [name for name in self.table.columns if name in names]
        if len(wanted) == self.table.width:
            return self
        return replace(self, table=self.table.select(wanted)) if wanted else None

    def counts(self, column: str) -> Iterator[tuple[int | float | None, int]]:
        """Yield what a column says, and of how many rows; a thing may come more than once."""
        said = self.table.get_column(column)
        for place, count in self.places.value_counts().iter_rows():
            yield said[place], count


@dataclass(frozen=True, slots=True)
class Scores:
    """What is written of rows that can be scored."""

    carried: pl.DataFrame
    """The columns before the scores."""
    said: Sequence[Said]
    """The others, in their order."""
    is_plain: bool
    """Whether the texts that are carried are `shown.is_plain`."""

    def frame(self) -> pl.DataFrame:
        """Return all columns."""
        return pl.concat([self.carried, *(one.columns() for one in self.said)], how="horizontal")


@dataclass(slots=True)
class _Word:
    """A number a row, in whose digits lie several sums."""

    name: str
    size: int = 1
    added: dict[str, dict[int, int]] = field(default_factory=dict)

    def with_digit(self, one: Sum) -> pl.Expr:
        """Give a sum its place, and return what reads it."""
        digit = self.digit(self.size, one.largest + 1)
        for item, codes in one.added.items():
            added = self.added.setdefault(item, {})
            for code, adds in codes.items():
                added[code] = added.get(code, 0) + adds * self.size
        self.size *= one.largest + 1
        return digit if one.size > one.largest else digit.clip(upper_bound=one.size - 1)

    def digit(self, place: int, base: int) -> pl.Expr:
        word = pl.col(self.name)
        return (word // place if place > 1 else word) % base


class Scorer:
    """Says of rows what a plan has them scored by."""

    def __init__(self, plan: Plan, notice: str) -> None:
        self._plan = plan
        self._words: list[_Word] = []
        every = [*findings(plan, notice)]
        self._tables = [_Table(one) for one in every]
        self._keys = [self._key(one).alias(f"key_{at}") for at, one in enumerate(every)]
        self._sums = [self._sum(word).alias(word.name) for word in self._words]

    def said_of(self, codes: pl.DataFrame) -> Sequence[Said]:
        """Return what is said of rows without a bad answer, in the order of the columns."""
        keys = codes.lazy().select(self._sums).select(self._keys).collect()
        return [one.said(key) for one, key in zip(self._tables, keys, strict=True)]

    def _key(self, finding: Finding) -> pl.Expr:
        """Return the place in its table of what a finding says: its sums, as digits of a number."""
        digits = []
        places = []
        for one in finding.sums:
            if not self._words or self._words[-1].size * (one.largest + 1) > _LARGEST_WORD:
                self._words.append(_Word(f"word_{len(self._words)}"))
            word = self._words[-1]
            places.append(word.size)
            digits.append(word.with_digit(one))
        sizes = [one.size for one in finding.sums]
        if word.size == places[0] * prod(sizes):  # none is cut, and they stand side by side
            return word.digit(places[0], prod(sizes))
        return reduce(add, (digit * prod(sizes[:at]) for at, digit in enumerate(digits)))

    def _sum(self, word: _Word) -> pl.Expr:
        terms = []
        for item, added in word.added.items():
            codes = self._plan.codings[item].codes
            lowest = min(*codes, 0)
            numbers = [added.get(code, 0) for code in range(lowest, max(codes) + 1)]
            place = pl.col(code_column(item))
            if lowest:
                place = place.cast(pl.Int16) - lowest
            # No code is negative then: to make sure of that once more takes half of the time.
            place = place.cast(pl.UInt32, wrap_numerical=True)
            terms.append(pl.lit(pl.Series(numbers, dtype=pl.UInt32)).gather(place))
        return reduce(add, terms, pl.lit(0, pl.UInt32))


class _Table:
    """What a finding says, by the key of its sums."""

    def __init__(self, finding: Finding) -> None:
        self._sizes = [one.size for one in finding.sums]
        self._schema = {name: _TYPES[kind] for name, kind in finding.types.items()}
        self._cells = lru_cache(_REMEMBERED)(finding.cells)
        size = prod(self._sizes)
        self._whole = None
        if size <= _LARGEST_TABLE:
            table = self._table(range(size))
            # Each text once, so that rows have but its number.
            self._whole = table.with_columns(
                column.cast(pl.Enum(column.unique(maintain_order=True).drop_nulls()))
                for column in table.select(pl.col(pl.String))
            )

    def said(self, keys: pl.Series) -> Said:
        if self._whole is not None:
            return Said(self._whole, is_whole=True, places=keys)
        known = keys.unique().sort()
        return Said(self._table(known), is_whole=False, places=known.search_sorted(keys))

    def _table(self, keys: Sequence[int] | pl.Series) -> pl.DataFrame:
        rows = [self._cells(*self._digits(key)) for key in keys]
        return pl.DataFrame(rows, schema=self._schema, orient="row")

    def _digits(self, key: int) -> Iterator[int]:
        for size in self._sizes:
            key, digit = divmod(key, size)
            yield digit
