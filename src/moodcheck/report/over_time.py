"""The block of a document that shows values over time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from moodcheck.report.document import Block
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

SHADES = 3

NO_VALUE = "–"
"""Drawn where there is no value."""


@dataclass(frozen=True, slots=True)
class Sitting(Block):
    """When answers were given, and what is to be known of that."""

    at: date
    said: str = ""


@dataclass(frozen=True, slots=True)
class Point(Block):
    """What something was at one sitting."""

    text: str
    """The value, or why there is none, for which a drawing may have a sign."""
    value: float | None
    """None where there is none."""


@dataclass(frozen=True, slots=True)
class Values(Block):
    """A value over time: a point for each sitting, in their order."""

    label: str
    points: tuple[Point, ...]
    lowest: int
    highest: int
    marks: tuple[int, ...] = ()
    """Where a published range begins, but for the lowest."""

    def share_of(self, point: Point) -> float | None:
        """Return where in the range a point lies, from 0 to 1; None where it has no value."""
        if point.value is None:
            return None
        return (point.value - self.lowest) / max(1, self.highest - self.lowest)

    def shade_of(self, point: Point) -> int:
        """Return how dark a point is drawn: 0 for the lowest value or none, else 1 to `SHADES`."""
        return math.ceil((self.share_of(point) or 0) * SHADES)


@dataclass(frozen=True, slots=True)
class OverTime(Block):
    """Several values over the same sittings; at least one of each."""

    is_of_an_outcome = True

    sittings: tuple[Sitting, ...]
    """In their order, the newest last."""
    rows: tuple[Values, ...]
    is_whole: bool = False
    """Whether every sitting is shown; else as many of the newest as one screen has room for."""
    how_to_see_all: str = ""
    """Said where not every sitting is shown."""

    def what_signs_mean(self) -> str:
        """Return what has to be known of cells that are shaded, and of `NO_VALUE` among them."""
        said = [_("The darker a cell, the higher its number.")]
        if any(point.value is None for row in self.rows for point in row.points):
            said.append(_("{sign} stands for no answer or no score.").format(sign=NO_VALUE))
        return " ".join(said)

    def earlier_not_shown(self, count: int) -> str:
        """Return that so many sittings are not shown, and how to see them."""
        said = ngettext(
            "{count} earlier sitting is not shown here.",
            "{count} earlier sittings are not shown here.",
            count,
        )
        return f"{said.format(count=count)} {self.how_to_see_all}".strip()
