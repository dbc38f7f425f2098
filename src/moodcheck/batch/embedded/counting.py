"""What is known of rows, added up part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import floor
from typing import TYPE_CHECKING, TypeVar

import polars as pl

from moodcheck.batch.code_doubts import code_doubts
from moodcheck.batch.outcome import Distribution, RejectReason, RowCounts

if TYPE_CHECKING:
    from moodcheck.batch.plan import Plan
    from moodcheck.core.administration import Unanswered


_Counted = TypeVar("_Counted")


def _add(counts: dict[_Counted, int], more: Mapping[_Counted, int]) -> None:
    for counted, count in more.items():
        counts[counted] = counts.get(counted, 0) + count


def _by_item(counts: Mapping[tuple[str, int], int]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for (item, value), count in counts.items():
        found.setdefault(item, {})[value] = count
    return found


@dataclass(slots=True, kw_only=True)
class Tally:
    """What is known of some of the rows."""

    scored: int = 0
    blank_lines: int = 0
    left_out: int = 0
    unopened: int = 0
    unfinished: int = 0
    other_resources: int = 0
    rejected: dict[RejectReason, int] = field(default_factory=dict)
    alerts: int = 0
    known_ids: dict[str, int] = field(default_factory=dict)
    """An id that an earlier file of alerts has → rows."""
    known_alerts: int = 0
    doubtful_alerts: int = 0
    critical_unanswered: int = 0
    unanswered: dict[tuple[str, Unanswered], int] = field(default_factory=dict)
    values: dict[tuple[str, int], int] = field(default_factory=dict)
    """Item and the value of an option → rows that have cells."""
    outside: dict[tuple[str, int], int] = field(default_factory=dict)
    """Item and a number just outside its options → rows."""
    scores: dict[str, dict[int | None, int]] = field(default_factory=dict)
    """By scale: the whole number below a score → rows."""
    altered_cells: int = 0
    whole_floats: int = 0
    ids: list[pl.Series] = field(default_factory=list)
    """A number for every id, equal where the ids are."""

    def add_scores(self, scale: str, scores: Iterable[tuple[float | None, int]]) -> None:
        """Count the scores of a scale: each, and in how many rows."""
        found = self.scores.setdefault(scale, {})
        for score, count in scores:
            whole = None if score is None else floor(score)
            found[whole] = found.get(whole, 0) + count

    def add(self, other: Tally) -> None:
        """Add what is known of other rows."""
        self.scored += other.scored
        self.blank_lines += other.blank_lines
        self.left_out += other.left_out
        self.unopened += other.unopened
        self.unfinished += other.unfinished
        self.other_resources += other.other_resources
        self.alerts += other.alerts
        self.critical_unanswered += other.critical_unanswered
        self.altered_cells += other.altered_cells
        self.whole_floats += other.whole_floats
        self.ids += other.ids
        _add(self.rejected, other.rejected)
        _add(self.unanswered, other.unanswered)
        _add(self.known_ids, other.known_ids)
        _add(self.values, other.values)
        _add(self.outside, other.outside)
        for scale, counts in other.scores.items():
            _add(self.scores.setdefault(scale, {}), counts)

    def row_counts(self, plan: Plan, *, alert_ids: tuple[str, ...], checks_ids: bool) -> RowCounts:
        """Return what is known of all rows."""
        unanswered: dict[str, dict[Unanswered, int]] = {item: {} for item in plan.codings}
        for (item, reason), count in self.unanswered.items():
            if count:
                unanswered[item][reason] = count
        values = _by_item(self.values)
        order = [*RejectReason]
        return RowCounts(
            read=self.scored + sum(self.rejected.values()) + self.left_out,
            scored=self.scored,
            blank_lines=self.blank_lines,
            left_out=self.left_out,
            unopened=self.unopened,
            unfinished=self.unfinished,
            other_resources=self.other_resources,
            rejected=dict(sorted(self.rejected.items(), key=lambda one: order.index(one[0]))),
            alerts=self.alerts,
            known_alerts=self.known_alerts,
            doubtful_alerts=self.doubtful_alerts,
            alert_ids=alert_ids,
            critical_unanswered=self.critical_unanswered,
            unanswered=unanswered,
            values=values,
            code_doubts=tuple(code_doubts(plan, values, _by_item(self.outside))),
            distributions=self._distributions(plan),
            absent_conditions=plan.reading.absent_conditions,
            unread_columns=plan.reading.unread,
            found_columns=plan.reading.found,
            altered_cells=self.altered_cells,
            whole_floats=self.whole_floats,
            duplicate_ids=self._duplicate_ids() if checks_ids else None,
        )

    def _duplicate_ids(self) -> int:
        if not self.ids:
            return 0
        every = pl.concat(self.ids)
        return len(every) - every.n_unique()

    def _distributions(self, plan: Plan) -> dict[str, Distribution]:
        found = {}
        for scale in plan.questionnaire.scales:
            counts = self.scores.get(scale.id, {})
            known = {score: count for score, count in counts.items() if score is not None}
            extremes = plan.questionnaire.range_of(scale)
            found[scale.id] = Distribution.of(scale, extremes, known, counts.get(None, 0))
        return found
