"""Alerts and advice in every row. Both look at single answers, never at totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import narwhals as nw

from moodcheck.domain.safety import RowAlert
from moodcheck.frames.cells import Cell

if TYPE_CHECKING:
    from moodcheck.domain.questionnaire import Condition, Questionnaire


def alert(questionnaire: Questionnaire, cells: Mapping[str, Cell]) -> nw.Expr:
    """Return the alert of every row (`RowAlert`), decided without regard to bad answers elsewhere.

    Args:
        questionnaire: what was asked.
        cells: the cells of the items that are part of the data.
    """
    asked = [critical for critical in questionnaire.critical if critical.item in cells]
    is_alert = _any(_reaches(questionnaire, cells, one.item, one.at_least) for one in asked)
    is_unanswered = _any(cells[one.item].is_unanswered for one in asked)
    everything_was_asked = asked and len(asked) == len(questionnaire.critical)
    otherwise = RowAlert.FALSE if everything_was_asked else RowAlert.NOT_ASKED
    return nw.coalesce(
        nw.when(is_alert).then(nw.lit(RowAlert.TRUE.value)),
        nw.when(is_unanswered).then(nw.lit(RowAlert.UNANSWERED.value)),
        nw.lit(otherwise.value),
    )


def advice(questionnaire: Questionnaire, cells: Mapping[str, Cell]) -> nw.Expr:
    """Return the id of the first advice rule that fits each row; the last one always does."""
    *conditional, last = questionnaire.advice
    fitting = []
    for rule in conditional:
        fits = _any(_holds(questionnaire, cells, condition) for condition in rule.when or ())
        fitting.append(nw.when(fits).then(nw.lit(rule.id)))
    return nw.coalesce(*fitting, nw.lit(last.id))


def _holds(
    questionnaire: Questionnaire, cells: Mapping[str, Cell], condition: Condition
) -> nw.Expr:
    scored = [item.id for item in questionnaire.items]
    items = scored if condition.item == "any" else [condition.item]
    asked = [item_id for item_id in items if item_id in cells]
    return _any(_reaches(questionnaire, cells, one, condition.at_least) for one in asked)


def _reaches(
    questionnaire: Questionnaire, cells: Mapping[str, Cell], item_id: str, at_least: int
) -> nw.Expr:
    """Return whether the answer is that high, or may be: a critical one that cannot be read."""
    cell = cells[item_id]
    reaches = cell.is_answered & (cell.value >= at_least)
    is_critical = any(critical.item == item_id for critical in questionnaire.critical)
    return reaches | cell.is_bad if is_critical else reaches


def _any(expressions: Iterable[nw.Expr]) -> nw.Expr:
    return nw.any_horizontal(nw.lit(value=False), *expressions, ignore_nulls=False)
