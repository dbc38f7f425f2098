"""Lines of FHIR → rows: those that are put together alike by their parts, the others strictly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl
from polars.exceptions import PolarsError

from moodcheck.batch.embedded.fhir_alike import FhirAlike
from moodcheck.batch.embedded.fhir_columns import STATUS, FhirColumns, Places
from moodcheck.batch.embedded.jsonl_rows import IS_BLANK
from moodcheck.batch.embedded.rows import (
    RECORD,
    Broken,
    Content,
    Rows,
    content_of_series,
)
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.tables.strict_csv import LONGEST, rejected_as_too_long
from moodcheck.interop.fhir.response import (
    RESPONSE,
    UNFINISHED,
    Fault,
    NotAResourceError,
    read_line,
    read_response,
)

if TYPE_CHECKING:
    from moodcheck.interop.fhir.responses import ResponsesReader


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a line has no cells."""

    reason: RejectReason
    raw: str


@dataclass(frozen=True, slots=True)
class FhirRows:
    """Reads the lines of a file: those that are put together alike at once, the others strictly."""

    reader: ResponsesReader
    columns: FhirColumns
    _alike: FhirAlike = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_alike", FhirAlike(self.reader, self.columns))

    def read(self, content: bytes) -> Rows:
        """Return every record of a piece: whole lines."""
        try:
            lines = pl.read_lines(content).to_series()  # a third of the time of splitting a text
        except PolarsError:
            return self.read_strictly(content)
        resources = lines.filter(~lines.str.contains(IS_BLANK))
        places: Places = {"": 0}
        alike = self._alike.read(resources, places)
        numbers = pl.Series([], dtype=pl.UInt32) if alike is None else alike.get_column(RECORD)
        others: Iterable[tuple[int, bytes]] = ()
        if len(numbers) < len(resources):
            every = pl.int_range(1, len(resources) + 1, dtype=pl.UInt32, eager=True)
            is_other = ~every.is_in(numbers.implode())
            texts = (text.encode() for text in resources.filter(is_other))
            others = zip(every.filter(is_other), texts, strict=True)
        content_of = content_of_series(resources)
        return self._rows(others, content_of, len(lines) - len(resources), places, alike)

    def read_strictly(self, content: bytes) -> Rows:
        """Return the same, of one record after the other."""
        lines = [line.removesuffix(b"\r") for line in content.split(b"\n")[:-1]]
        resources = [line for line in lines if line.strip()]
        return self._rows(
            enumerate(resources, start=1),
            lambda asked: [resources[number - 1] for number in asked],
            len(lines) - len(resources),
            {"": 0},
        )

    def _rows(
        self,
        lines: Iterable[tuple[int, bytes]],
        content: Content,
        blank_lines: int,
        places: Places,
        alike: pl.DataFrame | None = None,
    ) -> Rows:
        """Return rows of which some may have been read, and the others lie in lines."""
        rows: list[tuple[str | int, ...]] = []
        broken = []
        other_resources = 0
        for number, line in lines:
            match self.row(line, places):
                case Unread(reason, raw):
                    broken.append(Broken(number, reason.value, raw))
                case None:
                    other_resources += 1
                case row:
                    rows.append((number, *row))
        frame = pl.DataFrame(rows, schema=self.columns.schema, orient="row")
        if alike is not None:
            frame = pl.concat([frame, alike])
        read = self.columns.read(frame.sort(RECORD), places)
        status = read.drop_in_place(STATUS)
        return Rows(
            read,
            content,
            broken,
            blank_lines=blank_lines,
            unfinished=int(status.is_in([*UNFINISHED]).sum()),
            other_resources=other_resources,
        )

    def row(self, line: bytes, places: Places) -> tuple[str | int, ...] | Unread | None:
        """Return the cells of a line, as `FhirColumns.row`, or why it has none.

        For a resource of another type, return None.
        """
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
        return self.columns.row(response, self.reader.cells(response), places)


def _why(error: NotAResourceError) -> RejectReason:
    if error.is_named_twice:
        return RejectReason.DUPLICATE_KEY
    return RejectReason.NOT_AN_OBJECT if error.is_text else RejectReason.BAD_ENCODING
