"""Codes of answers → for each row the sums that a finding follows from, as digits of one number.

Every code of an item stands for one number, in whose digits lies what it adds to each sum. So a row
takes one addition an item, whatever the number of scales.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


@dataclass(slots=True)
class _Word:
    """A number a row, in whose digits lie several sums."""

    name: str
    is_highest: bool = False
    """What is added to it is not added up: the highest counts. Then it has one digit."""
    size: int = 1
    added: dict[str | Alternatives, dict[int, int]] = field(default_factory=dict)
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
        self._sums = [self._sum(word).alias(word.name) for word in self._words]

    def keys(self, codes: pl.DataFrame) -> list[pl.Series]:
        """Return for each finding the place in its table of what it says: its sums, as digits.

        Args:
            codes: a row for each row; beside the codes it has the numbers of `part_column`.
        """
        return codes.lazy().select(self._sums).select(self._keys).collect().get_columns()

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
        return reduce(add, (digit * prod(sizes[:place]) for place, digit in enumerate(digits)))

    def _sum(self, word: _Word) -> pl.Expr:
        terms = [self._looked_up(source, added, word.kind) for source, added in word.added.items()]
        terms += [pl.col(column).cast(word.kind) * place for column, place in word.parts]
        if word.is_highest and terms:
            return pl.max_horizontal(terms)
        return reduce(add, terms, pl.lit(0, word.kind))

    def _looked_up(
        self, source: str | Alternatives, added: Numbers, kind: type[pl.UInt32 | pl.UInt64]
    ) -> pl.Expr:
        """Return what the codes of an item, or of alternatives, stand for."""
        if isinstance(source, Alternatives):
            place = pl.max_horizontal(
                self._looked_up(item, ranks, pl.UInt32) for item, ranks in source.ranks.items()
            )
            numbers = _numbers(added, 0, source.highest)
            return pl.lit(pl.Series(numbers, dtype=kind)).gather(place)
        codes = self._plan.codings[source].codes
        lowest = min(*codes, 0)
        place = pl.col(code_column(source))
        if lowest:
            place = place.cast(pl.Int16) - lowest
        # No code is negative then: to make sure of that once more takes half of the time.
        place = place.cast(pl.UInt32, wrap_numerical=True)
        numbers = _numbers(added, lowest, max(codes))
        return pl.lit(pl.Series(numbers, dtype=kind)).gather(place)


def part_column(finding: int, number: int, part: int) -> str:
    """Return what the column is called with what a part adds to one of a finding's sums."""
    return f"part_{finding}_{number}_{part}"


def _numbers(added: Numbers, first: int, last: int) -> list[int]:
    return [added.get(code, 0) for code in range(first, last + 1)]
