"""Lines of FHIR → rows: those that are put together alike by their parts, the others strictly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl
from polars.exceptions import PolarsError

from moodcheck.batch.embedded.fhir_alike import FhirAlike
from moodcheck.batch.embedded.fhir_columns import STATUS, FhirColumns
from moodcheck.batch.embedded.jsonl_rows import IS_BLANK
from moodcheck.batch.embedded.rows import (
    RECORD,
    Broken,
    Content,
    Rows,
    content_of_lines,
    content_of_series,
    numbered,
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
        is_record = ~lines.str.contains(IS_BLANK)
        resources = lines.filter(is_record)
        numbers = pl.int_range(1, len(resources) + 1, dtype=pl.UInt32, eager=True)
        is_short = resources.str.len_bytes() < LONGEST
        alike = self._alike.read(resources.filter(is_short), numbers.filter(is_short))
        if alike is None:
            return self.read_strictly(content)
        is_other = ~numbers.is_in(alike.get_column(RECORD).implode())
        others = zip(numbers.filter(is_other), resources.filter(is_other), strict=True)
        return self._rows(
            [(number, line.encode()) for number, line in others],
            len(resources),
            content_of_series(resources),
            blank_lines=len(lines) - len(resources),
            alike=alike,
        )

    def read_strictly(self, content: bytes) -> Rows:
        """Return the same, of one record after the other."""
        lines = [line.removesuffix(b"\r") for line in content.split(b"\n")[:-1]]
        resources = [line for line in lines if line.strip()]
        return self._rows(
            [*enumerate(resources, start=1)],
            len(resources),
            content_of_lines(lambda: resources),
            blank_lines=len(lines) - len(resources),
        )

    def _rows(
        self,
        lines: Sequence[tuple[int, bytes]],
        records: int,
        content: Content,
        *,
        blank_lines: int,
        alike: pl.DataFrame | None = None,
    ) -> Rows:
        """Return rows of which some may have been read, and the others lie in lines."""
        texts: dict[int, tuple[str, ...]] = {}
        broken = []
        for number, line in lines:
            match self.row(line):
                case Unread(reason, raw):
                    broken.append(Broken(number, reason.value, raw))
                case tuple() as row:
                    texts[number] = row
        schema = dict.fromkeys(self.columns.called, pl.String)
        frame = pl.DataFrame([*texts.values()], schema=schema, orient="row")
        frame = numbered(frame, pl.Series([*texts], dtype=pl.UInt32))
        if alike is not None:
            frame = pl.concat([frame, alike]).sort(RECORD)
        return Rows(
            frame.drop(STATUS),
            content,
            broken,
            blank_lines=blank_lines,
            unfinished=int(frame.get_column(STATUS).is_in([*UNFINISHED]).sum()),
            other_resources=records - frame.height - len(broken),
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
