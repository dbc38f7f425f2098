"""A source → the table in it, by its format."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from moodcheck.batch.embedded.csv_rows import CsvRows
from moodcheck.batch.embedded.fhir_table import FhirTable
from moodcheck.batch.embedded.jsonl_rows import JsonlRows
from moodcheck.batch.embedded.table import NO_TYPES, Piece, Table, Wanted
from moodcheck.batch.tables.as_csv import LineStream, csv_lines
from moodcheck.batch.tables.csv_header import read_header
from moodcheck.batch.tables.json_array import array_lines
from moodcheck.batch.tables.kinds import TableKind
from moodcheck.batch.tables.pieces import csv_pieces, jsonl_pieces
from moodcheck.batch.tables.source import Source, joined, translated_errors
from moodcheck.batch.tables.statistics import statistics_lines
from moodcheck.batch.tables.strict_csv import COMMA
from moodcheck.batch.tables.strict_jsonl import column_names, first_keys
from moodcheck.errors import BadData, UsageError
from moodcheck.installation import part_missing

if TYPE_CHECKING:
    from moodcheck.batch.responses import Asked
    from moodcheck.batch.tables.layout import Layout

_FIRST_LINES = 1_000
"""Lines among which a header is looked for."""

_QUOTES_TAKE = 2
"""How many times as many bytes a record takes with every cell in quotation marks, about."""

_KEYS_TAKE = 2
"""How many times as many bytes a record takes in JSON Lines as it does in CSV, about."""


def open_table(
    source: Source, layout: Layout, header_rows: int, asked: Asked | None = None
) -> Table:
    """Return the table in a source.

    Args:
        source: where it lies.
        layout: how its text lies.
        header_rows: how many rows stand before its first record.
        asked: what responses of FHIR answer; None where nobody knows.

    Raises:
        UsageError: when a sheet is named and it has none.
        BadData: when its beginning cannot be read, or it has no rows of a header and should.
        IOFailed: when it cannot be read.
    """
    refuse_sheet(source, layout)
    match source.kind:
        case TableKind.CSV:
            return CsvTable(source, layout.delimiter, header_rows)
        case TableKind.EXCEL:
            return ConvertedTable(source, _sheet_lines(source, layout.sheet), header_rows)
        case TableKind.STATISTICS if header_rows == 1:
            lines = partial(statistics_lines, source.path, source.shown)
            return ConvertedTable(source, lines, header_rows)
    if header_rows > 1:
        raise BadData(
            f"{source.shown} has no rows of a header, and the map says that it has {header_rows}",
            mend="Remove 'header_rows' from the map",
        )
    return _without_header(source, asked)


def refuse_sheet(source: Source, layout: Layout) -> None:
    """Raise UsageError where a sheet is named and there are none."""
    if layout.sheet is not None and source.kind is not TableKind.EXCEL:
        raise UsageError(
            f"{source.shown} is no Excel workbook, and --sheet names a sheet of one",
            mend="Leave --sheet out",
        )


def _without_header(source: Source, asked: Asked | None) -> Table:
    match source.kind:
        case TableKind.FHIR | TableKind.FHIR_LINES:
            return _responses(source, asked)
        case TableKind.JSONL:
            return JsonlTable(source)
        case TableKind.JSON_ARRAY:
            return JsonArrayTable(source)
    return ParquetTable(source)


def _responses(source: Source, asked: Asked | None) -> Table:
    if asked is None:
        raise BadData(
            f"{source.shown} has responses of FHIR, which need no map as a rule",
            mend="Score them, with the Questionnaire under --form where their items are not known",
        )
    return FhirTable(source, asked)


def _sheet_lines(source: Source, sheet: str | None) -> Callable[[], Generator[bytes]]:
    try:
        from moodcheck.batch.tables.excel import sheet_rows
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "openpyxl":
            raise
        raise part_missing("Reading Excel workbooks", "excel") from None
    return lambda: csv_lines(sheet_rows(source.path, sheet, source.shown))


class CsvTable:
    """Cells between separators."""

    types = NO_TYPES
    about: Sequence[str] = ()

    def __init__(self, source: Source, delimiter: str | None, header_rows: int) -> None:
        self.source = source
        self._read_header = partial(
            read_header, where=source.shown, delimiter=delimiter, rows=header_rows
        )
        with self._beginning() as file:
            header = self._read_header(file)
        self.names, self.labels = header.names, header.labels

    @property
    def size(self) -> int | None:
        """How many bytes there are, as `Table` has it."""
        return self.source.size

    def pieces(self, wanted: Wanted) -> Iterator[Piece]:
        """Yield its records, as `Table` has it."""
        with self._opened() as file:
            header = self._read_header(file)
            places = {called: header.names.index(name) for called, name in wanted.columns.items()}
            rows = CsvRows(len(header.names), places, wanted.numbers, header.delimiter)
            records = joined(header.rest, file)
            size = wanted.size * (_QUOTES_TAKE if header.rest.startswith(b'"') else 1)
            for piece in csv_pieces(records, rows.width, size, header.delimiter):
                yield Piece(rows, piece, len(piece.content) or size)

    def _beginning(self) -> AbstractContextManager[BinaryIO]:
        return self.source.beginning()

    def _opened(self) -> AbstractContextManager[BinaryIO]:
        return self.source.opened()


class ConvertedTable(CsvTable):
    """What is no text, read as the CSV that it would be."""

    def __init__(
        self, source: Source, lines: Callable[[], Generator[bytes]], header_rows: int
    ) -> None:
        self._lines = lines
        super().__init__(source, COMMA, header_rows)

    @contextmanager
    def _beginning(self) -> Iterator[BinaryIO]:
        with translated_errors(self.source.shown), closing(self._lines()) as lines:
            yield io.BytesIO(b"".join(islice(lines, _FIRST_LINES)))

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        with translated_errors(self.source.shown), closing(self._lines()) as lines:
            yield io.BufferedReader(LineStream(lines))


class JsonlTable:
    """An object a line."""

    labels = ()
    types = NO_TYPES
    about: Sequence[str] = ()

    def __init__(self, source: Source) -> None:
        self.source = source
        with self._beginning() as file:
            self.names = column_names(file, source.shown)

    @property
    def size(self) -> int | None:
        """How many bytes there are, as `Table` has it."""
        return self.source.size

    def pieces(self, wanted: Wanted) -> Iterator[Piece]:
        """Yield its records, as `Table` has it."""
        with self._beginning() as file:
            keys = first_keys(file)
        with self._opened() as file:
            rows = JsonlRows(wanted.columns, keys, wanted.numbers)
            for content in jsonl_pieces(file, _KEYS_TAKE * wanted.size):
                yield Piece(rows, content, len(content))

    def _beginning(self) -> AbstractContextManager[BinaryIO]:
        return self.source.beginning()

    def _opened(self) -> AbstractContextManager[BinaryIO]:
        return self.source.opened()


class JsonArrayTable(JsonlTable):
    """Objects in an array."""

    @contextmanager
    def _beginning(self) -> Iterator[BinaryIO]:
        with self.source.beginning() as file:
            lines = array_lines(file, self.source.shown, is_whole=False)
            yield io.BytesIO(b"".join(islice(lines, _FIRST_LINES)))

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        with self.source.opened() as file:
            lines = array_lines(file, self.source.shown, is_whole=True)
            yield io.BufferedReader(LineStream(lines))


class ParquetTable:
    """Columns."""

    labels = ()
    about: Sequence[str] = ()

    def __init__(self, source: Source) -> None:
        from moodcheck.batch.embedded.parquet_rows import CELL, ParquetRows, SliceReader

        self.source = source
        self._rows = ParquetRows(source.path, source.shown)
        self._reader = SliceReader
        self.names, self.types, rows = self._rows.told()
        self.size = max(0, rows) * len(self.names) * CELL

    def pieces(self, wanted: Wanted) -> Iterator[Piece]:
        """Yield its records, as `Table` has it; its slices have a size of their own."""
        reader = self._reader(wanted)
        for part in self._rows.slices(wanted.columns):
            yield Piece(reader, part, part.size)
