"""Codes of answers → what is said of each row, by looking up what its sums say.

So the rules are those of the core, and each is applied once for every sum that occurs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.embedded.words import Words, part_column
from moodcheck.batch.sums import Finding, Part

if TYPE_CHECKING:
    from moodcheck.batch.plan import Plan

_LARGEST_TABLE = 20_000
"""What more sums say is only worked out as they occur."""

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
    keys: Sequence[int] | pl.Series
    """For each line of the table, the sums that say it, as digits of a number."""

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
        places, counts = self.places.value_counts().get_columns()
        said = self.table.get_column(column).gather(places)
        yield from zip(said.to_list(), counts.to_list(), strict=True)


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


class Scorer:
    """Says of rows what a plan has them scored by."""

    def __init__(self, plan: Plan, every: Sequence[Finding]) -> None:
        """Say what these findings say, by the sums of a plan's codes."""
        self._tables = [_Table(one) for one in every]
        levels = plan.questionnaire.scale_levels
        level_of = {scale.id: at for at, level in enumerate(levels) for scale in level}
        rounds: list[dict[int, Finding]] = [{} for _ in levels]
        for at, one in enumerate(every):
            rounds[level_of.get(one.scale, 0)][at] = one
        self._rounds = [Words(plan, some) for some in rounds]

    def said_of(self, codes: pl.DataFrame) -> Sequence[Said]:
        """Return what is said of rows without a bad answer, in the order of the columns."""
        said: dict[int, Said] = {}
        for words in self._rounds:
            numbers = [one for at in words.findings for one in self._numbers(at, said)]
            rows = codes.hstack(numbers) if numbers else codes
            for at, key in zip(words.findings, words.keys(rows), strict=True):
                said[at] = self._tables[at].said(key)
        return [said[at] for at in range(len(self._tables))]

    def _numbers(self, at: int, said: Mapping[int, Said]) -> Iterator[pl.Series]:
        """Yield what the scores of other scales add to the sums of a finding."""
        places = {one.finding.scale: place for place, one in enumerate(self._tables)}
        for number, one in enumerate(self._tables[at].finding.sums):
            for place, part in enumerate(one.parts):
                scores = places[part.scale]
                numbers = self._tables[scores].numbers(part, said[scores])
                yield numbers.alias(part_column(at, number, place))


class _Table:
    """What a finding says, by the key of its sums."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        self._numbers: dict[Part, pl.Series] = {}
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
            every = range(prod(self._sizes))
            return Said(self._whole, is_whole=True, places=keys, keys=every)
        known = keys.unique().sort()
        places = known.search_sorted(keys)
        return Said(self._table(known), is_whole=False, places=places, keys=known)

    def numbers(self, part: Part, said: Said) -> pl.Series:
        """Return for each row what its score adds to another."""
        numbers = self._numbers.get(part)
        if numbers is None:
            exact = (self.finding.exact(*self._digits(key)) for key in said.keys)
            numbers = pl.Series([part.number(one) for one in exact], dtype=pl.UInt64)
        if said.is_whole:
            self._numbers[part] = numbers
        return numbers[said.places]

    def _table(self, keys: Sequence[int] | pl.Series) -> pl.DataFrame:
        rows = [self._cells(*self._digits(key)) for key in keys]
        return pl.DataFrame(rows, schema=self._schema, orient="row")

    def _digits(self, key: int) -> Iterator[int]:
        for size in self._sizes:
            key, digit = divmod(key, size)
            yield digit
