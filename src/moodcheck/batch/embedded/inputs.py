"""The inputs of a job, each held against the questionnaire and the map, and cut into pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from moodcheck.batch.embedded.csv_rows import CsvRows
from moodcheck.batch.embedded.jsonl_rows import JsonlRows
from moodcheck.batch.plan import Plan, refuse_mixed
from moodcheck.batch.row_reading import row_reading
from moodcheck.batch.tables.pieces import csv_pieces, jsonl_pieces
from moodcheck.batch.tables.source import Source, TableKind, joined, open_source
from moodcheck.batch.tables.strict_csv import read_header
from moodcheck.batch.tables.strict_jsonl import column_names, first_keys

if TYPE_CHECKING:
    from moodcheck.batch.embedded.rows import Rows
    from moodcheck.batch.row_engine import BatchJob
    from moodcheck.batch.row_reading import RowReading


@dataclass(frozen=True, slots=True)
class Piece:
    """Some records of an input, one after the other."""

    read: Callable[[], Rows]
    """Gives its rows, in any thread."""
    size: int
    """About how many bytes it has."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input."""

    place: int
    """Among the inputs of the job, from 0."""
    source: Source
    plan: Plan

    @property
    def shown(self) -> str:
        """What outputs and messages call it."""
        return self.source.shown

    @property
    def size(self) -> int | None:
        """How many bytes its pieces have all together, where that is known beforehand."""
        return self.source.size

    def pieces(self, size: int) -> Iterator[Piece]:
        """Yield its records, in pieces of about so many bytes.

        Raises:
            BadData: when it is damaged, or breaks off.
            IOFailed: when it cannot be read to its end.
        """
        match self.source.kind:
            case TableKind.CSV:
                yield from self._csv(size)
            case TableKind.JSONL:
                yield from self._jsonl(size)
            case TableKind.PARQUET:
                yield from self._parquet()

    def _csv(self, size: int) -> Iterator[Piece]:
        with self.source.opened() as file:
            header = read_header(file, self.shown)
            places = {
                called: header.names.index(name) for called, name in self.plan.columns.items()
            }
            rows = CsvRows(len(header.names), places, self.plan.numbers)
            for piece in csv_pieces(joined(header.rest, file), rows.width, size):
                yield Piece(partial(rows.read, piece), len(piece.content) or size)

    def _jsonl(self, size: int) -> Iterator[Piece]:
        with self.source.beginning() as file:
            keys = first_keys(file)
        with self.source.opened() as file:
            rows = JsonlRows(self.plan.columns, keys)
            for content in jsonl_pieces(file, size):
                yield Piece(partial(rows.read, content), len(content))

    def _parquet(self) -> Iterator[Piece]:
        from moodcheck.batch.embedded.parquet_rows import ParquetRows

        rows = ParquetRows(self.source.path, self.shown)
        for part in rows.slices(self.plan.columns):
            yield Piece(partial(rows.read, part, self.plan.columns), part.size)


def inputs_of(job: BatchJob, streams: ExitStack) -> list[Input]:
    """Return the inputs of a job.

    Args:
        job: what is to be scored.
        streams: closes what cannot be opened twice.

    Raises:
        UsageError: when a name looks like a URL.
        InputNotFound: when a file is not there.
        BadData: when it is of no kind that is read, a column is missing or ambiguous, or inputs
            do not have the same columns.
        IOFailed: when the spool has no room.
    """
    sources = [
        open_source(name, job.spool, place, streams) for place, name in enumerate(job.inputs)
    ]
    known: dict[tuple[str, ...], RowReading] = {}
    readings = []
    for source in sources:
        names = _names(source)
        if names not in known:
            known[names] = row_reading(job.questionnaire, job.answer_map, names, where=source.shown)
        readings.append(known[names])
    shown = [source.shown for source in sources]
    refuse_mixed(zip(shown, readings, strict=True))
    plan = Plan(job.questionnaire, readings[0])
    return [Input(place, source, plan) for place, source in enumerate(sources)]


def _names(source: Source) -> tuple[str, ...]:
    if source.kind is TableKind.PARQUET:
        from moodcheck.batch.embedded.parquet_rows import ParquetRows

        return ParquetRows(source.path, source.shown).names()
    with source.beginning() as file:
        if source.kind is TableKind.JSONL:
            return column_names(file)
        return read_header(file, source.shown).names
