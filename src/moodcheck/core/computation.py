"""How the score of a scale is computed: in whole numbers, with one division at the very end.

    score = (total * times + divisor * plus) / (divisor * over)

`total` is what the members come to. All that a questionnaire says of a scale is in the three
constants: weights, multiplying, rescaling. No number on the way is too large for a double to hold
exactly, so every engine divides the same two numbers, and has the same result to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

LARGEST = 10**15
"""No number that is computed with is larger."""


@dataclass(frozen=True, slots=True)
class Term:
    """An item, or another scale, whose value adds points to a scale."""

    name: str
    is_scale: bool
    unit: int
    """Its values are whole numbers of this part of one: 1 for an item, 3 for thirds."""
    low: int
    high: int
    """The lowest and the highest value, in its unit."""
    factor: int
    """The points of each unit; for a count, those of a value that counts."""
    is_reversed: bool
    at_least: int | None
    """For a count: from which value on it counts, in its unit."""

    def points(self, value: int) -> int:
        """Return what a value, in its unit, adds to the total."""
        if self.is_reversed:
            value = self.low + self.high - value
        return self.factor * (value if self.at_least is None else int(value >= self.at_least))

    @property
    def identity(self) -> tuple[object, ...]:
        """What it is apart from the values that there are."""
        return self.name, self.is_scale, self.factor, self.is_reversed, self.at_least

    @property
    def span(self) -> tuple[int, int]:
        """The fewest and the most points that it may add."""
        values = (self.low, self.high) if self.at_least is None else (0, 1)
        low, high = sorted(self.factor * value for value in values)
        return low, high


Member = tuple[Term, ...]
"""What counts as one: a term, or alternatives, of which the highest points count."""


def span_of(member: Member) -> tuple[int, int]:
    """Return the fewest and the most points that a member may add."""
    lows, highs = zip(*(term.span for term in member), strict=True)
    return min(lows), max(highs)


@dataclass(frozen=True, slots=True)
class Computation:
    """How the score of one scale is computed."""

    method: Literal["sum", "mean", "count", "maximum"]
    members: tuple[Member, ...]
    most_unanswered: int
    """How many of them may be unanswered before there is no score."""
    rounds: bool
    """Whether the total is first completed, and rounded: see `prorated`."""
    is_divided: bool
    """Whether the divisor is how many members are answered; else it is 1."""
    times: int
    plus: int
    over: int
    low: Fraction
    high: Fraction
    """The lowest and the highest score."""
    unit: int
    """Every score is a whole number of this part of one."""
    is_double: bool
    """Whether scores are doubles; else each is a whole number."""

    @property
    def of(self) -> int:
        """How many members there are."""
        return len(self.members)

    @property
    def extremes(self) -> tuple[int | float, int | float]:
        """The lowest and the highest score, whole numbers where they are that."""
        return whole_or_double(self.low), whole_or_double(self.high)

    def total(self, points: list[int]) -> int:
        """Return what the points of the answered members come to, at least one."""
        return max(points) if self.method == "maximum" else sum(points)

    def exact(self, total: int, answered: int) -> Fraction:
        """Return the score of a total of so many members, as the fraction that it is."""
        if self.rounds:
            total = prorated(total, answered=answered, of=self.of)
        divisor = answered if self.is_divided else 1
        return Fraction(total * self.times + divisor * self.plus, divisor * self.over)

    def score(self, exact: Fraction) -> int | float:
        """Return a score in its type."""
        return exact.numerator / exact.denominator if self.is_double else exact.numerator

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for two scales that make the same scores of the same values."""
        members = frozenset(frozenset(term.identity for term in one) for one in self.members)
        how = (self.method, self.most_unanswered, self.rounds, self.is_divided)
        return (*how, members, self.times, self.plus, self.over, self.is_double)


def whole_or_double(exact: Fraction) -> int | float:
    """Return a whole number where a fraction is one, else the nearest double."""
    return exact.numerator if exact.denominator == 1 else exact.numerator / exact.denominator


def prorated(total: int, *, answered: int, of: int) -> int:
    """Return the sum that all `of` members would have at the average of those answered.

    Integer arithmetic; half rounds up. Equals `total` when every member is answered.
    """
    return (2 * total * of + answered) // (2 * answered)
