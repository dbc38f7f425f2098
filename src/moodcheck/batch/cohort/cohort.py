"""A cohort: what may be shown of many rows at once, and of groups of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from moodcheck.batch.cohort.disclosure import hidden_groups, withheld
from moodcheck.batch.cohort.figures import Figures, figures
from moodcheck.batch.cohort.sums import ALL, Sums

if TYPE_CHECKING:
    from moodcheck.batch.cohort.sums import Groups
    from moodcheck.batch.outcome import RowCounts
    from moodcheck.batch.plan import Plan


@dataclass(frozen=True, slots=True)
class Cohort:
    """What may be shown of many rows. It is about rows, never about a person.

    None of it is a diagnosis. moodcheck tells no one of an alert: where `counts.alerts` is above 0,
    score the same rows, and see to it that somebody who can help reads the alerts.
    """

    questionnaire: str
    """Its id."""
    version: str
    title: str
    counts: RowCounts
    """What became of every record. No figure below has one that was rejected."""
    least: int
    """No number is of fewer rows."""
    whole: Figures | None
    """All rows together; None where they are too few."""
    by: str | None
    """The column that tells groups apart."""
    groups: Mapping[str, Figures]
    """What stands in that column → its rows, sorted; `""` for blank."""
    hidden_groups: int
    """How many groups are not shown, because they are too small or would give one away that is."""
    hidden_rows: int
    """How many rows these have together."""


def cohort(plan: Plan, counts: RowCounts, groups: Groups, *, by: str | None, least: int) -> Cohort:
    """Return what may be shown of rows that were counted.

    Args:
        plan: how they were read.
        counts: what became of every record.
        groups: what was counted of the others than the rejected, by group.
        by: the column that tells groups apart; without one there is a single group.
        least: of fewer rows than that nothing is shown.
    """
    every = Sums()
    for sums in groups.values():
        every.add(sums)
    sizes = {name: sums.rows for name, sums in groups.items()} if by is not None else {}
    hidden = hidden_groups(sizes, least)
    asked = plan.questionnaire
    kept = withheld(groups, least, hidden)
    unread = tuple(name for name in counts.unread_columns if name != by)
    return Cohort(
        asked.id,
        asked.version,
        asked.title,
        replace(counts, unread_columns=unread),
        least,
        figures(plan, every, withheld({ALL: every}, least, frozenset())[ALL])
        if every.rows >= least
        else None,
        by,
        {name: figures(plan, groups[name], kept[name]) for name in sorted({*sizes} - hidden)},
        len(hidden),
        sum(sizes[name] for name in hidden),
    )
