"""What keeps the rows under a header from being read, all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from moodcheck.batch.column_spelling import spelling
from moodcheck.batch.map_faults import columns_of, map_faults
from moodcheck.batch.output_columns import FILE, RECORD, in_the_way
from moodcheck.batch.used_items import needed_items, used_items
from moodcheck.errors import Problem, did_you_mean

if TYPE_CHECKING:
    from moodcheck.batch.answer_map import AnswerMap
    from moodcheck.core.questionnaire import Questionnaire

# Looking for near misses takes time, and a file with more columns has another kind of trouble.
_MOST_COMPARED = 1_000
_MOST_HINTS = 24
_LONGEST_NAME = 64


def header_problems(
    questionnaire: Questionnaire,
    answer_map: AnswerMap,
    names: Sequence[str],
    *,
    carried: Sequence[str],
) -> list[Problem]:
    """Return everything that is wrong with reading this header through this map.

    Args:
        questionnaire: what was asked.
        answer_map: what its user says of the file.
        names: the columns of the file.
        carried: the columns that name a row or are kept.
    """
    columns = columns_of(answer_map, questionnaire)
    return [
        *_map_problems(answer_map, questionnaire),
        *_absent_items(questionnaire, answer_map, columns, names),
        *_asked_after_all(questionnaire, answer_map, names),
        *_absent_columns(carried, names, "'id' or 'keep'"),
        *_absent_columns(answer_map.rows, names, "'rows'"),
        *_absent_columns(answer_map.blank_when, names, "'blank_when'"),
        *not_single(
            chain(columns.values(), carried, answer_map.rows, answer_map.blank_when), names
        ),
        *_in_the_way(questionnaire, carried, is_numbered=len(carried) == len(answer_map.keep)),
    ]


def _map_problems(answer_map: AnswerMap, questionnaire: Questionnaire) -> Iterator[Problem]:
    for fault in map_faults(answer_map, questionnaire):
        where = " ".join(["map", *(_shown(str(key)) for key in fault.path[:2])])
        yield Problem(where, fault.what, fault.mend)


def _absent_items(
    questionnaire: Questionnaire,
    answer_map: AnswerMap,
    columns: Mapping[str, str],
    names: Sequence[str],
) -> Iterator[Problem]:
    there, needed = set(names), needed_items(questionnaire)
    used = set(columns.values())
    free = [
        name for name in names[:_MOST_COMPARED] if name not in used and len(name) < _LONGEST_NAME
    ]
    absent = [
        item_id
        for item_id, column in columns.items()
        if column not in there and (item_id in needed or item_id in answer_map.items)
    ]
    for i, item_id in enumerate(absent):
        hint = did_you_mean(columns[item_id], free) if i < _MOST_HINTS else ""
        what = f"there is no column '{_shown(columns[item_id])}'"
        mend = f"{hint}Name it in a map under 'items' or 'not_asked'"
        yield Problem(f"item {item_id}", what, mend)


def _asked_after_all(
    questionnaire: Questionnaire, answer_map: AnswerMap, names: Sequence[str]
) -> Iterator[Problem]:
    there = set(names) & set(used_items(questionnaire))
    taken = set(answer_map.items.values())
    for item_id in answer_map.not_asked:
        if item_id in there - taken:
            what = "it is listed as 'not_asked', and there is a column of that name"
            yield Problem(f"item {item_id}", what, "Remove one of the two")


def _absent_columns(named: Iterable[str], names: Sequence[str], where: str) -> Iterator[Problem]:
    there = set(names)
    for name in named:
        if name not in there:
            hint = did_you_mean(name[:_LONGEST_NAME], names[:_MOST_COMPARED])
            what = f"there is no such column for {where}"
            yield Problem(f"column {_shown(name)}", what, f"{hint}Correct {where} in the map")


def not_single(used: Iterable[str], names: Sequence[str]) -> Iterator[Problem]:
    """Yield the used columns that cannot be told from another one, by some engine at least."""
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(spelling(name), []).append(name)
    for one in dict.fromkeys(map(spelling, used)):
        several = alike.get(one, [])
        if len(several) > 1:
            is_equal = len(set(several)) == 1
            but = "" if is_equal else ", but for capital letters or blanks"
            how = f"have this name{but}"
            what = f"{len(several)} columns {how}, so nobody knows which is meant"
            yield Problem(
                f"column {_shown(several[0])}", what, "Rename or drop all but one of them"
            )


def _in_the_way(
    questionnaire: Questionnaire, carried: Sequence[str], *, is_numbered: bool
) -> Iterator[Problem]:
    numbered = [name for name in carried if is_numbered and name.lower() in {FILE, RECORD}]
    for name in [*in_the_way(questionnaire, carried), *numbered]:
        what = "the scores have a column of that name"
        yield Problem(f"column {_shown(name)}", what, "Rename it in the file, or do not keep it")


def _shown(name: str) -> str:
    return name[:_LONGEST_NAME]
