"""Columns of blocks, one for each sitting, standing over their numbers. A gap is no column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_FULL = 8
_AT_THE_BOTTOM = "▁"


def rows(
    heights: Sequence[float | None], *, height: int, cell: int, marked: Iterable[int] = ()
) -> list[str]:
    """Return the rows of the picture, the highest first, each `len(heights) * cell` wide.

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
