"""Which groups are shown: none of few rows, and none that gives away another by subtraction."""

from __future__ import annotations

from collections.abc import Mapping

USUAL_LEAST = 10
"""Rows that a group has at least to be shown."""


def hidden_groups(rows: Mapping[str, int], least: int) -> frozenset[str]:
    """Return the names of the groups that are not shown.

    Those are all with fewer than `least` rows. Whoever subtracts the shown groups from all rows
    finds what the hidden ones come to together, so these have at least so many rows, and so are at
    least two: where they would not, the next smallest is hidden as well.

    Args:
        rows: how many each group has.
        least: how many a group has to have, from 1 on.
    """
    smallest_first = sorted(rows, key=lambda name: (rows[name], name))
    hidden = [name for name in smallest_first if rows[name] < least]
    for name in smallest_first[len(hidden) :]:
        if not hidden or sum(rows[one] for one in hidden) >= least:
            break
        hidden.append(name)
    return frozenset(hidden)
