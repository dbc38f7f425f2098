"""One response of FHIR → the sitting that it is, or why it cannot be filed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.scoring import score
from moodcheck.errors import BadData, Problem
from moodcheck.history.exchange.rebuilding import moment
from moodcheck.interop.fhir.answers import is_stated_otherwise
from moodcheck.interop.fhir.faults import ResponseFault

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.interop.fhir.answers import Cells
    from moodcheck.interop.fhir.response import Response

AGAIN = "Ask for it again, or take it out of the file"

_ID_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ID_LENGTH = 12

WHY: Mapping[ResponseFault, str] = {
    ResponseFault.OTHER_FHIR_VERSION: "it is written for another version of FHIR than R4",
    ResponseFault.BAD_SHAPE: "a part of it is not what FHIR R4 has there",
    ResponseFault.TOO_DEEP: "its groups are nested too deeply",
    ResponseFault.UNKNOWN_ITEM: "it answers an item that its Questionnaire does not have",
    ResponseFault.ANSWERED_TWICE: "an item has two answers",
    ResponseFault.WRONG_TYPE: "an answer is of a type that does not fit",
    ResponseFault.BAD_WEIGHT: "the weight of an answer is no whole number, or contradicts its code",
}


class ItemTexts(Protocol):
    """How the text of an answer to one item is read."""

    @property
    def answers(self) -> Mapping[str, int]:
        """Text → value."""

    @property
    def missing(self) -> Mapping[str, Unanswered]:
        """Text → why there is no answer; the empty one is among them."""


class Reading(Protocol):
    """How the responses of a file are read as answers to a questionnaire."""

    @property
    def questionnaire(self) -> Questionnaire:
        """What was answered."""

    @property
    def asked(self) -> Collection[str]:
        """Ids of the items that are asked, as far as anybody can tell."""

    @property
    def items(self) -> Mapping[str, ItemTexts]:
        """Of each item that offers options."""

    def read(self, response: Response) -> tuple[Cells, Mapping[str, str] | None]:
        """Return what a response says, and the text of each item; None where it is left out."""


def sitting_of(
    response: Response, cells: Cells, texts: Mapping[str, str], reading: Reading, place: str
) -> Administration:
    """Return the sitting that a response is; raises BadData with its problems."""
    problems = [*_problems(cells, texts, reading, place)]
    try:
        taken_at = moment(response.heads["authored"], f"{place}.authored")
    except BadData as error:
        raise BadData("", problems=[*problems, *error.problems]) from None
    if problems:
        raise BadData("", problems=problems)
    asked = reading.questionnaire
    given = {item.id: _given(item.id, cells, texts, reading) for item in asked.all_items}
    sitting = administer(asked, given, taken_at=taken_at)
    for one in score(sitting):
        if is_stated_otherwise(cells.scores.get(one.scale.id, ""), one.score):
            what = f"it states another score of '{one.scale.label}' than its answers give"
            raise BadData("", problems=[Problem(place, what, "Find out which of the two is wrong")])
    return sitting


def _problems(
    cells: Cells, texts: Mapping[str, str], reading: Reading, place: str
) -> Iterator[Problem]:
    if cells.fault is not None:
        where = f"{place}, {cells.fault.link}" if cells.fault.link else place
        yield Problem(where, WHY[cells.fault.why], AGAIN)
        return
    for item, text in texts.items():
        one = reading.items.get(item)
        if one is not None and text not in {*one.answers, *one.missing}:
            yield Problem(f"{place}, item {item}", "the answer is not one of those offered", AGAIN)


def _given(
    item: str, cells: Cells, texts: Mapping[str, str], reading: Reading
) -> int | str | Unanswered:
    text, one = texts.get(item, ""), reading.items.get(item)
    if text:
        return text if one is None else one.answers.get(text, one.missing.get(text, text))
    if item not in reading.asked:
        return Unanswered.NOT_ASKED
    blank = Unanswered.BLANK if one is None else one.missing[""]
    said = cells.reasons.get(item, Unanswered.BLANK)
    return blank if said is Unanswered.BLANK else said


def may_be_alert(texts: Mapping[str, str], reading: Reading) -> bool:
    """Return whether an answer to a critical item is an alert, or cannot be read."""
    for critical in reading.questionnaire.critical:
        one, text = reading.items[critical.item], texts.get(critical.item, "")
        value = one.answers.get(text)
        if value is None and text not in one.missing:
            return True
        if value is not None and critical.is_alert(value):
            return True
    return False


def id_of(response: Response, texts: Mapping[str, str], reading: Reading) -> str:
    """Return the same id for the same response, however and whenever it was exported."""
    said = sorted(
        (item, _value_or_words(text, reading.items.get(item))) for item, text in texts.items()
    )
    number = int(sha256(json.dumps([[*response.heads.values()], said]).encode()).hexdigest(), 16)
    signs = []
    for _place in range(_ID_LENGTH):
        number, sign = divmod(number, len(_ID_SIGNS))
        signs.append(_ID_SIGNS[sign])
    return "".join(signs)


def _value_or_words(text: str, one: ItemTexts | None) -> str:
    """Return what stands for an answer, whichever text a map has for it; else nothing."""
    if one is None:
        return text
    value = one.answers.get(text)
    return "" if value is None else str(value)
