"""How often the scores of a scale occur, as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.report.document import Bar, Bars
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.batch.outcome import Distribution

_MOST_RANGES = 10
"""Into how many ranges the scores of a scale are put, so that they fit on a screen."""


def distribution_bars(shown: Distribution) -> Bars:
    """Return a bar for each range of scores, and one for the rows without a score."""
    ranges = score_ranges(shown)
    most = max(ranges.values()) or 1
    bars = [Bar(_range(scores), f"{rows:,}", rows, 0, most) for scores, rows in ranges.items()]
    if shown.not_scored:
        bars.append(Bar(_("no score"), f"{shown.not_scored:,}", None, 0, most))
    return Bars(tuple(bars), are_counts=True)


def score_ranges(shown: Distribution) -> dict[range, int]:
    """Return how many rows have a score in each range, from the lowest possible score on.

    The ranges are equally wide, save that the last ends with the highest possible score.
    """
    width = -(-(shown.maximum - shown.minimum + 1) // _MOST_RANGES)
    starts = range(shown.minimum, shown.maximum + 1, width)
    rows = {range(low, min(low + width, shown.maximum + 1)): 0 for low in starts}
    every = list(rows)
    for score, count in shown.counts.items():
        rows[every[(score - shown.minimum) // width]] += count
    return rows


def _range(scores: range) -> str:
    if len(scores) == 1:
        return str(scores[0])
    return _("{low} to {high}").format(low=scores[0], high=scores[-1])
