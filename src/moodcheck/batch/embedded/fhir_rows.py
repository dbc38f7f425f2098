"""Lines of FHIR → rows: each response strictly, one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.embedded.rows import (
    FAULT,
    FAULT_COLUMN,
    FAULT_VALUE,
    Broken,
    Rows,
    content_of_lines,
    numbered,
    stated_column,
)
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.tables.strict_csv import LONGEST, rejected_as_too_long
from moodcheck.interop.fhir.response import (
    HEADS,
    RESPONSE,
    UNFINISHED,
    Fault,
    NotAResourceError,
    read_line,
    read_response,
)

if TYPE_CHECKING:
    from moodcheck.interop.fhir.answers import Cells
    from moodcheck.interop.fhir.response import Response
    from moodcheck.interop.fhir.responses import ResponsesReader


_STATUS = "__status"


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
        heads | {_STATUS: "status"},
        {called: items[name] for called, name in others.items() if name in items},
        {called: name for called, name in others.items() if name not in items},
        {stated_column(scale): scale for scale in scales},
    )


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a line has no cells."""

    reason: RejectReason
    raw: str


@dataclass(frozen=True, slots=True)
class FhirRows:
    """Reads the lines of a file."""

    reader: ResponsesReader
    columns: FhirColumns

    def read(self, content: bytes) -> Rows:
        """Return every record of a piece: whole lines."""
        lines = [line.removesuffix(b"\r") for line in content.split(b"\n")[:-1]]
        resources = [line for line in lines if line.strip()]
        texts: dict[int, tuple[str, ...]] = {}
        broken = []
        for number, line in enumerate(resources, start=1):
            match self.row(line):
                case Unread(reason, raw):
                    broken.append(Broken(number, reason.value, raw))
                case tuple() as row:
                    texts[number] = row
        frame = pl.DataFrame(
            [*texts.values()], schema=dict.fromkeys(self.columns.called, pl.String), orient="row"
        )
        return Rows(
            numbered(frame.drop(_STATUS), pl.Series([*texts], dtype=pl.UInt32)),
            content_of_lines(lambda: resources),
            broken,
            blank_lines=len(lines) - len(resources),
            unfinished=int(frame.get_column(_STATUS).is_in([*UNFINISHED]).sum()),
            other_resources=len(resources) - len(texts) - len(broken),
        )

    def row(self, line: bytes) -> tuple[str, ...] | Unread | None:
        """Return the texts of a line, or why it has none; None for a resource of another type."""
        if len(line) >= LONGEST:
            return Unread(RejectReason.TOO_LONG, rejected_as_too_long(0, line).raw)
        try:
            resource = read_line(line)
        except NotAResourceError as error:
            return Unread(_why(error), line.decode(errors="replace"))
        if resource["resourceType"] != RESPONSE:
            return None
        response = read_response(resource)
        if isinstance(response, Fault):
            return Unread(RejectReason(response.why.value), line.decode())
        return self.columns.row(response, self.reader.cells(response))


def _why(error: NotAResourceError) -> RejectReason:
    if error.is_named_twice:
        return RejectReason.DUPLICATE_KEY
    return RejectReason.NOT_AN_OBJECT if error.is_text else RejectReason.BAD_ENCODING
