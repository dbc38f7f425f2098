"""Alerts and advice in every row. Both look at single answers, never at totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import narwhals as nw

from moodcheck.batch.expressions.cells import Cell, all_of, any_of, as_number, sum_of
from moodcheck.core.questionnaire_parts import Condition, Together
from moodcheck.core.safety import RowAlert

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire


def alert(questionnaire: Questionnaire, cells: Mapping[str, Cell]) -> nw.Expr:
    """Return the alert of every row (`RowAlert`), whatever is wrong elsewhere in it.

    Args:
        questionnaire: what was asked.
        cells: the cells of the items that are part of the data.
    """
    asked = [critical for critical in questionnaire.critical if critical.item in cells]
    if not asked:
        return nw.lit(RowAlert.NOT_ASKED.value)
    is_alert = [_reaches(questionnaire, cells, one.item, one.at_least) for one in asked]
    is_unanswered = [cells[one.item].is_unanswered for one in asked]
    everything_was_asked = len(asked) == len(questionnaire.critical)
    otherwise = RowAlert.NONE if everything_was_asked else RowAlert.NOT_ASKED
    return nw.coalesce(
        nw.when(any_of(is_alert)).then(nw.lit(RowAlert.ALERT.value)),
        nw.when(any_of(is_unanswered)).then(nw.lit(RowAlert.UNANSWERED.value)),
        nw.lit(otherwise.value),
    )


def advice(questionnaire: Questionnaire, cells: Mapping[str, Cell]) -> nw.Expr:
    """Return the id of the first advice rule that fits each row; the last one always does.

    Arguments as for `alert`.
    """
    *conditional, last = questionnaire.advice
    fitting = []
    for rule in conditional:
        ways = [way for entry in rule.when or () for way in _ways(questionnaire, cells, entry)]
        # A rule about items that are not part of the data fits nobody.
        if ways:
            fitting.append(nw.when(any_of(ways)).then(nw.lit(rule.id)))
    return nw.coalesce(*fitting, nw.lit(last.id)) if fitting else nw.lit(last.id)


def _ways(
    questionnaire: Questionnaire, cells: Mapping[str, Cell], entry: Condition | Together
) -> Iterator[nw.Expr]:
    """Yield each way in which the entry may fit; none where too little of it was asked."""
    match entry:
        case Condition(how_many=1):
            yield from _reached(questionnaire, cells, entry)
        case Condition():
            reached = [as_number(one) for one in _reached(questionnaire, cells, entry)]
            if len(reached) >= entry.how_many:
                yield sum_of(reached) >= entry.how_many
        case Together():
            parts = [list(_ways(questionnaire, cells, part)) for part in entry.parts]
            if all(parts):
                yield all_of(any_of(ways) for ways in parts)


def _reached(
    questionnaire: Questionnaire, cells: Mapping[str, Cell], condition: Condition
) -> Iterator[nw.Expr]:
    """Yield for each item that the condition looks at whether it was answered that high."""
    scored = [item.id for item in questionnaire.items]
    for item_id in scored if condition.item == "any" else [condition.item]:
        if item_id in cells:
            yield _reaches(questionnaire, cells, item_id, condition.at_least)


def _reaches(
    questionnaire: Questionnaire, cells: Mapping[str, Cell], item_id: str, at_least: int
) -> nw.Expr:
    """Return whether the answer is that high, or may be: a critical one that cannot be read."""
    cell = cells[item_id]
    reaches = cell.is_answered & (cell.value >= at_least)
    is_critical = any(critical.item == item_id for critical in questionnaire.critical)
    return reaches | cell.is_bad if is_critical else reaches
