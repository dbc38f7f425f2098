"""The inputs of a job, each held against the questionnaire and the map, and cut into pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.embedded.long_table import LongTable
from moodcheck.batch.embedded.opening import open_table
from moodcheck.batch.embedded.table import Piece, Table, Wanted
from moodcheck.batch.map_faults import columns_of
from moodcheck.batch.plan import Plan, one_reading
from moodcheck.batch.provenance import ReadInput
from moodcheck.batch.responses import Asked
from moodcheck.batch.row_engine import TableFormat
from moodcheck.batch.row_reading import refuse_answers_in_header
from moodcheck.batch.tables.kinds import OF_FHIR
from moodcheck.batch.tables.source import Source, open_source
from moodcheck.batch.used_items import needed_items

if TYPE_CHECKING:
    from moodcheck.batch.row_engine import BatchJob
    from moodcheck.batch.row_reading import RowReading


@dataclass(frozen=True, slots=True)
class Input:
    """One input."""

    place: int
    """Among the inputs of the job, from 0."""
    table: Table
    plan: Plan
    typed: tuple[str, ...] = ()
    """The columns that scores carry along in their own type, as plans call them."""

    @property
    def shown(self) -> str:
        """What outputs and messages call it."""
        return self.table.source.shown

    @property
    def size(self) -> int | None:
        """As `Table.size`."""
        return self.table.size

    def pieces(self, size: int) -> Iterator[Piece]:
        """Yield its records, in pieces of about so many bytes.

        Raises:
            BadData: when it is damaged, or breaks off.
            IOFailed: when it cannot be read to its end.
        """
        plan = self.plan
        yield from self.table.pieces(
            Wanted(plan.columns, size, plan.ids, plan.choices, plan.numbers, self.typed)
        )


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
    header_rows = 1 if job.answer_map is None else job.answer_map.header_rows
    sources = [
        open_source(name, job.spool, place, streams, job.layout.encoding)
        for place, name in enumerate(job.inputs)
    ]
    asked = Asked(job.questionnaire, job.answer_map, job.form)
    tables = [_table(source, job, header_rows, asked) for source in sources]
    known: dict[tuple[str, ...], RowReading] = {}
    readings = []
    for table in tables:
        names, where = table.names, table.source.shown
        if names not in known:
            known[names] = _reading(table, job, asked)
        refuse_answers_in_header(known[names], names, table.labels, where=where)
        readings.append(known[names])
    shown = [table.source.shown for table in tables]
    plan = Plan(job.questionnaire, one_reading([*zip(shown, readings, strict=True)]))
    typed = tuple(_typed(plan, tables, job.table_format))
    return [Input(place, table, plan, typed) for place, table in enumerate(tables)]


def _typed(plan: Plan, tables: Sequence[Table], written: TableFormat) -> Iterator[str]:
    """Yield the columns that are carried along in a type that every input has them in."""
    first, *others = [table.types for table in tables]
    for called, name in plan.carried.items():
        kind = first.get(name)
        if kind is not None and all(one.get(name) == kind for one in others):
            is_of_json = kind.is_integer() or kind.is_float() or kind == pl.Boolean
            if written is TableFormat.PARQUET or (written is TableFormat.JSONL and is_of_json):
                yield called


def _reading(table: Table, job: BatchJob, asked: Asked) -> RowReading:
    said = asked.said if table.source.kind in OF_FHIR else job.answer_map
    found = job.reading(table.names, table.source.shown, said)
    return replace(found, unread=tuple(one for one in found.unread if one not in table.about))


def _table(source: Source, job: BatchJob, header_rows: int, asked: Asked) -> Table:
    table, said = open_table(source, job.layout, header_rows, asked), job.answer_map
    if said is None or said.long is None:
        return table
    items = columns_of(said, job.questionnaire)
    needed = [items[one] for one in needed_items(job.questionnaire) if one in items]
    return LongTable(table, said.long, tuple(items.values()), needed)


def read_inputs(inputs: Sequence[Input]) -> tuple[ReadInput, ...]:
    """Return what all inputs were, once they have been read; errors as `Input.pieces`."""
    prints = [one.table.source.take_fingerprint() for one in inputs]
    return tuple(
        ReadInput(one.shown, read.size, read.sha256)
        for one, read in zip(inputs, prints, strict=True)
    )
