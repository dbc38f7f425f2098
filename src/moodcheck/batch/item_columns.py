"""Which columns are the items, where a map tells it by how all of them are called.

As the questionnaire words its items; or by a pattern, in the order of the items or by numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moodcheck.batch.answer_map import WORDING, AnswerMap
from moodcheck.batch.name_pattern import groups, pattern_fault
from moodcheck.batch.used_items import needed_items, used_items
from moodcheck.errors import Problem

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire

_MOST_SHOWN = 3
_LONGEST_SHOWN = 64


@dataclass(frozen=True, slots=True)
class Found:
    """The columns of the items that a map does not name one by one."""

    items: Mapping[str, str]
    """Item id → column."""
    problems: tuple[Problem, ...] = ()
    """Why some are not among them."""


def find_item_columns(
    answer_map: AnswerMap, questionnaire: Questionnaire, names: Sequence[str]
) -> Found:
    """Return the columns that the map's `columns` tells; none where it says nothing, or is wrong.

    Args:
        answer_map: what the user of a file says of it.
        questionnaire: what was asked.
        names: the columns of the file, in its order.
    """
    called, named = answer_map.columns, {*answer_map.items, *answer_map.not_asked}
    if called is None or answer_map.long is not None:
        return Found({})
    free = [name for name in names if name not in answer_map.items.values()]
    if called == WORDING:
        wanted = [one for one in used_items(questionnaire) if one not in named]
        return _as_worded(questionnaire, wanted, free)
    if pattern_fault(called):
        return Found({})
    return _in_order(called, [one for one in needed_items(questionnaire) if one not in named], free)


def _as_worded(questionnaire: Questionnaire, wanted: Sequence[str], names: Sequence[str]) -> Found:
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(bare(name), []).append(name)
    items: dict[str, str] = {}
    problems = []
    needed = needed_items(questionnaire)
    for item_id in wanted:
        text = bare(questionnaire.item(item_id).text or "")
        columns = alike.get(text, []) if text else []
        if len(columns) == 1:
            items[item_id] = columns[0]
        elif columns or item_id in needed:
            what = f"{len(columns) or 'no'} columns have its text as their name"
            problems.append(Problem(f"item {item_id}", what, "Name its column under 'items'"))
    return Found(items, tuple(problems))


def _in_order(pattern: str, wanted: Sequence[str], names: Sequence[str]) -> Found:
    if not wanted:
        return Found({})
    found = groups(pattern, names)
    fitting = [group for group in found if group.fits(len(wanted))]
    if len(fitting) == 1:
        return Found(dict(zip(wanted, fitting[0].in_order(), strict=True)))
    if fitting:
        several = ", ".join(f"'{one.pattern[:_LONGEST_SHOWN]}'" for one in fitting[:_MOST_SHOWN])
        what = f"{len(fitting)} sets of columns are called like '{pattern}': {several}"
        return _refused(what, "Write the one that is meant under 'columns'")
    numbers = f", numbered 1 to {len(wanted)}" if "{number}" in pattern else ""
    what = f"no {len(wanted)} columns are called like '{pattern}'{numbers}"
    there = ", ".join(
        f"{len(one.names)} like '{one.names[0][1][:_LONGEST_SHOWN]}'" for one in found[:_MOST_SHOWN]
    )
    what = f"{what}; there are {there}" if there else what
    return _refused(what, "Say which are meant, under 'columns' or one by one under 'items'")


def _refused(what: str, mend: str) -> Found:
    return Found({}, (Problem("columns", what, mend),))


def bare(name: str) -> str:
    """Return a name without what people write in different ways: case, blanks, punctuation."""
    return "".join(filter(str.isalnum, name)).lower()
