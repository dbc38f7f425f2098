"""A scored frame → what is counted of each group of its rows, on its engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import narwhals as nw

from moodcheck.batch.cohort.engine import MOST_GROUPS, refuse_too_many_groups
from moodcheck.batch.cohort.sums import ALL, Groups, Moment, NoAlpha, Sums, keyed_items
from moodcheck.batch.expressions.cells import all_of, sum_of
from moodcheck.batch.expressions.frame_counts import code, eager
from moodcheck.batch.output_columns import WORKING, score_column, unanswered_column
from moodcheck.batch.plan import Plan, code_column
from moodcheck.errors import BadData, did_you_mean

if TYPE_CHECKING:
    from moodcheck.batch.cohort.sums import Keyed
    from moodcheck.batch.expressions.parts import Parts
    from moodcheck.core.scale import Scale

_GROUP, _ROWS, _TOTAL = f"{WORKING}_group", f"{WORKING}_rows", f"{WORKING}_total"

_LONGEST_NAME = 64


class GroupedFrame:
    """The rows of a frame without a bad answer, and which group each of them is of."""

    def __init__(self, parts: Parts, by: str | None) -> None:
        """Take the rows of a frame, told apart by a column or all together.

        Raises:
            BadData: when there is no such column, or it holds no texts, whole numbers, dates or
                yes and no.
        """
        if by is not None:
            _refuse_column(parts, by)
        self.plan = Plan(parts.questionnaire, parts.reading)
        self._parts = parts
        self._by = by
        group = nw.lit(ALL) if by is None else nw.col(by)
        self._frame = parts.scores().with_columns(group.alias(_GROUP))
        codes = [code(parts, i, one).alias(code_column(i)) for i, one in self.plan.codings.items()]
        # Made once, so that an engine without a planner reads no cell twice.
        self._codes = self._frame.select(_GROUP, *codes)

    def groups(self) -> Groups:
        """Return what is counted of them.

        Raises:
            BadData: when there are more groups than can be shown.
        """
        sizes = self._frame.group_by(_GROUP).agg(nw.len().alias(_ROWS)).head(MOST_GROUPS + 1)
        found = [*eager(sizes).iter_rows()]
        refuse_too_many_groups(found, self._by)
        groups: Groups = {}
        for group, rows in found:
            groups.setdefault(_name(group), Sums()).rows += int(rows)
        if groups:
            for item in self.plan.codings:
                self._count_answers(item, groups)
            for scale in self.plan.questionnaire.scales:
                self._count_scores(scale, groups)
                keyed = keyed_items(self.plan, scale)
                if not isinstance(keyed, NoAlpha):
                    self._add_up(scale, keyed, groups)
        return groups

    def _count_answers(self, item: str, groups: Groups) -> None:
        reasons = {number: why for why, number in self.plan.codings[item].reasons.items()}
        counted = self._codes.group_by(_GROUP, code_column(item)).agg(nw.len().alias(_ROWS))
        for group, number, rows in eager(counted).iter_rows():
            sums = groups[_name(group)]
            if number in reasons:
                sums.unanswered[item, reasons[number]] += int(rows)
            else:
                sums.values[item, int(number)] += int(rows)

    def _count_scores(self, scale: Scale, groups: Groups) -> None:
        prefix = self._parts.said.prefix
        columns = [prefix + score_column(scale), prefix + unanswered_column(scale)]
        counted = self._frame.group_by(_GROUP, *columns).agg(nw.len().alias(_ROWS))
        number = float if self.plan.questionnaire.computation(scale).is_double else int
        for group, score, unanswered, rows in eager(counted).iter_rows():
            # pandas has NaN for null, and doubles for whole numbers with gaps.
            is_none = score is None or score != score  # noqa: PLR0124
            key = (scale.id, None if is_none else number(score), int(unanswered) == 0)
            groups[_name(group)].scores[key] += int(rows)

    def _add_up(self, scale: Scale, keyed: Sequence[Keyed], groups: Groups) -> None:
        """Add up the items of a scale over the rows in which all of them are answered."""
        codes = {code_column(one.item): one for one in keyed}
        is_answered = [
            nw.col(name) <= self.plan.codings[one.item].highest for name, one in codes.items()
        ]
        points = [
            (nw.col(name) * one.factor + one.offset).alias(name) for name, one in codes.items()
        ]
        complete = self._codes.filter(all_of(is_answered)).select(_GROUP, *points)
        complete = complete.with_columns(sum_of(map(nw.col, codes)).alias(_TOTAL))
        keys = {
            f"{moment.name}_{name}": (scale.id, one.item, moment)
            for name, one in codes.items()
            for moment in Moment
        }
        moments = [
            moment.of(nw.col(name), nw.col(_TOTAL)).alias(f"{moment.name}_{name}")
            for name in codes
            for moment in Moment
        ]
        added = complete.select(_GROUP, *moments).group_by(_GROUP).agg(nw.col(*keys).sum())
        for row in eager(added).iter_rows(named=True):
            sums = groups[_name(row[_GROUP])]
            for name, key in keys.items():
                sums.moments[key] += int(row[name])


def _refuse_column(parts: Parts, by: str) -> None:
    names = [*map(str, parts.came)]
    if by not in names:
        hint = did_you_mean(by[:_LONGEST_NAME], names)
        raise BadData(
            f"The frame has no column '{by[:_LONGEST_NAME]}' to tell groups apart",
            mend=f"{hint}Correct 'by'",
        )
    kind = parts.came[by]
    is_text = kind in (nw.String, nw.Categorical, nw.Enum)
    if not (is_text or kind.is_integer() or kind.is_float() or kind in (nw.Boolean, nw.Date)):
        raise BadData(
            f"The column '{by[:_LONGEST_NAME]}' cannot tell groups apart: it is {kind}",
            mend="Make texts of it first",
        )


def _name(group: Any) -> str:  # noqa: ANN401 - whatever an engine gives for a cell
    """Return what stands in a cell as files have it; empty for nothing."""
    if hasattr(group, "item"):
        group = group.item()  # a number of numpy's
    match group:
        case None:
            return ""
        case bool():
            return str(group).lower()
        case float() if group != group:  # noqa: PLR0124 - NaN
            return ""
        case float() if group.is_integer():
            return str(int(group))
        case date():
            return group.isoformat()[:10]
    return str(group)
