"""The beginning of a table: its header, and what stands in its columns."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.embedded.opening import open_table, refuse_sheet
from moodcheck.batch.embedded.rows import RECORD
from moodcheck.batch.embedded.table import Table, Wanted
from moodcheck.batch.map_proposal import Preview, answers_among
from moodcheck.batch.response_preview import preview_of_responses
from moodcheck.batch.tables.fhir_lines import fhir_lines
from moodcheck.batch.tables.kinds import OF_FHIR, TableKind
from moodcheck.batch.tables.source import open_source
from moodcheck.batch.tables.statistics import code_labels
from moodcheck.errors import BadData

if TYPE_CHECKING:
    from pathlib import Path

    from moodcheck.batch.responses import Asked
    from moodcheck.batch.tables.layout import Layout
    from moodcheck.batch.tables.source import Source

MOST_ROWS = 1_000
_PIECE = 1024 * 1024
_MOST_RESOURCES = 5_000
_QUALTRICS = '{"ImportId"'
"""How a cell begins in the second row of labels that Qualtrics writes."""


def preview(name: str, layout: Layout, spool: Path, asked: Asked) -> Preview:
    """Return the header of a table, and what its first rows hold.

    Args:
        name: a file, or `-`.
        layout: how its text lies.
        spool: a folder for the copy of what cannot be read twice.
        asked: what responses of FHIR answer.

    Raises:
        UsageError, InputNotFound, BadData, IOFailed: as when it is scored.
    """
    with ExitStack() as streams:
        source = open_source(name, spool, 0, streams, layout.encoding)
        if source.kind in OF_FHIR:
            return _of_responses(source, layout, asked)
        table = open_table(source, layout, 1)
        if not any(table.names):
            raise BadData(
                f"{table.source.shown} has no column names, so no map can be proposed",
                mend="Start it with column names",
            )
        rows = _first_rows(table)
        is_labelled = table.source.kind is TableKind.STATISTICS
        labels = code_labels(table.source.path, table.source.shown) if is_labelled else {}
    is_label = any(cell.startswith(_QUALTRICS) for cell in rows.row(1)) if len(rows) > 1 else False
    header_rows = 3 if is_label else 1
    records = rows.slice(header_rows - 1)
    texts = {one: _texts(records.get_column(one)) for one in records.columns}
    places = {name: f"column_{i}" for i, name in enumerate(dict.fromkeys(table.names))}
    return Preview(
        table.names, tuple(texts[places[one]] for one in table.names), header_rows, labels
    )


def _of_responses(source: Source, layout: Layout, asked: Asked) -> Preview:
    refuse_sheet(source, layout)
    with source.beginning() as file:
        is_part = source.stream is not None
        lines = fhir_lines(file, source.kind, source.shown, is_beginning=is_part)
        return preview_of_responses(asked, [*islice(lines, _MOST_RESOURCES)], source.shown)


def _first_rows(table: Table) -> pl.DataFrame:
    columns = {f"column_{i}": name for i, name in enumerate(dict.fromkeys(table.names))}
    rows = pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    for piece in table.pieces(Wanted(columns, _PIECE)):
        rows = pl.concat([rows, piece.read().frame.drop(RECORD)]).head(MOST_ROWS)
        if len(rows) == MOST_ROWS:
            break
    return rows


def _texts(column: pl.Series) -> frozenset[str]:
    return answers_among(column.unique().to_list())
