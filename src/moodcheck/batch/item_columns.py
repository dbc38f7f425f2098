"""Which columns are the items, where a map tells it by how all of them are called.

As the questionnaire words its items; or by a pattern, in which signs stand for texts: `{same}` for
one that is the same in all of them, `{number}` for the place of the item, `{any}` for any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from moodcheck.batch.answer_map import WORDING, AnswerMap
from moodcheck.batch.used_items import needed_items, used_items
from moodcheck.errors import Problem, did_you_mean

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire

_SIGN = re.compile(r"\{(\w*)\}")
_SIGNS = {"same": "(.*?)", "number": "(?P<number>[0-9]{1,9})", "any": ".+?"}

# Each one makes a long name that does not fit slower to refuse.
_MOST_SIGNS = 4
_MOST_SHOWN = 3
_LONGEST_SHOWN = 64

_NAME_THEM = "Name each column under 'items' in a map of your own"


@dataclass(frozen=True, slots=True)
class Found:
    """The columns of the items that a map does not name one by one."""

    items: Mapping[str, str]
    """Item id → column."""
    problems: tuple[Problem, ...] = ()
    """Why some are not among them."""


def pattern_fault(pattern: str) -> tuple[str, str] | None:
    """Return what is wrong with a pattern of columns, and the mend; None where nothing is."""
    signs = _SIGN.findall(pattern)
    known = [f"{{{sign}}}" for sign in _SIGNS]
    for sign in signs:
        if sign not in _SIGNS:
            hint = did_you_mean(f"{{{sign}}}", known)
            return f"'{{{sign}}}' stands for nothing here", f"{hint}Use {', '.join(known)}"
    if len(signs) > _MOST_SIGNS:
        return f"it has more than {_MOST_SIGNS} signs", "Write out what is the same in all columns"
    if signs.count("number") > 1:
        return "'{number}' stands in it twice", "Keep one of the two"
    if not {"number", "any"} & {*signs}:
        what = "it tells no two columns apart"
        return what, f"Use {{number}} or {{any}} where they differ, or the word '{WORDING}'"
    return None


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
        columns = alike.get(bare(questionnaire.item(item_id).text or ""), [])
        if len(columns) == 1:
            items[item_id] = columns[0]
        elif columns or item_id in needed:
            what = f"{len(columns) or 'no'} columns have its text as their name"
            problems.append(Problem(f"item {item_id}", what, _NAME_THEM))
    return Found(items, tuple(problems))


def _in_order(pattern: str, wanted: Sequence[str], names: Sequence[str]) -> Found:
    groups = _groups(pattern, names)
    fitting = [group for group in groups if group.fits(len(wanted))]
    if len(fitting) == 1:
        return Found(dict(zip(wanted, fitting[0].in_order(), strict=True)))
    if fitting:
        several = ", ".join(f"'{group.pattern[:_LONGEST_SHOWN]}'" for group in fitting)
        what = f"several sets of columns are called like '{pattern}': {several}"
        mend = "Write the one that is meant under 'columns' in a copy of the map"
    else:
        numbers = f", numbered 1 to {len(wanted)}" if "{number}" in pattern else ""
        what = f"no {len(wanted)} columns are called like '{pattern}'{numbers}"
        if said := ", ".join(map(str, islice(groups, _MOST_SHOWN))):
            what = f"{what}; there are {said}"
        mend = f"Correct 'columns' in a copy of the map. {_NAME_THEM}"
    return Found({}, (Problem("columns", what, mend),))


@dataclass(frozen=True, slots=True)
class _Group:
    """Columns that have the same texts where a pattern asks for that."""

    pattern: str
    """The pattern with these texts in it."""
    columns: tuple[tuple[int | None, str], ...]
    """The number of each, if it has one, and its name, in the order of the file."""

    def fits(self, count: int) -> bool:
        """Return whether these are so many columns, numbered from 1 where they have numbers."""
        numbers = [number for number, _name in self.columns if number is not None]
        is_numbered = not numbers or sorted(numbers) == [*range(1, count + 1)]
        return is_numbered and len(self.columns) == count

    def in_order(self) -> list[str]:
        """Return the columns by their numbers, or else as they stand in the file."""
        return [name for _number, name in sorted(self.columns, key=lambda one: one[0] or 0)]

    def __str__(self) -> str:
        return f"{len(self.columns)} like '{self.columns[0][1][:_LONGEST_SHOWN]}'"


def _groups(pattern: str, names: Sequence[str]) -> list[_Group]:
    """Return the columns that a pattern fits, those with most of them first."""
    literal, *rest = _SIGN.split(pattern)
    parts = zip(rest[::2], rest[1::2], strict=True)
    regex = "".join([re.escape(literal), *(_SIGNS[sign] + re.escape(text) for sign, text in parts)])
    fitting = re.compile(regex, re.DOTALL)
    found: dict[str, list[tuple[int | None, str]]] = {}
    for name in names:
        if match := fitting.fullmatch(name):
            number = match.groupdict().get("number")
            filled = _filled(pattern, match)
            found.setdefault(filled, []).append((None if number is None else int(number), name))
    groups = [_Group(filled, tuple(columns)) for filled, columns in found.items()]
    return sorted(groups, key=lambda group: -len(group.columns))


def _filled(pattern: str, match: re.Match[str]) -> str:
    """Return a pattern with what stands for each `{same}` in its place."""
    place = match.re.groupindex.get("number")
    texts: Iterator[str] = (text for i, text in enumerate(match.groups(), start=1) if i != place)
    return _SIGN.sub(lambda sign: next(texts) if sign[1] == "same" else sign[0], pattern)


def bare(name: str) -> str:
    """Return a name without what people write in different ways: case, blanks, punctuation."""
    return "".join(filter(str.isalnum, name)).lower()
