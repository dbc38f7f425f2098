"""What can be told of a table before anybody explains it: a map with the doubtful left open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from moodcheck.batch.item_columns import bare
from moodcheck.batch.used_items import needed_items, used_items

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire

LONGEST_NAME = 200
"""How long a column's name may be that is told to be an item's."""

_NUMBERED = (
    re.compile(r"(?P<stem>\s*)(?P<number>[0-9]{1,3})[.):]\s"),  # 1. How often …
    re.compile(r"(?P<stem>.*\[(?i:item |\D*?))(?P<number>[0-9]{1,9})\]"),  # PHQ [Item 1], [SQ001]
    re.compile(r"(?P<stem>.*?\D|)(?P<number>[0-9]{1,9})\Z"),  # phq9_1, Q1, DPQ010
    re.compile(r"(?P<stem>\w*?\D)(?P<number>[0-9]{1,3})[.):]?\s"),  # Q1: How often …
)
"""How surveys number the columns of one questionnaire."""

_CODE = re.compile(r"\W*|[-+.]?\w?[0-9.]*|\.\w")
_NO_ANSWER = frozenset({"na", "n/a", "nan", "null", "none", "missing", "refused", "skipped"})
"""Texts that programs write where there is no answer, and that people use for it."""

_NAMES_ROWS = re.compile(
    r"(?i)(.*[^a-z])?(id|responseid|seqn|code|subject|participant|record|visit|wave)"
)


MOST_TEXTS = 24
"""A column with more different texts than this does not hold answers."""

_LONGEST_TEXT = 60


@dataclass(frozen=True, slots=True)
class Preview:
    """What the beginning of a table tells, or that of responses of FHIR."""

    names: Sequence[str]
    """Its columns; of responses, the linkIds of items that decide anything, and of no item."""
    texts: Sequence[Collection[str]]
    """For each column, the texts in it; none where these are no answers (`answers_among`)."""
    header_rows: int = 1
    """How many rows seem to stand before the first record."""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By column: what the file itself calls its codes."""
    items: Mapping[str, str] | None = None
    """Of responses: item id → the linkId that it has. Of a table, names have to tell."""


@dataclass(frozen=True, slots=True)
class MapProposal:
    """What a map for a table would say. Nothing in it is a guess but what is called so."""

    id: str | None
    """The column called `id`, where there is one; or what else a map has
    there, as it is written."""
    id_guesses: tuple[str, ...]
    items: Mapping[str, str]
    """Item id → the one column whose name is the item's, but for case and punctuation."""
    item_guesses: Mapping[str, str | None]
    """The other items → the column that stands where it might be, if there is one."""
    answers: Mapping[str, Mapping[str, int]]
    """Response set → texts that are the labels of what it offers → value."""
    answer_guesses: Mapping[str, Mapping[str, int | None]]
    """Response set → texts that may be answers → which, where their order tells it."""
    open_texts: tuple[str, ...]
    """Texts in columns of items that may stand for no answer."""
    free: tuple[str, ...]
    """The columns that belong to no item and name no row."""
    choosing: tuple[str, ...] = ()
    """The columns that tell events and repeated forms apart."""
    statuses: tuple[str, ...] = ()
    """The columns that say whether a form was opened."""
    header_rows: int = 1
    labels: Mapping[str, str] = field(default_factory=dict)
    """What the table itself calls the codes of its items."""
    is_of_responses: bool = False
    """Whether its columns are linkIds of FHIR."""
    fitting: tuple[str, ...] = ()
    """The maps that come with moodcheck and seem to fit."""


def map_proposal(questionnaire: Questionnaire, seen: Preview) -> MapProposal:
    """Return what can be told of a table with answers to a questionnaire."""
    names = seen.names
    items = _items(questionnaire, names) if seen.items is None else seen.items
    free = _without(names, items.values())
    guesses = {} if items else _by_position(questionnaire, free)
    columns = {**items, **guesses}
    texts = dict(zip(names, seen.texts, strict=True))
    answers, answer_guesses, open_texts = _answers(questionnaire, columns, texts)
    free = _without(dict.fromkeys(free), guesses.values())
    row_names = tuple(name for name in free if _NAMES_ROWS.fullmatch(name))
    open_items = [one for one in used_items(questionnaire) if one not in items]
    return MapProposal(
        id="id" if names.count("id") == 1 and "id" in free else None,
        id_guesses=row_names,
        items=items,
        item_guesses={item_id: guesses.get(item_id) for item_id in open_items},
        answers=answers,
        answer_guesses=answer_guesses,
        open_texts=open_texts,
        free=tuple(name for name in free if name and name not in row_names),
        choosing=tuple(name for name in free if name.startswith("redcap_")),
        statuses=tuple(name for name in free if name.endswith("_complete")),
        header_rows=seen.header_rows,
        is_of_responses=seen.items is not None,
        labels={
            text: label
            for column in columns.values()
            for text, label in seen.labels.get(column, {}).items()
        },
    )


def answers_among(texts: Collection[str]) -> frozenset[str]:
    """Return the texts of a column if they may be answers: few and short; else none."""
    may_be_answers = len(texts) <= MOST_TEXTS and all(len(text) <= _LONGEST_TEXT for text in texts)
    return frozenset(texts if may_be_answers else ())


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
    return bare(name[:LONGEST_NAME])


def _by_position(questionnaire: Questionnaire, names: Sequence[str]) -> dict[str, str]:
    """Return which numbered column each item has, if they stand in the questionnaire's order."""
    used, needed = used_items(questionnaire), needed_items(questionnaire)
    runs = [run for run in _runs(names) if len(run.columns) >= len(needed)]
    own = [run for run in runs if _bare(questionnaire.id) in _bare(run.stem)]
    exact = [run for run in own or runs if len(run.columns) in {len(needed), len(used)}]
    best = next(iter(exact or own or runs), None)
    return dict(zip(used, best.columns, strict=False)) if best else {}


@dataclass(frozen=True, slots=True)
class _Run:
    """Columns with one stem, and numbers that rise."""

    stem: str
    columns: tuple[str, ...]


def _runs(names: Sequence[str]) -> Iterator[_Run]:
    stem, last = "", 0
    columns: list[str] = []
    for name in (*names, ""):
        numbered = _numbered(name)
        if columns and (numbered is None or numbered[0] != stem or numbered[1] <= last):
            yield _Run(stem, tuple(columns))
            columns = []
        if numbered is not None:
            stem, last = numbered
            columns.append(name)


def _numbered(name: str) -> tuple[str, int] | None:
    """Return what a name has beside the number of an item, and the number."""
    for pattern in _NUMBERED:
        if found := pattern.match(name[:LONGEST_NAME]):
            return found["stem"], int(found["number"])
    return None


def _answers(
    questionnaire: Questionnaire, items: Mapping[str, str], texts: Mapping[str, Collection[str]]
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int | None]], tuple[str, ...]]:
    """Return texts that are labels, texts that may be answers, and those that may be none."""
    answers: dict[str, dict[str, int]] = {}
    guesses: dict[str, dict[str, int | None]] = {}
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
        others = seen - labelled.keys() - literal.keys()
        if shifted := _shifted(seen, sorted(values.values())):
            guesses[name] = shifted
            others -= shifted.keys()
        elif words := sorted(text for text in others if not _may_be_code(text)):
            guesses[name] = dict.fromkeys(words)
            others -= {*words}
        open_texts |= others
    return answers, guesses, tuple(sorted(open_texts))


def _shifted(seen: Collection[str], values: Sequence[int]) -> dict[str, int | None]:
    """Return what the texts are worth where they seem to count from one more than is offered."""
    above = {str(value + 1): value for value in values}
    is_so = str(values[0]) not in seen and str(values[-1] + 1) in seen and len(values) > 1
    return dict(above) if is_so else {}


def _may_be_code(text: str) -> bool:
    """Return whether a text is more like a code for no answer than like an answer in words."""
    return _CODE.fullmatch(text) is not None or text.lower() in _NO_ANSWER
