"""Responses of FHIR as a table: a row for each, with a column for each item that is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from moodcheck.batch.answer_map import WORDING, AnswerMap
from moodcheck.batch.embedded.fhir_columns import fhir_columns
from moodcheck.batch.embedded.fhir_rows import FhirRows
from moodcheck.batch.embedded.table import NO_TYPES, Piece, Wanted
from moodcheck.batch.map_faults import columns_of
from moodcheck.batch.tables.fhir_lines import fhir_lines, line_stream
from moodcheck.batch.tables.pieces import jsonl_pieces
from moodcheck.batch.used_items import needed_items
from moodcheck.interop.fhir.response import HEADS
from moodcheck.interop.fhir.responses import ResponsesReader, Wish

if TYPE_CHECKING:
    from moodcheck.batch.tables.source import Source
    from moodcheck.core.questionnaire import Questionnaire

IDS = ("subject", "authored")
"""The columns that name a row, where a map names no others."""

_TAKES = 8
"""How many times as many bytes a response takes as a record of CSV, about."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says of responses."""

    questionnaire: Questionnaire
    answer_map: AnswerMap | None
    form: Mapping[str, Any] | None
    """The Questionnaire that they answer, as strict JSON has it."""

    @property
    def said(self) -> AnswerMap:
        """What the map says, with the columns that name a row."""
        said = self.answer_map or AnswerMap.model_validate({"schema": 1})
        return said if said.id is not None else said.model_copy(update={"id": IDS})


class FhirTable:
    """A resource a line, or a document of them."""

    labels = ()
    types = NO_TYPES
    about: Sequence[str] = HEADS

    def __init__(self, source: Source, asked: Asked) -> None:
        self.source = source
        said, questionnaire = asked.said, asked.questionnaire
        self._columns = columns_of(said, questionnaire)
        answers, is_worded = said.named_answers, said.answers == WORDING
        wish = Wish(
            questionnaire=questionnaire,
            form=asked.form,
            named={link: item for item, link in said.items.items()},
            as_given={
                one.id
                for one in questionnaire.all_items
                if is_worded or one.id in answers or one.responses in answers
            },
        )
        with source.beginning() as file:
            is_part = source.stream is not None
            lines = fhir_lines(file, source.kind, source.shown, is_beginning=is_part)
            self._reader = ResponsesReader(wish, lines, source.shown)
        self._reader.refuse_absent(
            (one for one in needed_items(questionnaire) if one in self._columns),
            "Name its linkId in a map under 'items', or list it under 'not_asked'",
        )
        links = self._reader.links
        others = [
            link
            for link, definition in self._reader.seen.items()
            if links.item(link, definition) is None and links.scale(link, definition) is None
        ]
        told = [one for item, one in self._columns.items() if item in self._reader.items]
        taken = {one.lower() for one in (*HEADS, *told)}
        self.names = (*HEADS, *told, *(link for link in others if link.lower() not in taken))
        self._scales = [one.id for one in questionnaire.scales]

    def pieces(self, wanted: Wanted) -> Iterator[Piece]:
        """Yield its responses, as `Table` has it; a record is a resource."""
        items = {column: item for item, column in self._columns.items()}
        rows = FhirRows(self._reader, fhir_columns(wanted.columns, items, self._scales))
        with self.source.opened() as file:
            lines = line_stream(file, self.source.kind, self.source.shown)
            for content in jsonl_pieces(lines, _TAKES * wanted.size):
                yield Piece(rows, content, len(content))
