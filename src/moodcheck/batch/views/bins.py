"""Scores put together in a few ranges, so that a distribution fits on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from moodcheck.batch.outcome import Distribution

MOST_BINS = 10


class Bin(NamedTuple):
    """A range of scores, both ends in it."""

    low: int
    high: int
    rows: int


def bins(shown: Distribution) -> list[Bin]:
    """Return the ranges from the lowest to the highest score that there can be, equally wide."""
    width = -(-(shown.maximum - shown.minimum + 1) // MOST_BINS)
    starts = range(shown.minimum, shown.maximum + 1, width)
    rows = dict.fromkeys(starts, 0)
    for score, count in shown.counts.items():
        rows[shown.minimum + (score - shown.minimum) // width * width] += count
    return [Bin(low, min(low + width - 1, shown.maximum), rows[low]) for low in starts]
