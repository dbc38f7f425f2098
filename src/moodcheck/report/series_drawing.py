"""Series drawn by Rich: columns of blocks over their numbers, and values side by side.

Where more sittings are shown than fit beside each other, they are drawn in strips.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.table import Table as Grid
from rich.text import Text

from moodcheck.report.document import Series, SideBySide, Values
from moodcheck.report.wrapping import wrapped
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from rich.console import RenderableType

GAP = "–"
"""Stands where there is no value."""

_HEIGHT = 6
_LABEL_CELLS = 26
_NARROWEST_CELL = 4
_ROOM_FOR_LABELS = 56
"""In a narrower window a label stands above its values."""

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_FULL = 8
_AT_THE_BOTTOM = "▁"


def what_a_gap_means() -> str:
    """Return what `GAP` stands for, to be said once below what was drawn."""
    return _("{gap} stands for no answer or no score.").format(gap=GAP)


def has_gap(rows: Iterable[Values]) -> bool:
    """Return whether `GAP` stands in a drawing of the values."""
    return any(point.value is None for row in rows for point in row.points)


def columns(series: Series, width: int) -> Iterator[RenderableType]:
    """Yield the picture of a series, each column over its number."""
    axis = max(len(str(end)) for end in (series.lowest, series.highest)) + 2
    indent = max(_indent(width), axis)
    marks = {_row_of_score(series, score): score for score in series.marks}
    ends = {_HEIGHT - 1: series.highest, 0: series.lowest}
    for these, cell in _strips([series], width - indent):
        heights = [_height(series, position) for position in these]
        drawn = rows(heights, height=_HEIGHT, cell=cell, marked=marks)
        for row, blocks in zip(reversed(range(_HEIGHT)), drawn, strict=True):
            mark = str(marks.get(row, ends.get(row, "")))
            yield Text.assemble((f"{mark:>{indent - 1}}│", "dim"), blocks)
        yield Text(" " * indent + _beside((_figure(series, i) for i in these), cell))


def side_by_side(block: SideBySide, width: int) -> Iterator[RenderableType]:
    """Yield several values in lines, under the numbers of the sittings."""
    indent = _indent(width)
    for these, cell in _strips(block.rows, width - indent):
        positions = Text(_beside((str(i + 1) for i in these), cell), "dim")
        lines = [
            (row.label, Text(_beside((_figure(row, i) for i in these), cell))) for row in block.rows
        ]
        if indent:
            yield _labelled([("", positions), *lines], indent)
            continue
        yield positions
        for label, values in lines:
            yield from (Text(wrapped(label, width)), values)


def rows(
    heights: Sequence[float | None], *, height: int, cell: int, marked: Iterable[int] = ()
) -> list[str]:
    """Return the rows of a picture, the highest first, each `len(heights) * cell` wide.

    Args:
        heights: for each sitting, from 0 (the lowest score) to 1 (the highest); None for a gap.
        height: how many rows.
        cell: columns for each sitting; the picture takes all but the first of them.
        marked: rows, counted from the bottom, through which a dotted line goes.
    """
    filled = [None if part is None else round(part * height * _FULL) for part in heights]
    dotted = set(marked)
    return [
        "".join(_cell(eighths, row, cell, is_dotted=row in dotted) for eighths in filled)
        for row in reversed(range(height))
    ]


def row_of(part: float, *, height: int) -> int:
    """Return the row, from the bottom, in which a height from 0 to 1 ends."""
    return min(int(part * height), height - 1)


def _cell(eighths: int | None, row: int, cell: int, *, is_dotted: bool) -> str:
    empty = "╌" if is_dotted else " "
    here = 0 if eighths is None else min(max(eighths - row * _FULL, 0), _FULL)
    char = _EIGHTHS[here] if here else empty
    if eighths == 0 and row == 0:
        char = _AT_THE_BOTTOM
    return empty + char * (cell - 1)


def _indent(width: int) -> int:
    return _LABEL_CELLS if width >= _ROOM_FOR_LABELS else 0


def _strips(shown: Sequence[Values], room: int) -> Iterator[tuple[range, int]]:
    """Yield the positions that fit side by side, and how many cells each of them has."""
    count = len(shown[0].points)
    figures = [_figure(one, i) for one in shown for i in range(count)]
    cell = max(_NARROWEST_CELL, 1 + max(map(len, figures), default=0))
    at_once = max(1, room // cell)
    for start in range(0, count, at_once):
        yield range(start, min(start + at_once, count)), cell


def _labelled(lines: Iterable[tuple[str, Text]], indent: int) -> Grid:
    grid = Grid.grid(padding=0)
    grid.add_column(width=indent, overflow="fold")
    grid.add_column(no_wrap=True)
    for label, values in lines:
        grid.add_row(Text(label), values)
    return grid


def _beside(texts: Iterable[str], cell: int) -> str:
    return "".join(f"{text:>{cell}}" for text in texts)


def _figure(shown: Values, position: int) -> str:
    point = shown.points[position]
    return GAP if point.value is None else point.text


def _height(series: Series, position: int) -> float | None:
    value = series.points[position].value
    if value is None or series.highest == series.lowest:
        return None
    return _share(series, value)


def _row_of_score(series: Series, score: int) -> int:
    return row_of(_share(series, score), height=_HEIGHT)


def _share(series: Series, score: float) -> float:
    return (score - series.lowest) / max(series.highest - series.lowest, 1)
