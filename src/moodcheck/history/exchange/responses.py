"""Responses of FHIR → sittings of one client, or every reason why they cannot be filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from moodcheck.errors import BadData, Problem
from moodcheck.history.client_code import OWN, same_client
from moodcheck.history.critical import critical_entries
from moodcheck.history.exchange.response_sitting import (
    AGAIN,
    WHY,
    Reading,
    id_of,
    may_be_alert,
    sitting_of,
)
from moodcheck.history.exported import Exported
from moodcheck.history.record import Record, RecordState, SittingMode
from moodcheck.interop.fhir.bundle import is_document, resource_lines
from moodcheck.interop.fhir.faults import ResponseFault
from moodcheck.interop.fhir.response import (
    RESPONSE,
    Fault,
    NotAResourceError,
    read_line,
    read_response,
)

FORMAT = "FHIR"

_START = 4_096
_MOST_TOLD = 20
_LEFT_OUT = frozenset({ResponseFault.ENTERED_IN_ERROR, ResponseFault.OTHER_QUESTIONNAIRE})


def is_responses(content: bytes) -> bool:
    """Return whether a file begins as FHIR does."""
    return is_document(content[:_START]) is not None


@dataclass(slots=True)
class BroughtResponses:
    """What a file of responses brings."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    subjects: set[str] = field(default_factory=set)
    left_out: int = 0
    """Responses that are taken back, answer another questionnaire, or are none that is wanted."""
    alerts_left_out: int = 0
    """Those among them with an answer that is an alert, or cannot be read."""
    may_hide_alert: bool = False
    """Whether that may be so of what cannot be filed."""
    others: int = 0
    """Resources of other types."""


def response_lines(name: str, content: bytes) -> Sequence[bytes]:
    """Return the resources in the content of a file, each on a line.

    Raises:
        BadData: when it is one document, and cannot be read.
    """
    if is_document(content[:_START]):
        return resource_lines(content, name)
    return [line for line in content.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]


def read_responses(
    name: str, lines: Sequence[bytes], reading: Reading, *, client: str, now: datetime
) -> tuple[Exported, BroughtResponses]:
    """Return the sittings that a file of responses brings.

    Args:
        name: what messages call the file.
        lines: its resources (`response_lines`).
        reading: how they are read.
        client: the code under which all of them are filed.
        now: when it is read.

    Raises:
        BadData: when it has any responses that cannot be filed, or of several people. Names every
            problem, and never an answer.
    """
    found = BroughtResponses()
    filing = _Filing(reading, client, found)
    for number, line in enumerate(lines, start=1):
        filing.add(line, number)
    _refuse(found, name)
    return Exported(tuple(found.records), exported_at=now, written_by=FORMAT), found


@dataclass(frozen=True, slots=True)
class _Filing:
    """How the lines of a file are filed, and what came of them so far."""

    reading: Reading
    client: str
    found: BroughtResponses

    def add(self, line: bytes, number: int) -> None:
        """Add what a line brings, or what is wrong with it."""
        place = f"record {number}"
        try:
            resource = read_line(line)
        except NotAResourceError:
            self.found.problems.append(
                Problem(place, "it is no JSON that can be read in one way", AGAIN)
            )
            self.found.may_hide_alert = True
            return
        if resource["resourceType"] != RESPONSE:
            self.found.others += 1
            return
        response = read_response(resource)
        if isinstance(response, Fault):
            self.found.problems.append(Problem(place, WHY[response.why], AGAIN))
            self.found.may_hide_alert = True
            return
        cells, texts = self.reading.read(response)
        is_taken_back = cells.fault is not None and cells.fault.why in _LEFT_OUT
        if texts is None or is_taken_back:
            self.found.left_out += 1
            self.found.alerts_left_out += may_be_alert(texts or cells.items, self.reading)
            return
        try:
            sitting = sitting_of(response, cells, texts, self.reading, place)
        except BadData as error:
            self.found.problems += error.problems
            self.found.may_hide_alert |= may_be_alert(texts, self.reading)
            return
        self.found.subjects.add(response.heads["subject"])
        is_own = same_client(self.client, OWN)
        self.found.records.append(
            Record(
                id=id_of(response, texts, self.reading),
                client=self.client,
                origin="",
                sequence=number,
                mode=SittingMode.OWN if is_own else SittingMode.HAND_OVER,
                state=RecordState.CLOSED,
                administration=sitting,
                notes=MappingProxyType({}),
                critical=critical_entries(sitting, RecordState.CLOSED, ()),
            )
        )


def _refuse(found: BroughtResponses, name: str) -> None:
    """Refuse a file of which not everything can be filed, or not under one code."""
    told = found.problems[:_MOST_TOLD]
    if left := len(found.problems) - len(told):
        told.append(Problem("", f"and {left} more", "Fix these first"))
    if found.may_hide_alert:
        what = "among these is an answer about death or suicide that is an alert, or may be one"
        told.append(Problem("alert", what, "Let somebody who can help read them today"))
    if told:
        raise BadData(f"{name} cannot be imported, and nothing of it was", problems=told)
    if len(found.subjects) > 1:
        raise BadData(
            f"{name} has responses of {len(found.subjects)} people, and nothing of it was imported",
            mend="Ask for those of one person, and file each with a --client of their own",
        )
    twice = len(found.records) - len({one.id for one in found.records})
    if twice:
        raise BadData(
            f"{name} has {twice} responses more than once, and nothing of it was imported",
            mend="Take them out of the file",
        )
