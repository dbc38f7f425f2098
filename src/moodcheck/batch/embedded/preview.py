"""The beginning of a table: its header, and what stands in its columns."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.embedded.opening import open_table
from moodcheck.batch.embedded.rows import RECORD
from moodcheck.batch.embedded.table import Table, Wanted
from moodcheck.batch.tables.kinds import TableKind
from moodcheck.batch.tables.source import open_source
from moodcheck.batch.tables.statistics import code_labels
from moodcheck.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from moodcheck.batch.tables.layout import Layout

MOST_ROWS = 1_000
MOST_TEXTS = 24
"""A column with more different texts than this does not hold answers."""

_LONGEST_TEXT = 60
_PIECE = 1024 * 1024
_QUALTRICS = '{"ImportId"'
"""How a cell begins in the second row of labels that Qualtrics writes."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the first rows of a table tell."""

    names: tuple[str, ...]
    texts: tuple[frozenset[str], ...]
    """For each column, the texts in it; none where there are many, or long ones."""
    header_rows: int
    """How many rows seem to stand before the first record."""
    labels: Mapping[str, Mapping[str, str]]
    """By column: what the file itself calls its codes."""


def preview(name: str, layout: Layout, spool: Path) -> Preview:
    """Return the header of a table, and what its first rows hold.

    Args:
        name: a file, or `-`.
        layout: how its text lies.
        spool: a folder for the copy of what cannot be read twice.

    Raises:
        UsageError, InputNotFound, BadData, IOFailed: as when it is scored.
    """
    with ExitStack() as streams:
        table = open_table(open_source(name, spool, 0, streams, layout.encoding), layout, 1)
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


def _first_rows(table: Table) -> pl.DataFrame:
    columns = {f"column_{i}": name for i, name in enumerate(dict.fromkeys(table.names))}
    rows = pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    for piece in table.pieces(Wanted(columns, _PIECE)):
        rows = pl.concat([rows, piece.read().frame.drop(RECORD)]).head(MOST_ROWS)
        if len(rows) == MOST_ROWS:
            break
    return rows


def _texts(column: pl.Series) -> frozenset[str]:
    texts = frozenset(column.unique().to_list())
    may_be_answers = len(texts) <= MOST_TEXTS and all(len(text) <= _LONGEST_TEXT for text in texts)
    return texts if may_be_answers else frozenset()
