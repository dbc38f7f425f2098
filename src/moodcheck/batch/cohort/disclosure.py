"""What is shown: nothing of few rows, and nothing that gives few rows away by subtraction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moodcheck.batch.cohort.sums import Groups, Sums

USUAL_LEAST = 10
"""Rows that a number is of at least to be shown."""


class Of(Enum):
    """What numbers are of, each of other rows."""

    ANSWERED = auto()
    """Those in which an item is answered."""
    SCORED = auto()
    """Those in which a scale has a score."""
    COMPLETE = auto()
    """Those among them in which all of its items are answered."""


Withheld = frozenset[tuple[Of, str]]
"""What is not shown of some rows: by the id of the item, or of the scale."""


def hidden_groups(
    rows: Mapping[str, int], least: int, already: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the names of the groups of which a number is not shown.

    Those are all in which it is of fewer than `least` rows. Whoever subtracts the shown groups from
    all rows finds what the hidden ones come to together, so these have at least so many rows, and
    so are at least two: where they would not, the next smallest is hidden as well. No rows at all
    give nobody away.

    Args:
        rows: how many each group has that the number is of.
        least: how many these have to be, from 1 on.
        already: groups that are hidden for another reason.
    """
    smallest_first = sorted((name for name in rows if rows[name]), key=lambda it: (rows[it], it))
    hidden = [*already, *(it for it in smallest_first if rows[it] < least and it not in already)]
    for name in smallest_first:
        if not 0 < sum(rows[one] for one in hidden) < least:
            break
        if name not in hidden:
            hidden.append(name)
    return frozenset(hidden)


def withheld(groups: Groups, least: int, hidden: frozenset[str]) -> dict[str, Withheld]:
    """Return for each group what is not shown of it.

    Scores of complete rows are not shown either where they leave few others with a score.

    Args:
        groups: what is counted of each.
        least: of fewer rows than that no number is.
        hidden: groups of which nothing is shown.
    """
    counted = {name: _rows(sums) for name, sums in groups.items()}
    found: dict[str, set[tuple[Of, str]]] = {name: set() for name in groups}

    def hide(what: tuple[Of, str], of: Mapping[str, int], also: frozenset[str]) -> frozenset[str]:
        names = hidden_groups(of, least, also)
        for name in names:
            found[name].add(what)
        return names

    for what in {what for rows in counted.values() for what in rows}:
        kind, name = what
        if kind is Of.COMPLETE:
            continue
        here = {group: rows[what] for group, rows in counted.items()}
        names = hide(what, here, hidden)
        if kind is Of.SCORED:
            of_complete = (Of.COMPLETE, name)
            complete = {group: rows[of_complete] for group, rows in counted.items()}
            left = {group: here[group] - complete[group] for group in counted}
            names = hide(of_complete, left, names)
            hide(of_complete, complete, names)
    return {name: frozenset(several) for name, several in found.items()}


def _rows(sums: Sums) -> Counter[tuple[Of, str]]:
    rows: Counter[tuple[Of, str]] = Counter()
    for (item, _value), times in sums.values.items():
        rows[Of.ANSWERED, item] += times
    for (scale, score, is_complete), times in sums.scores.items():
        if score is not None:
            rows[Of.SCORED, scale] += times
            if is_complete:
                rows[Of.COMPLETE, scale] += times
    return rows
