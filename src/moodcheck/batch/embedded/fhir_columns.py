"""The columns of rows of FHIR, and where in a response each of them comes from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.embedded.rows import (
    FAULT,
    FAULT_COLUMN,
    FAULT_VALUE,
    RECORD,
    number_type,
    stated_column,
)
from moodcheck.interop.fhir.response import HEADS

if TYPE_CHECKING:
    from moodcheck.interop.fhir.answers import Cells
    from moodcheck.interop.fhir.response import Response

STATUS = "__status"
"""What the column with the status is called, which is only counted."""

Places = dict[str, int]
"""Texts of cells → the place of each among them; the empty text is the first."""


@dataclass(frozen=True, slots=True)
class FhirColumns:
    """Where the columns of a row come from: what each is called → its name in a response."""

    heads: Mapping[str, str]
    items: Mapping[str, str]
    """→ the id of the item."""
    others: Mapping[str, str]
    """→ the linkId."""
    stated: Mapping[str, str]
    """→ the id of the scale."""
    numbers: Mapping[str, Collection[int]]
    """`Plan.numbers`."""

    @property
    def cells(self) -> tuple[str, ...]:
        """Every column but those of the head; in them a row has the places of its texts."""
        return (*self.items, *self.others, *self._seldom)

    @property
    def schema(self) -> dict[str, type[pl.DataType]]:
        """What a table of rows with places has."""
        heads, cells = dict.fromkeys(self.heads, pl.String), dict.fromkeys(self.cells, pl.UInt32)
        return {RECORD: pl.UInt32, **heads, **cells}

    @property
    def _seldom(self) -> tuple[str, ...]:
        """The columns that most tables have nothing in."""
        return (*self.stated, FAULT, FAULT_COLUMN, FAULT_VALUE)

    def row(self, response: Response, cells: Cells, places: Places) -> tuple[str | int, ...]:
        """Return the texts of the head, and of all other columns the places of their texts.

        A text that has no place yet is given one.
        """
        fault = cells.fault
        texts = (
            *(cells.items.get(item, "") for item in self.items.values()),
            *(cells.others.get(link, "") for link in self.others.values()),
            *(cells.scores.get(scale, "") for scale in self.stated.values()),
            *(("", "", "") if fault is None else (fault.why.value, fault.link, fault.value)),
        )
        return (
            *(response.heads[name] for name in self.heads.values()),
            *(places.setdefault(text, len(places)) for text in texts),
        )

    def read(self, rows: pl.DataFrame, places: Places) -> pl.DataFrame:
        """Return rows as `Rows` has them, of rows with places."""
        texts = pl.Series([*places], dtype=pl.String)
        told = [*self.items, *self.others]
        if rows.select(pl.max_horizontal(pl.col(*self._seldom).max())).item():
            told += self._seldom
        series = dict.fromkeys(told, texts) | self._numbers(rows, places)
        cells = (pl.lit(one).gather(pl.col(name)).alias(name) for name, one in series.items())
        return rows.select(RECORD, *self.heads, *cells)

    def _numbers(self, rows: pl.DataFrame, places: Places) -> dict[str, pl.Series]:
        """Return what is at each place, for the items of which all rows have but numbers."""
        found = {}
        for called in self.numbers.keys() & self.items.keys():
            known = {str(one): one for one in self.numbers[called]}
            others = [place for text, place in places.items() if text and text not in known]
            if others and rows.get_column(called).is_in(others).any():
                continue
            kind = number_type(self.numbers[called])
            found[called] = pl.Series([known.get(text) for text in places], dtype=kind)
        return found


def fhir_columns(
    wanted: Mapping[str, str],
    items: Mapping[str, str],
    scales: Sequence[str],
    numbers: Mapping[str, Collection[int]],
) -> FhirColumns:
    """Return where columns come from.

    Args:
        wanted: what each is called → its name in the table.
        items: the name of a column → the item that it is.
        scales: ids of the scales whose score may be stated.
        numbers: `Plan.numbers`.
    """
    heads = {called: name for called, name in wanted.items() if name in HEADS}
    others = {called: name for called, name in wanted.items() if called not in heads}
    return FhirColumns(
        heads | {STATUS: "status"},
        {called: items[name] for called, name in others.items() if name in items},
        {called: name for called, name in others.items() if name not in items},
        {stated_column(scale): scale for scale in scales},
        numbers,
    )
