"""How the rows under one header are read: which column is which item, which text which answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from moodcheck.batch.answer_map import FLOAT, AnswerMap
from moodcheck.batch.column_choice import ColumnChoice
from moodcheck.batch.header_problems import header_problems
from moodcheck.batch.item_columns import find_item_columns
from moodcheck.batch.map_faults import columns_of, missing_texts, texts_of
from moodcheck.batch.used_items import advice_items
from moodcheck.core.administration import Unanswered
from moodcheck.errors import BadData

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire


_NO_COLUMN_IS_KNOWN = (
    "Its first line must name the columns: as the items are called, or as a map says. "
    "'moodcheck questionnaire map-template' proposes one"
)

_WHOLE = re.compile(r"0|-?[1-9][0-9]*")
_Meaning = TypeVar("_Meaning")


@dataclass(frozen=True, slots=True)
class ItemReading:
    """How the answers to one item are read."""

    column: str
    answers: Mapping[str, int]
    """Text → value; no other text is an answer."""
    missing: Mapping[str, Unanswered]
    """Text → why there is no answer; shares no text with `answers`."""


@dataclass(frozen=True, slots=True)
class RowReading:
    """How every row of a file is read."""

    ids: tuple[str, ...]
    """The columns that name a row; none where rows are numbered."""
    keep: tuple[str, ...]
    """The columns that are carried along."""
    items: Mapping[str, ItemReading]
    """By item id: the items that decide anything and are part of the data."""
    not_asked: tuple[str, ...]
    """The items that the map says are not part of the data."""
    absent_conditions: tuple[str, ...]
    """The items that advice looks at by name and the data does not have."""
    unread: tuple[str, ...] = ()
    """The columns that the map does not name and no item has."""
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Column → the texts in it of the rows that are read; the others are left out."""
    blank_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Column → the texts in it of rows of a form that nobody opened."""
    prorates_not_asked: bool = False
    """Whether a scale is scored without the items that were not asked, by its rule."""
    takes_whole_floats: bool = False
    """Whether `1.0` stands for 1."""
    found: Mapping[str, str] = field(default_factory=dict)
    """Item id → column, where the map only tells how all of them are called."""


def row_reading(
    questionnaire: Questionnaire,
    answer_map: AnswerMap | None,
    names: Sequence[str],
    *,
    where: str,
    choice: ColumnChoice | None = None,
) -> RowReading:
    """Return how rows under these column names are read.

    Args:
        questionnaire: what was asked.
        answer_map: what its user says of the file; None where columns are named as items, and
            the text of an answer is its value.
        names: the columns of the file, as it has them, in its order.
        where: what messages call the file, already fit to show.
        choice: which columns are wanted in the scores; None where it is what the map keeps.

    Raises:
        BadData: naming everything at once that keeps the rows from being read: what is wrong
            with the map; columns that are absent, are there twice or differ in case only;
            columns that have the name of one that scoring adds.
    """
    said = answer_map or AnswerMap.model_validate({"schema": 1})
    found = _found_columns(said, questionnaire, names, where)
    if found:
        said = said.model_copy(update={"items": {**said.items, **found}, "columns": None})
    columns = columns_of(said, questionnaire)
    ids = _ids(said, columns, names)
    if said.long is not None and not ids:
        raise BadData(
            f"{where} has a row for each answer, and nothing says which of them are one sitting",
            mend="Name the columns that do under 'id' in the map",
        )
    used = {*ids, *said.keep, *columns.values(), *said.rows, *said.blank_when}
    choice = choice or ColumnChoice()
    problems = [*choice.problems(questionnaire, names)]
    if not problems:
        keep = choice.kept(questionnaire, said.keep, names, others=ids)
        said = said.model_copy(update={"keep": keep})
    problems += header_problems(questionnaire, said, names, carried=(*ids, *said.keep))
    if problems:
        is_known = not names or set(columns.values()) & set(names)
        mend = "" if is_known else _NO_COLUMN_IS_KNOWN
        raise BadData(f"{where} cannot be scored as it is", mend=mend, problems=problems)
    items = {
        item_id: item_reading(said, questionnaire, item_id, column)
        for item_id, column in columns.items()
        if column in names
    }
    absent = tuple(one for one in advice_items(questionnaire) if one not in items)
    return RowReading(
        ids=ids,
        keep=said.keep,
        items=items,
        not_asked=said.not_asked,
        rows=said.rows,
        blank_when=said.blank_when,
        absent_conditions=absent,
        unread=tuple(one for one in names if one not in used),
        prorates_not_asked=said.prorate_not_asked,
        takes_whole_floats=_takes_floats(said),
        found=found,
    )


def _found_columns(
    said: AnswerMap, questionnaire: Questionnaire, names: Sequence[str], where: str
) -> dict[str, str]:
    """Return item id → column where a map only tells how the columns of items are called.

    Raises:
        BadData: when that tells of none, or of two for one item.
    """
    told = find_item_columns(said, questionnaire, names)
    if told.problems:
        raise BadData(f"{where} cannot be scored as it is", problems=told.problems)
    return dict(told.items)


def item_reading(
    said: AnswerMap, questionnaire: Questionnaire, item_id: str, column: str
) -> ItemReading:
    """Return how the answers to an item that offers options are read, as a map has them."""
    answers = texts_of(said, questionnaire, item_id)
    missing = {
        text: Unanswered(why) for text, why in missing_texts(said, questionnaire, item_id).items()
    }
    if _takes_floats(said):
        answers, missing = _with_floats(answers, missing), _with_floats(missing, answers)
    return ItemReading(column, dict(answers), missing)


def _takes_floats(said: AnswerMap) -> bool:
    return said.numbers == "whole_floats"


def _with_floats(
    texts: Mapping[str, _Meaning], others: Mapping[str, object]
) -> dict[str, _Meaning]:
    """Return texts and, for each whole number among them, what it is with a decimal point."""
    floats = {f"{text}{FLOAT}": said for text, said in texts.items() if _WHOLE.fullmatch(text)}
    return {**{text: one for text, one in floats.items() if text not in others}, **texts}


def refuse_answers_in_header(
    reading: RowReading, names: Sequence[str], labels: Sequence[Sequence[str]], *, where: str
) -> None:
    """Raise BadData where a row of the header is a record: it has an answer to every item."""
    places = {one: names.index(item.column) for one, item in reading.items.items()}
    for number, cells in enumerate(labels, start=2):
        texts = {one: cells[place] for one, place in places.items() if place < len(cells)}
        is_answered = [texts.get(one) in item.answers for one, item in reading.items.items()]
        if any(is_answered) and all(is_answered):
            raise BadData(
                f"Row {number} of {where} has answers, and the map says that it belongs to the "
                "header",
                mend="Correct 'header_rows' in the map",
            )


def _ids(
    answer_map: AnswerMap, columns: Mapping[str, str], names: Sequence[str]
) -> tuple[str, ...]:
    if answer_map.id is not None:
        return answer_map.id
    return ("id",) if "id" in names and "id" not in columns.values() else ()
