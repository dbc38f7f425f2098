"""The columns of rows of FHIR, and where in a response each of them comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moodcheck.batch.embedded.rows import FAULT, FAULT_COLUMN, FAULT_VALUE, stated_column
from moodcheck.interop.fhir.response import HEADS

if TYPE_CHECKING:
    from moodcheck.interop.fhir.answers import Cells
    from moodcheck.interop.fhir.response import Response

STATUS = "__status"
"""What the column with the status is called, which is only counted."""


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

    @property
    def called(self) -> tuple[str, ...]:
        """Every column, those of what is wrong with a row at the end."""
        faults = (FAULT, FAULT_COLUMN, FAULT_VALUE)
        return (*self.heads, *self.items, *self.others, *self.stated, *faults)

    def row(self, response: Response, cells: Cells) -> tuple[str, ...]:
        """Return the texts of all columns."""
        fault = cells.fault
        return (
            *(response.heads[name] for name in self.heads.values()),
            *(cells.items.get(item, "") for item in self.items.values()),
            *(cells.others.get(link, "") for link in self.others.values()),
            *(cells.scores.get(scale, "") for scale in self.stated.values()),
            *(("", "", "") if fault is None else (fault.why.value, fault.link, fault.value)),
        )


def fhir_columns(
    wanted: Mapping[str, str], items: Mapping[str, str], scales: Sequence[str]
) -> FhirColumns:
    """Return where columns come from.

    Args:
        wanted: what each is called → its name in the table.
        items: the name of a column → the item that it is.
        scales: ids of the scales whose score may be stated.
    """
    heads = {called: name for called, name in wanted.items() if name in HEADS}
    others = {called: name for called, name in wanted.items() if called not in heads}
    return FhirColumns(
        heads | {STATUS: "status"},
        {called: items[name] for called, name in others.items() if name in items},
        {called: name for called, name in others.items() if name not in items},
        {stated_column(scale): scale for scale in scales},
    )
