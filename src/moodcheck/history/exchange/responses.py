"""Responses of FHIR → sittings of one client, or every reason why they cannot be filed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.scoring import score
from moodcheck.errors import BadData, Problem
from moodcheck.history.client_code import OWN, same_client
from moodcheck.history.critical import critical_entries
from moodcheck.history.exchange.rebuilding import moment
from moodcheck.history.exported import Exported
from moodcheck.history.record import Record, RecordState, SittingMode
from moodcheck.interop.fhir.answers import is_stated_otherwise
from moodcheck.interop.fhir.bundle import is_document, resource_lines
from moodcheck.interop.fhir.faults import ResponseFault
from moodcheck.interop.fhir.response import (
    RESPONSE,
    Fault,
    NotAResourceError,
    Response,
    read_line,
    read_response,
)
from moodcheck.interop.fhir.responses import ResponsesReader, Wish

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.interop.fhir.answers import Cells

FORMAT = "FHIR"

_START = 4_096
_MOST_TOLD = 20
_ID_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ID_LENGTH = 12
_LEFT_OUT = frozenset({ResponseFault.ENTERED_IN_ERROR, ResponseFault.OTHER_QUESTIONNAIRE})
_AGAIN = "Ask for it again, or take it out of the file"

_WHY: Mapping[ResponseFault, str] = {
    ResponseFault.OTHER_FHIR_VERSION: "it is written for another version of FHIR than R4",
    ResponseFault.BAD_SHAPE: "a part of it is not what FHIR R4 has there",
    ResponseFault.TOO_DEEP: "its groups are nested too deeply",
    ResponseFault.UNKNOWN_ITEM: "it answers an item that its Questionnaire does not have",
    ResponseFault.ANSWERED_TWICE: "an item has two answers",
    ResponseFault.WRONG_TYPE: "an answer is of a type that does not fit",
    ResponseFault.BAD_WEIGHT: "the weight of an answer is no whole number, or contradicts its code",
}


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
    """Responses that are taken back, or answer another questionnaire."""
    alerts_left_out: int = 0
    """Those among them with an answer that is an alert, or cannot be read."""
    may_hide_alert: bool = False
    """Whether that may be so of what cannot be filed."""
    others: int = 0
    """Resources of other types."""


def read_responses(
    name: str, content: bytes, wish: Wish, *, client: str, now: datetime
) -> tuple[Exported, BroughtResponses]:
    """Return the sittings that a file of responses brings.

    Args:
        name: what messages call the file.
        content: UTF-8.
        wish: what was answered.
        client: the code under which all of them are filed.
        now: when it is read.

    Raises:
        BadData: when it has no responses, or any that cannot be filed; when they are of several
            people; when an item is nowhere. Names every problem, and never an answer.
    """
    lines = _lines(name, content)
    reader = ResponsesReader(wish, lines, name)
    asked = wish.questionnaire
    needed = [*(one.id for one in asked.items), *(one.item for one in asked.critical)]
    reader.refuse_absent(needed, "If it was asked and skipped, its Questionnaire says so")
    found = BroughtResponses()
    filing = _Filing(reader, asked, client, found)
    for number, line in enumerate(lines, start=1):
        filing.add(line, number)
    _refuse(found, name)
    return Exported(tuple(found.records), exported_at=now, written_by=FORMAT), found


def _lines(name: str, content: bytes) -> Sequence[bytes]:
    if is_document(content[:_START]):
        return resource_lines(content, name)
    return [line for line in content.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class _Filing:
    """How the lines of a file are filed, and what came of them so far."""

    reader: ResponsesReader
    asked: Questionnaire
    client: str
    found: BroughtResponses

    def add(self, line: bytes, number: int) -> None:
        """Add what a line brings, or what is wrong with it."""
        place = f"record {number}"
        try:
            resource = read_line(line)
        except NotAResourceError:
            self.found.problems.append(
                Problem(place, "it is no JSON that can be read in one way", _AGAIN)
            )
            self.found.may_hide_alert = True
            return
        if resource["resourceType"] != RESPONSE:
            self.found.others += 1
            return
        response = read_response(resource)
        if isinstance(response, Fault):
            self.found.problems.append(Problem(place, _WHY[response.why], _AGAIN))
            self.found.may_hide_alert = True
            return
        cells = self.reader.cells(response)
        if cells.fault is not None and cells.fault.why in _LEFT_OUT:
            self.found.left_out += 1
            self.found.alerts_left_out += _may_be_alert(cells, self.asked)
            return
        try:
            sitting = _sitting(response, cells, self.asked, self.reader.items, place)
        except BadData as error:
            self.found.problems += error.problems
            self.found.may_hide_alert |= _may_be_alert(cells, self.asked)
            return
        self.found.subjects.add(response.heads["subject"])
        is_own = same_client(self.client, OWN)
        self.found.records.append(
            Record(
                id=_id(response, cells),
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


def _sitting(
    response: Response, cells: Cells, asked: Questionnaire, items: Sequence[str], place: str
) -> Administration:
    """Return the sitting that a response is; raises BadData with its problems."""
    problems = [*_problems(cells, asked, place)]
    try:
        taken_at = moment(response.heads["authored"], f"{place}.authored")
    except BadData as error:
        raise BadData("", problems=[*problems, *error.problems]) from None
    if problems:
        raise BadData("", problems=problems)
    given = {}
    for item in asked.all_items:
        otherwise = Unanswered.BLANK if item.id in items else Unanswered.NOT_ASKED
        reason = cells.reasons.get(item.id, otherwise)
        text = cells.items.get(item.id, "")
        given[item.id] = _given(text, reason, is_text=item.type == "text")
    sitting = administer(asked, given, taken_at=taken_at)
    for one in score(sitting):
        if is_stated_otherwise(cells.scores.get(one.scale.id, ""), one.score):
            what = f"it states another score of '{one.scale.label}' than its answers give"
            raise BadData("", problems=[Problem(place, what, "Find out which of the two is wrong")])
    return sitting


def _problems(cells: Cells, asked: Questionnaire, place: str) -> Iterator[Problem]:
    if cells.fault is not None:
        where = f"{place}, {cells.fault.link}" if cells.fault.link else place
        yield Problem(where, _WHY[cells.fault.why], _AGAIN)
        return
    for item, text in cells.items.items():
        offered = {str(option.value) for option in asked.options(item)}
        if offered and text and text not in offered:
            yield Problem(f"{place}, item {item}", "the answer is not one of those offered", _AGAIN)


def _given(text: str, reason: Unanswered, *, is_text: bool) -> int | str | Unanswered:
    if not text:
        return reason
    return text if is_text else int(text)


def _may_be_alert(cells: Cells, asked: Questionnaire) -> bool:
    """Return whether an answer to a critical item is an alert, or cannot be read."""
    for critical in asked.critical:
        text = cells.items.get(critical.item, "")
        values = {str(option.value): option.value for option in asked.options(critical.item)}
        if text and (text not in values or critical.is_alert(values[text])):
            return True
    return False


def _id(response: Response, cells: Cells) -> str:
    """Return the same id for the same response, however and whenever it was exported."""
    told: list[Any] = [[*response.heads.values()], sorted(cells.items.items())]
    number = int(sha256(json.dumps(told).encode()).hexdigest(), 16)
    signs = []
    for _place in range(_ID_LENGTH):
        number, sign = divmod(number, len(_ID_SIGNS))
        signs.append(_ID_SIGNS[sign])
    return "".join(signs)


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
