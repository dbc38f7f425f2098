"""Codes of answers → for each row the sums that a finding follows from, as digits of one number.

The codes of a few items together stand for one number, in whose digits lies what they add to each
sum. So a row takes one addition for these items, whatever the number of scales.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from math import prod
from operator import add
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.plan import code_column
from moodcheck.batch.sums import Alternatives, Numbers

if TYPE_CHECKING:
    from moodcheck.batch.plan import Plan
    from moodcheck.batch.sums import Finding, Sum

_LARGEST_WORD = 2**32

_MOST_TOGETHER = 4_096
"""Of so many ways to answer some items, each is looked up quickly; of more, it is not."""

_Source = str | Alternatives
"""An item, or alternatives."""


@dataclass(slots=True)
class _Word:
    """A number a row, in whose digits lie several sums."""

    name: str
    is_highest: bool = False
    """What is added to it is not added up: the highest counts. Then it has one digit."""
    size: int = 1
    added: dict[_Source, dict[int, int]] = field(default_factory=dict)
    parts: list[tuple[str, int]] = field(default_factory=list)
    """Columns of numbers that are added, and the place of each."""

    def fits(self, one: Sum) -> bool:
        """Return whether a sum can be one more digit."""
        is_alone = self.is_highest or one.is_highest
        return not is_alone and self.size * (one.largest + 1) <= _LARGEST_WORD

    def with_digit(self, one: Sum, parts: Iterator[str]) -> pl.Expr:
        """Give a sum its place, and return what reads it."""
        digit = self.digit(self.size, one.largest + 1)
        for source, codes in one.added.items():
            added = self.added.setdefault(source, {})
            for code, adds in codes.items():
                added[code] = added.get(code, 0) + adds * self.size
        self.parts += [(column, self.size) for column in parts]
        self.size *= one.largest + 1
        return digit if one.size > one.largest else digit.clip(upper_bound=one.size - 1)

    def digit(self, place: int, base: int) -> pl.Expr:
        word = pl.col(self.name)
        return (word // place if place > 1 else word) % base

    @property
    def kind(self) -> type[pl.UInt32 | pl.UInt64]:
        """The narrowest type in which it can be added up."""
        return pl.UInt32 if self.size <= _LARGEST_WORD else pl.UInt64


class Words:
    """Of some findings, the sums of each row."""

    def __init__(self, plan: Plan, every: Mapping[int, Finding]) -> None:
        """Read sums of these findings, each under its number."""
        self.findings = tuple(every)
        self._plan = plan
        self._words: list[_Word] = []
        self._keys = [self._key(at, one).alias(f"key_{at}") for at, one in every.items()]
        self._groups = self._grouped()
        self._places = [
            self._place(sources).alias(f"place_{at}") for at, sources in enumerate(self._groups)
        ]
        self._sums = [self._sum(word).alias(word.name) for word in self._words]

    def keys(self, codes: pl.DataFrame) -> list[pl.Series]:
        """Return for each finding the place in its table of what it says: its sums, as digits.

        Args:
            codes: a row for each row; beside the codes it has the numbers of `part_column`.
        """
        placed = codes.lazy().with_columns(self._places)
        return placed.select(self._sums).select(self._keys).collect().get_columns()

    def _key(self, at: int, finding: Finding) -> pl.Expr:
        digits = []
        places = []
        for number, one in enumerate(finding.sums):
            if not self._words or not self._words[-1].fits(one):
                self._words.append(_Word(f"word_{len(self._words)}", one.is_highest))
            word = self._words[-1]
            places.append(word.size)
            columns = (part_column(at, number, place) for place in range(len(one.parts)))
            digits.append(word.with_digit(one, columns))
        sizes = [one.size for one in finding.sums]
        if word.size == places[0] * prod(sizes):  # none is cut, and they stand side by side
            return word.digit(places[0], prod(sizes))
        if prod(sizes) > _LARGEST_WORD:
            digits = [digit.cast(pl.UInt64) for digit in digits]
        placed = [
            digit * prod(sizes[:place])
            for place, digit in enumerate(digits)
            if sizes[place] > 1 or not place
        ]
        return reduce(add, placed)

    def _grouped(self) -> list[list[_Source]]:
        """Return all that is added, in groups that are each looked up at once."""
        groups: list[list[_Source]] = []
        for source in dict.fromkeys(one for word in self._words for one in word.added):
            if groups and prod(map(self._size, [*groups[-1], source])) <= _MOST_TOGETHER:
                groups[-1].append(source)
            else:
                groups.append([source])
        return groups

    def _sum(self, word: _Word) -> pl.Expr:
        terms = [pl.col(column).cast(word.kind) * place for column, place in word.parts]
        joined = max if word.is_highest else add
        for at, sources in enumerate(self._groups):
            if word.added.keys().isdisjoint(sources):
                continue
            numbers = [0]
            for source in sources:
                more = self._numbers(source, word.added.get(source, {}))
                numbers = [joined(one, other) for one in numbers for other in more]
            terms.append(pl.lit(pl.Series(numbers, dtype=word.kind)).gather(pl.col(f"place_{at}")))
        if not terms:
            return pl.lit(0, word.kind)
        return pl.max_horizontal(terms) if word.is_highest else reduce(add, terms)

    def _place(self, sources: Sequence[_Source]) -> pl.Expr:
        """Return where in `_numbers` of each source, one inside the other, a row has its own."""
        first, *others = sources
        place = self._place_of(first)
        for source in others:
            place = place * self._size(source) + self._place_of(source)
        return place

    def _place_of(self, source: _Source) -> pl.Expr:
        if isinstance(source, Alternatives):
            return pl.max_horizontal(
                pl.lit(pl.Series(self._numbers(item, ranks), dtype=pl.UInt32)).gather(
                    self._place_of(item)
                )
                for item, ranks in source.ranks.items()
            )
        codes = pl.col(code_column(source))
        if lowest := self._lowest(source):
            codes = codes.cast(pl.Int16) - lowest
        # No code is negative then: to make sure of that once more takes half of the time.
        return codes.cast(pl.UInt32, wrap_numerical=True)

    def _size(self, source: _Source) -> int:
        return len(self._numbers(source, {}))

    def _numbers(self, source: _Source, added: Numbers) -> list[int]:
        """Return what is added by each code from the lowest on."""
        if isinstance(source, Alternatives):
            highest = source.highest
        else:
            highest = max(self._plan.codings[source].codes)
        return [added.get(code, 0) for code in range(self._lowest(source), highest + 1)]

    def _lowest(self, source: _Source) -> int:
        return 0 if isinstance(source, Alternatives) else min(*self._plan.codings[source].codes, 0)


def part_column(finding: int, number: int, part: int) -> str:
    """Return what the column is called with what a part adds to one of a finding's sums."""
    return f"part_{finding}_{number}_{part}"
