"""Responses of FHIR as a map has them: which columns they have, and what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from moodcheck.batch.answer_map import WORDING, AnswerMap
from moodcheck.batch.map_faults import columns_of
from moodcheck.batch.row_reading import item_reading, row_reading
from moodcheck.batch.used_items import needed_items
from moodcheck.errors import BadData
from moodcheck.interop.fhir.absent import MARKS
from moodcheck.interop.fhir.response import HEADS
from moodcheck.interop.fhir.responses import ResponsesReader, Wish

if TYPE_CHECKING:
    from moodcheck.batch.row_reading import RowReading
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.interop.fhir.answers import Cells
    from moodcheck.interop.fhir.response import Response

IDS = ("subject", "authored")
"""The columns that name a row, where a map names no others."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says of responses."""

    questionnaire: Questionnaire
    answer_map: AnswerMap | None
    form: Mapping[str, Any] | None
    """The Questionnaire that they answer, as strict JSON has it."""

    @property
    def said(self) -> AnswerMap:
        """What the map says, with the columns that name a row, and why answers are absent."""
        said = self.answer_map or AnswerMap.model_validate({"schema": 1})
        marks = {mark: reason.value for reason, mark in MARKS.items()}
        missing = {**marks, **said.missing}
        return said.model_copy(update={"id": said.id or IDS, "missing": missing})

    @property
    def wish(self) -> Wish:
        """The same, as whoever reads responses is told."""
        said = self.said
        answers, is_worded = said.named_answers, said.answers == WORDING
        return Wish(
            questionnaire=self.questionnaire,
            form=self.form,
            named={link: item for item, link in said.items.items()},
            as_given={
                one.id
                for one in self.questionnaire.all_items
                if is_worded or one.id in answers or one.responses in answers
            },
        )


class MappedResponses:
    """The columns that the responses of a file have, as its beginning and a map tell."""

    def __init__(self, asked: Asked, lines: Iterable[bytes], shown: str) -> None:
        """Tell them.

        Args:
            asked: what somebody says of the responses.
            lines: the first resources of the file, each on a line.
            shown: what messages call it.

        Raises:
            BadData: as `ResponsesReader`; where an item without which nothing is scored is
                nowhere; where the map says what only a table has.
        """
        _refuse_for_table(asked.said, shown)
        self.reader = ResponsesReader(asked.wish, lines, shown)
        self.columns = columns_of(asked.said, asked.questionnaire)
        """Item id → what its column is called."""
        self.reader.refuse_absent(
            (one for one in needed_items(asked.questionnaire) if one in self.columns),
            "Name its linkId in a map under 'items', or list it under 'not_asked'",
        )
        links = self.reader.links
        others = [
            link
            for link, definition in self.reader.seen.items()
            if links.item(link, definition) is None and links.scale(link, definition) is None
        ]
        told = [one for item, one in self.columns.items() if item in self.reader.items]
        # What is there although the map says that it was not asked has to be seen.
        told += [item for item in asked.said.not_asked if item in self.reader.items]
        taken = {one.lower() for one in (*HEADS, *told)}
        self.names = (*HEADS, *told, *(link for link in others if link.lower() not in taken))
        """What is known of each response, then the items that are told, then other linkIds."""


class ResponseRows:
    """Reads responses one by one, as `score` reads each of them as a row."""

    def __init__(self, asked: Asked, lines: Iterable[bytes], shown: str) -> None:
        """Look at the beginning of a file; arguments as `MappedResponses`.

        Raises:
            BadData: as `MappedResponses` and `row_reading`.
        """
        said, questionnaire = asked.said, asked.questionnaire
        mapped = MappedResponses(asked, lines, shown)
        self._reader = mapped.reader
        self._named = {column: item for item, column in mapped.columns.items()}
        self._reading: RowReading = row_reading(questionnaire, said, mapped.names, where=shown)
        read = self._reading.items
        self.questionnaire = questionnaire
        self.asked = frozenset(mapped.reader.items)
        """Ids of the items that are asked, as far as anybody can tell."""
        self.items = {
            item.id: read.get(item.id) or item_reading(said, questionnaire, item.id, item.id)
            for item in questionnaire.all_items
            if questionnaire.options(item.id)
        }
        """How the text of each item that offers options is read."""

    def read(self, response: Response) -> tuple[Cells, Mapping[str, str] | None]:
        """Return what a response says, and the text of each item in it.

        There are no texts of one that the map leaves out.
        """
        cells = self._reader.cells(response)
        reading = self._reading

        def stands(column: str) -> str:
            if column in HEADS:
                return response.heads[column]
            item = self._named.get(column)
            return cells.others.get(column, "") if item is None else cells.items.get(item, "")

        if any(stands(column) not in texts for column, texts in reading.rows.items()):
            return cells, None
        # Zeros stand in a form before anybody answers.
        given = {one: text for one, text in cells.items.items() if text and one in reading.items}
        is_unopened = any(stands(column) in texts for column, texts in reading.blank_when.items())
        if is_unopened and not any(reading.items[one].answers.get(given[one], 1) for one in given):
            return cells, {**cells.items, **dict.fromkeys(given, "")}
        return cells, cells.items


def _refuse_for_table(said: AnswerMap, shown: str) -> None:
    """Refuse a map that says of responses what only a table has."""
    of_table = {"columns": said.columns, "long": said.long, "header_rows": said.header_rows > 1}
    if words := ", ".join(f"'{key}'" for key, is_said in of_table.items() if is_said):
        raise BadData(
            f"{shown} has responses of FHIR, and the map says {words}, which is of tables",
            mend="Take it out of the map, and name the linkId of each item under 'items'",
        )
