"""How somebody else's table is to be read: which column is which item, which text which answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    GetPydanticSchema,
    StringConstraints,
    Tag,
)

from moodcheck.core.data_model import DataModel, Id, Text

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

FLOAT = ".0"
"""How a whole number ends that some program has given a decimal point."""

LONGEST_COLUMN = 1_000

WORDING = "wording"
"""Stands for the words of the questionnaire itself: the texts of items, the labels of options."""

ColumnName = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_COLUMN)]
"""A column exactly as the file's header has it."""

CellText = Annotated[str, StringConstraints(max_length=1_000)]
"""A cell exactly as the file has it; nothing is trimmed."""


def _one_or_list(schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
    """Return the JSON Schema of a list that may be written as its only entry."""
    listed = handler(schema)
    return {"anyOf": [listed["items"], listed]}


_OneOrList = GetPydanticSchema(get_pydantic_json_schema=_one_or_list)

Texts = Annotated[tuple[CellText, ...], Field(min_length=1, max_length=1_000), _OneOrList]
"""Some texts of a column. Written as a text or a list."""

RowNames = Annotated[tuple[ColumnName, ...], Field(min_length=1, max_length=20), _OneOrList]
"""The columns that name a row. Written as a text or a list."""

MissingReason = Literal["skipped", "declined", "unknown", "blank"]
"""Why a code in the file is no answer (`Unanswered`)."""

MissingTexts = dict[CellText, MissingReason]


def _form_of_missing(value: object) -> str:
    return "texts" if isinstance(value, dict) else "reason"


Missing = Annotated[
    Annotated[MissingReason, Tag("reason")] | Annotated[MissingTexts, Tag("texts")],
    Discriminator(_form_of_missing),
]


class Long(DataModel):
    """Which columns hold an answer, in a table with a row for each."""

    item: ColumnName
    """What is answered: an item, by what `items` says that it is called."""
    value: ColumnName
    """The answer."""


class AnswerMap(DataModel):
    """What a `--map` file says. Whether it fits a questionnaire is told by `batch.row_reading`."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    title: Text | None = None
    """Which export the map is for, in a few words."""
    questionnaire: Id | None = None
    """The questionnaire that it is for; None where any will do that has its items."""
    id: RowNames | None = None
    """The columns that name a row: one, or several where events repeat."""
    items: dict[Id, ColumnName] = {}
    """Item id → column; an item that is not named here has a column of its own name."""
    columns: ColumnName | None = None
    """How the columns of the items that are not named there are called (`item_columns`)."""
    answers: dict[Id, dict[CellText, int]] | Literal["wording"] = {}
    """Response set or item id → text in the file → value. An item's goes before its set's.

    Where neither is named, the text of an answer is its value: `3`, and nothing else. `WORDING`:
    an answer is the label of an option.
    """
    missing: dict[CellText, Missing] = {}
    """Text in the file → why there is no answer. An empty cell is `blank` without being named.

    Or response set or item id → texts that mean so only there. An item's go before its set's, and
    those before what holds for all.
    """
    numbers: Literal["as_written", "whole_floats"] = "as_written"
    """Whether `1.0` stands for 1 where that is an answer or a missing one."""
    not_asked: tuple[Id, ...] = ()
    """Items that are not part of this data."""
    prorate_not_asked: bool = False
    """Score a scale without them where its published rule allows so many to be unanswered."""
    header_rows: Annotated[int, Field(ge=1, le=10)] = 1
    """The rows of the file before its first record; the first of them has the names."""
    long: Long | None = None
    """Where each row of the table is one answer; `items` has texts of the item's column then."""
    rows: dict[ColumnName, Texts] = {}
    """Column → the texts of it in the rows that are scored; the others are left out."""
    blank_when: dict[ColumnName, Texts] = {}
    """Column → the texts of it in rows of a form that nobody opened, so that zeros are blank."""
    keep: tuple[ColumnName, ...] = ()
    """Columns that are carried along into the scores, as they are."""

    @property
    def named_answers(self) -> dict[str, dict[str, int]]:
        """Response set or item id → its texts; nothing where answers are worded."""
        return {} if isinstance(self.answers, str) else self.answers

    @property
    def needs_wording(self) -> bool:
        """Whether it says what a file has in the words of the questionnaire."""
        return WORDING in (self.columns, self.answers)

    def plain_data(self) -> dict[str, Any]:
        """Return what was written in its file and no more, as JSON has it."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


def answer_map_schema() -> str:
    """Return the JSON Schema of map files, indented, ending in a newline."""
    schema = AnswerMap.model_json_schema(by_alias=True)
    schema["description"] = "How somebody's table of answers is read."
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2) + "\n"
