"""What can be told of a table before anybody explains it: a map with the doubtful left open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from moodcheck.batch.used_items import needed_items, used_items

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire

LONGEST_NAME = 200
"""How long a column's name may be that is told to be an item's."""

_NUMBERED = re.compile(r"(.*?)[0-9]+")
_NAMES_ROWS = re.compile(r"(?i)(.*[^a-z])?(id|seqn|code|subject|participant|record|visit|wave)")


@dataclass(frozen=True, slots=True)
class MapProposal:
    """What a map for a table would say. Nothing in it is a guess but what is called so."""

    id: str | None
    """The column called `id`, where there is one."""
    id_guesses: tuple[str, ...]
    items: Mapping[str, str]
    """Item id → the one column whose name is the item's, but for case and punctuation."""
    item_guesses: Mapping[str, str | None]
    """The other items → the column that stands where it might be, if there is one."""
    answers: Mapping[str, Mapping[str, int]]
    """Response set → texts that are the labels of what it offers → value."""
    open_texts: tuple[str, ...]
    """Texts in columns of items that are neither a value nor a label."""
    free: tuple[str, ...]
    """The columns that belong to no item and name no row."""


def map_proposal(
    questionnaire: Questionnaire,
    names: Sequence[str],
    texts: Sequence[Collection[str]],
) -> MapProposal:
    """Return what can be told of a table.

    Args:
        questionnaire: what its answers are to.
        names: its columns.
        texts: what was seen in each of them; empty where that was too much to be answers.
    """
    items = _items(questionnaire, names)
    free = _without(names, items.values())
    guesses = {} if items else _by_position(questionnaire, free)
    answers, open_texts = _answers(
        questionnaire, items | guesses, dict(zip(names, texts, strict=True))
    )
    free = _without(dict.fromkeys(free), guesses.values())
    row_names = tuple(name for name in free if _NAMES_ROWS.fullmatch(name))
    open_items = [one for one in used_items(questionnaire) if one not in items]
    return MapProposal(
        id="id" if names.count("id") == 1 and "id" in free else None,
        id_guesses=row_names,
        items=items,
        item_guesses={item_id: guesses.get(item_id) for item_id in open_items},
        answers=answers,
        open_texts=open_texts,
        free=tuple(name for name in free if name and name not in row_names),
    )


def _without(names: Iterable[str], taken: Iterable[str]) -> list[str]:
    away = set(taken)
    return [name for name in names if name not in away]


def _items(questionnaire: Questionnaire, names: Sequence[str]) -> dict[str, str]:
    """Return the column of each item that one column, and no other item, is named like."""
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(_bare(name), []).append(name)
    items = used_items(questionnaire)
    times = Counter(map(_bare, items))
    found = {one: alike.get(_bare(one), []) for one in items if times[_bare(one)] == 1}
    return {item_id: named[0] for item_id, named in found.items() if len(named) == 1}


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name[:LONGEST_NAME])).lower()


def _by_position(questionnaire: Questionnaire, names: Sequence[str]) -> dict[str, str]:
    """Return which numbered column each item has, if they stand in the questionnaire's order."""
    for prefix, run in groupby(names, _prefix):
        columns = list(run)
        if prefix is not None and len(columns) >= len(needed_items(questionnaire)):
            return dict(zip(used_items(questionnaire), columns, strict=False))
    return {}


def _prefix(name: str) -> str | None:
    numbered = _NUMBERED.fullmatch(name[:LONGEST_NAME])
    return numbered[1] if numbered else None


def _answers(
    questionnaire: Questionnaire, items: Mapping[str, str], texts: Mapping[str, Collection[str]]
) -> tuple[dict[str, dict[str, int]], tuple[str, ...]]:
    """Return what the texts are that are labels, and the texts that nobody can tell."""
    answers: dict[str, dict[str, int]] = {}
    open_texts: set[str] = set()
    for name, options in questionnaire.responses.items():
        values = {str(option.value): option.value for option in options}
        labels = {(option.label or "").lower(): option.value for option in options}
        columns = [items[one] for one in items if questionnaire.item(one).responses == name]
        seen = {text for column in columns for text in texts[column] if text}
        labelled = {text: labels[text.lower()] for text in seen if text.lower() in labels}
        literal = {text: values[text] for text in seen & values.keys()}
        if labelled:
            seen_values = set(labelled.values())
            # A label that the first rows lack may still come.
            unseen = {o.label: o.value for o in options if o.label and o.value not in seen_values}
            answers[name] = labelled | literal | unseen
        open_texts |= seen - labelled.keys() - literal.keys()
    return answers, tuple(sorted(open_texts))
