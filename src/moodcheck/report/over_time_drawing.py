"""Values over time drawn by Rich: a row for each, a dated column for each sitting, shaded cells.

A cell has its number in it, so that nobody needs to tell one shade from another. An interval that
is longer than usual is a gap between the columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING

from rich.table import Table as Grid
from rich.text import Text

from moodcheck.report.over_time import NO_VALUE, OverTime, Point, Values
from moodcheck.report.times import day
from moodcheck.report.wrapping import wrapped
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from rich.console import RenderableType

_SIGNS = " ░▒▓"
"""From the lightest shade to the darkest."""
_LABEL_CELLS = 26
_NARROWEST_CELL = 4
_ROOM_FOR_LABELS = 56
"""In a narrower window a label stands above its values."""

_WIDEST_GAP = 3
"""How many columns of sittings a gap takes at most; the dates say how long it was."""


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a sitting is drawn."""

    position: int
    """Which sitting it is."""
    gap: int
    """How many cells stay empty before it."""


def drawn_over_time(block: OverTime, width: int) -> Iterator[RenderableType]:
    """Yield the sittings that fit beside each other, the newest last; all of them if it is whole.

    Those that do not fit follow below in strips, the newer ones first.
    """
    indent = _LABEL_CELLS if width >= _ROOM_FOR_LABELS else 0
    cell = _width_of_a_cell(block.rows)
    strips = list(_strips(block, max(1, (width - indent) // cell)))
    for strip in strips if block.is_whole else strips[:1]:
        yield from _strip(block, strip, cell, indent, width)
        yield from (Text(wrapped(text, width)) for text in _said_of(block, strip))
    yield Text(wrapped(block.what_signs_mean(), width), "dim")
    if not block.is_whole and (earlier := strips[0][0].position):
        yield Text(wrapped(block.earlier_not_shown(earlier), width))


def _width_of_a_cell(rows: Iterable[Values]) -> int:
    """Return the columns of a cell: its text, a shade on both sides, and one to keep it apart."""
    longest = max((len(_text(point)) for row in rows for point in row.points), default=0)
    return max(_NARROWEST_CELL, longest + 3)


def _text(point: Point) -> str:
    return NO_VALUE if point.value is None else point.text


def _strips(block: OverTime, room: int) -> Iterator[list[_Column]]:
    """Yield the sittings that fit into so many cells, the newest first."""
    days = [sitting.at.toordinal() for sitting in block.sittings]
    apart = [later - one for one, later in pairwise(days)]
    usual = median_low([*filter(lambda length: length > 0, apart)] or [1])
    gaps = [0, *(min(_WIDEST_GAP, max(0, round(length / usual) - 1)) for length in apart)]
    strip: list[_Column] = []
    taken = 0
    for position in reversed(range(len(days))):
        # The gap of a column stands before it, so it is paid for by the one that comes before.
        gap = gaps[position + 1] if strip else 0
        if strip and taken + gap + 1 > room:
            yield strip
            strip, gap, taken = [], 0, 0
        if strip:
            strip[0] = _Column(strip[0].position, gap)
        strip.insert(0, _Column(position, 0))
        taken += gap + 1
    yield strip


def _strip(
    block: OverTime, strip: Sequence[_Column], cell: int, indent: int, width: int
) -> Iterator[RenderableType]:
    days = [block.sittings[column.position].at for column in strip]
    # A number ends a cell before its column does: it has shade on both sides.
    months = [f"{at.strftime('%b')} " for at in days]
    new_months = ["" if month == before else month for before, month in pairwise(["", *months])]
    numbers = [f"{at.day} " for at in days]
    since, until = _("from {day}").format(day=day(days[0])), _("to {day}").format(day=day(days[-1]))
    heads = [_beside(strip, new_months, cell), _beside(strip, numbers, cell)]
    lines = [(row.label, _beside(strip, _cells(row, strip, cell), cell)) for row in block.rows]
    if indent:
        yield _labelled([*zip((since, until), heads, strict=True), *lines], indent)
        return
    yield from (Text(wrapped(f"{since} {until}", width)), *heads)
    for label, values in lines:
        yield from (Text(wrapped(label, width)), values)


def _said_of(block: OverTime, strip: Sequence[_Column]) -> Iterator[str]:
    for column in strip:
        sitting = block.sittings[column.position]
        if sitting.said:
            yield f"{day(sitting.at)}: {sitting.said}"


def _cells(row: Values, strip: Iterable[_Column], cell: int) -> Iterator[str]:
    for column in strip:
        point = row.points[column.position]
        shade, text = _SIGNS[row.shade_of(point)], _text(point)
        yield f" {shade * (cell - 2 - len(text))}{text}{shade}"


def _beside(strip: Iterable[_Column], texts: Iterable[str], cell: int) -> Text:
    beside = zip(strip, texts, strict=True)
    return Text("".join(" " * cell * column.gap + text.rjust(cell) for column, text in beside))


def _labelled(lines: Iterable[tuple[str, Text]], indent: int) -> Grid:
    grid = Grid.grid(padding=0)
    grid.add_column(width=indent, overflow="fold")
    grid.add_column(no_wrap=True)
    for label, values in lines:
        grid.add_row(Text(label), values)
    return grid
