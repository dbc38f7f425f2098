"""Bars and values over time as shapes, for HTML and PDF: where each is drawn, what is said instead.

A picture of values over time is to scale: an interval without a sitting is as wide as it was long.
The numbers stand in a table below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from moodcheck.report.document import Bar
from moodcheck.report.over_time import OverTime, Point, Values
from moodcheck.report.times import day
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

WIDTH, HEIGHT = 240, 84
"""Of the picture of values over time, in units of its own."""

TOP, BOTTOM = 10, 66
LEFT, RIGHT = 22, 220
"""The field in which columns stand; numbers stand around it."""

DATES = 80
"""Where the first and the last date stand."""

_WIDEST_COLUMN, _NARROWEST_COLUMN = 14, 0.5
_SPACE = 0.8
"""Share of the way to the next column that a column fills."""


@dataclass(frozen=True, slots=True)
class Column:
    """One sitting in a picture that has a value there."""

    x: float
    y: float
    width: float
    height: float
    """0 for the lowest value."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through a picture, with the number at its end."""

    y: float
    value: int
    is_mark: bool
    """Whether a published range begins here; else the range of the values ends here."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Sittings that stand side by side in a table."""

    positions: tuple[int, ...]
    """Which, in their order."""
    days: tuple[str, ...]


def share(bar: Bar) -> float | None:
    """Return how much of its range a bar fills, in percent; None where nothing is drawn."""
    if bar.value is None or bar.highest == bar.lowest:
        return None
    return _rounded(100 * (bar.value - bar.lowest) / (bar.highest - bar.lowest))


def bar_words(bar: Bar) -> str:
    """Return what is said in place of a bar."""
    said = _("{value}, from {lowest} to {highest}")
    return said.format(value=bar.value, lowest=bar.lowest, highest=bar.highest)


def values_words(block: OverTime, row: Values) -> str:
    """Return what is said in place of a picture of values over time."""
    said = _("{label}, from {first} to {last}: a column for each value between {low} and {high}.")
    return said.format(
        label=row.label,
        first=day(block.sittings[0].at),
        last=day(block.sittings[-1].at),
        low=row.lowest,
        high=row.highest,
    )


def columns(block: OverTime) -> Iterator[list[Column]]:
    """Yield for each row a column for each sitting that has a value, in their order."""
    # A day is the least: sittings of one day stand beside each other, not in each other's place.
    apart = [max(1, (later.at - one.at).days) for one, later in pairwise(block.sittings)]
    most = min(_WIDEST_COLUMN, (RIGHT - LEFT) / len(block.sittings))
    scale = (RIGHT - LEFT - most) / max(1, sum(apart))
    closest = scale * min(apart, default=1) * _SPACE
    width = _rounded(max(_NARROWEST_COLUMN, min(most, closest)))
    places = [_rounded(LEFT + scale * days) for days in accumulate([0, *apart])]
    for row in block.rows:
        heights = (_height_of(row, point) for point in row.points)
        yield [
            Column(x, y, width, _rounded(BOTTOM - y))
            for x, y in zip(places, heights, strict=True)
            if y is not None
        ]


def lines(row: Values) -> Iterator[Line]:
    """Yield the ends of the range, then where published ranges begin."""
    for value in (row.lowest, row.highest, *row.marks):
        y = _height_of(row, Point(str(value), value))
        yield Line(BOTTOM if y is None else y, value, is_mark=value in row.marks)


def strips(block: OverTime, at_once: int) -> list[Strip]:
    """Return which sittings stand in which table, the newest first.

    Those are all of them, or one table of the newest where the block is not whole.
    """
    ends = range(len(block.sittings), 0, -at_once)
    found = [range(max(0, end - at_once), end) for end in ends]
    return [
        Strip(tuple(one), tuple(day(block.sittings[position].at) for position in one))
        for one in (found if block.is_whole else found[:1])
    ]


def legend(block: OverTime, at_once: int) -> list[str]:
    """Return what has to be known of the tables of values over time, of single sittings too."""
    said = [block.what_signs_mean()]
    earlier = len(block.sittings) - at_once
    if earlier > 0 and not block.is_whole:
        left = ngettext(
            "The numbers of {count} earlier sitting are not in the table.",
            "The numbers of {count} earlier sittings are not in the table.",
            earlier,
        )
        said += [left.format(count=earlier), *filter(None, (block.how_to_see_all,))]
    known = [f"{day(one.at)}: {one.said}" for one in block.sittings if one.said]
    return [*known, " ".join(said)]


def _height_of(row: Values, point: Point) -> float | None:
    part = row.share_of(point)
    return None if part is None else _rounded(BOTTOM - part * (BOTTOM - TOP))


def _rounded(number: float) -> float:
    # Beyond this no screen shows a difference, and 300 columns would fill pages of digits.
    return round(number, 3)
