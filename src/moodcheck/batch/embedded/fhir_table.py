"""Responses of FHIR as a table: a row for each, with a column for each item that is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from moodcheck.batch.embedded.fhir_columns import fhir_columns
from moodcheck.batch.embedded.fhir_rows import FhirRows
from moodcheck.batch.embedded.table import NO_TYPES, Piece, Wanted
from moodcheck.batch.responses import MappedResponses
from moodcheck.batch.tables.fhir_lines import fhir_lines, line_stream
from moodcheck.batch.tables.pieces import jsonl_pieces
from moodcheck.interop.fhir.response import HEADS

if TYPE_CHECKING:
    from moodcheck.batch.responses import Asked
    from moodcheck.batch.tables.source import Source

_TAKES = 5
"""How many times as many bytes a response takes as a record of CSV, about."""


class FhirTable:
    """A resource a line, or a document of them."""

    labels = ()
    types = NO_TYPES
    about: Sequence[str] = HEADS

    def __init__(self, source: Source, asked: Asked) -> None:
        self.source = source
        with source.beginning() as file:
            is_part = source.stream is not None
            lines = fhir_lines(file, source.kind, source.shown, is_beginning=is_part)
            mapped = MappedResponses(asked, lines, source.shown)
        self._reader, self._columns, self.names = mapped.reader, mapped.columns, mapped.names
        self._scales = [one.id for one in asked.questionnaire.scales]

    @property
    def size(self) -> int | None:
        """How many bytes there are, as `Table` has it."""
        return self.source.size

    def pieces(self, wanted: Wanted) -> Iterator[Piece]:
        """Yield its responses, as `Table` has it; a record is a resource."""
        items = {column: item for item, column in self._columns.items()}
        columns = fhir_columns(wanted.columns, items, self._scales, wanted.numbers)
        rows = FhirRows(self._reader, columns)
        with self.source.opened() as file:
            lines = line_stream(file, self.source.kind, self.source.shown)
            for content in jsonl_pieces(lines, _TAKES * wanted.size):
                yield Piece(rows, content, len(content))
