"""A response → the text of a cell for each item, and what keeps them from being a row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from moodcheck.interop.fhir.absent import MARKS
from moodcheck.interop.fhir.faults import ResponseFault
from moodcheck.interop.fhir.response import Fault

if TYPE_CHECKING:
    from moodcheck.core.administration import Unanswered
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.interop.fhir.links import Links
    from moodcheck.interop.fhir.response import Given, Response
    from moodcheck.interop.fhir.values import Value
    from moodcheck.interop.form import FormItem, FormOption

UNREADABLE = "{…}"
"""The cell of an answer that nobody can tell."""

SEPARATOR = " | "
"""Stands between two answers in one cell, which is no answer then."""

_LOINC = "loinc"
_HIDES = frozenset({ResponseFault.UNKNOWN_ITEM, ResponseFault.BAD_SHAPE, ResponseFault.TOO_DEEP})
"""What may hide the answer to a critical item that is not there."""

_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Cells:
    """What a response says, as texts."""

    items: Mapping[str, str]
    """Item id → a value that it offers; one of `MARKS`; or another text, which is no answer. What
    is absent is blank."""
    others: Mapping[str, str]
    """linkId → what is given under those that are no item's."""
    scores: Mapping[str, str]
    """Scale id → the score that the response states."""
    fault: Fault | None
    """The first that keeps it from being scored."""
    reasons: Mapping[str, Unanswered] = field(default_factory=dict)
    """Item id → why it has no answer, of each that is there without one."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is given under one linkId."""

    item: str | None
    """The item that it is, if it is one."""
    scale: str | None
    """The scale whose score it is, if it is one."""
    text: str
    fault: Fault | None = None


class AnswerReader:
    """Reads responses as answers to a questionnaire."""

    def __init__(
        self, questionnaire: Questionnaire, links: Links, as_given: Collection[str] = ()
    ) -> None:
        """Read them.

        Args:
            questionnaire: what was answered.
            links: tells which linkId is which item.
            as_given: ids of the items whose answers stay as they are: codes, numbers or words.
        """
        self._links = links
        self._critical = [one.item for one in questionnaire.critical]
        self._options = {
            item.id: _Options(questionnaire, item.id, is_as_given=item.id in as_given)
            for item in questionnaire.all_items
        }
        self.meaning = lru_cache(_REMEMBERED)(self._meaning)
        """What stands under a linkId, by itself."""

    def __getstate__(self) -> dict[str, Any]:
        """Return what a copy in another process needs: what is remembered stays here."""
        return {name: value for name, value in vars(self).items() if name != "meaning"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Make a copy."""
        vars(self).update(state)
        self.meaning = lru_cache(_REMEMBERED)(self._meaning)

    def cells(self, response: Response, *, is_other: bool = False) -> Cells:
        """Return what a response says.

        Args:
            response: what was read.
            is_other: whether it answers another questionnaire than the others.
        """
        faults = [*response.faults]
        if is_other:
            faults.append(Fault(ResponseFault.OTHER_QUESTIONNAIRE))
        items: dict[str, str] = {}
        others: dict[str, str] = {}
        scores: dict[str, str] = {}
        reasons: dict[str, Unanswered] = {}
        for given in response.given:
            found = self.meaning(given)
            if found.item is not None and not (found.text and given.values):
                reasons[found.item] = given.reason
            into, name = others, given.link
            if found.item is not None:
                into, name = items, found.item
            elif found.scale is not None:
                into, name = scores, found.scale
            if found.fault is not None:
                faults.append(found.fault)
            if name in into:
                both = SEPARATOR.join((into[name], found.text))
                if into is not others:
                    faults.append(Fault(ResponseFault.ANSWERED_TWICE, given.link, both))
                into[name] = both
            else:
                into[name] = found.text
        self._hide(faults, items)
        return Cells(items, others, scores, faults[0] if faults else None, reasons)

    def _hide(self, faults: Collection[Fault], items: dict[str, str]) -> None:
        """Let nobody take a critical item for unanswered whose answer may stand elsewhere."""
        hiding = [one for one in faults if one.why in _HIDES]
        changed = {self._links.item(one.link) for one in hiding if one.link}
        for item in self._critical:
            is_unanswered = items.get(item, "") in {"", *MARKS.values()}
            if hiding and (item in changed or is_unanswered):
                items[item] = UNREADABLE

    def _meaning(self, given: Given) -> Meaning:
        link, values = given.link, given.values
        item = self._links.item(link, given.definition)
        scale = None if item is not None else self._links.scale(link, given.definition)
        if item is None:
            text = SEPARATOR.join(value.text for value in values)
            fault = None
            if values and scale is None and self._links.is_unknown(link):
                fault = Fault(ResponseFault.UNKNOWN_ITEM, link, text)
            elif scale is not None and len(values) > 1:
                fault = Fault(ResponseFault.ANSWERED_TWICE, link, text)
            return Meaning(None, scale, text, fault)
        asked = self._links.form_item(link)
        options = self._options[item]
        if not values and options.are_offered:
            return Meaning(item, None, MARKS.get(given.reason, ""))
        read = [options.read(value, asked) for value in values]
        text = SEPARATOR.join(text for text, _why in read)
        if len(read) > 1:
            return Meaning(item, None, text, Fault(ResponseFault.ANSWERED_TWICE, link, text))
        why = read[0][1] if read else None
        return Meaning(item, None, text, None if why is None else Fault(why, link, text))


@dataclass(slots=True)
class _Options:
    """What an item offers, and by which texts it is chosen."""

    questionnaire: Questionnaire
    item: str
    is_as_given: bool
    _values: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self._values = {option.value for option in self.questionnaire.options(self.item)}

    @property
    def are_offered(self) -> bool:
        """Whether there are any: own words are chosen from nothing."""
        return bool(self._values)

    def read(self, value: Value, asked: FormItem | None) -> tuple[str, ResponseFault | None]:
        """Return the text of a cell for an answer, and what is wrong with it by itself."""
        if value.fault is not None:
            return self._no_answer(value.text), value.fault
        if self.is_as_given or not self._values:
            is_code = value.kind == "Coding"
            return value.text or (UNREADABLE if is_code else ""), None
        if value.kind in {"Boolean", "Quantity"}:
            return self._no_answer(value.text), ResponseFault.WRONG_TYPE
        found = {*self._meant(value, asked)}
        if len(found) > 1:
            return self._no_answer(value.text), ResponseFault.BAD_WEIGHT
        if found and found <= self._values:
            return str(*found), None
        is_blank = value.kind == "String" and not value.text
        return "" if is_blank else self._no_answer(value.text), None

    def _no_answer(self, text: str) -> str:
        """Return a text that is no value and no reason, though it may look like one."""
        if text in {*map(str, self._values), *MARKS.values()}:
            return f'"{text}"'
        return text or UNREADABLE

    def _meant(self, value: Value, asked: FormItem | None) -> Iterator[int]:
        """Yield the value that each sign stands for which an answer has."""
        if value.weight is not None:
            yield value.weight
        theirs = asked.options if asked is not None else ()
        match value.kind:
            case "Integer" | "Decimal":
                yield from self._literal(value.text)
                return
            case "Coding":
                yield from self._coded(value, theirs)
                if value.weight is None and not theirs and value.system != _LOINC:
                    yield from self._literal(value.text)
            case "String":
                yield from self._worded(value.text, theirs)
                yield from self._literal(value.text)

    def _literal(self, text: str) -> Iterator[int]:
        yield from (one for one in self._values if text == str(one))

    def _coded(self, value: Value, theirs: tuple[FormOption, ...]) -> Iterator[int]:
        for option in self.questionnaire.options(self.item):
            if _has_code(option.codes, value):
                yield option.value
        for one in theirs:
            if one.value is not None and _has_code(one.codes, value):
                yield one.value

    def _worded(self, text: str, theirs: tuple[FormOption, ...]) -> Iterator[int]:
        for option in self.questionnaire.options(self.item):
            if text and text in {option.label, *option.codes.values()}:
                yield option.value
        for one in theirs:
            if one.value is not None and text and text in {one.label, *one.codes.values()}:
                yield one.value


def _has_code(codes: Mapping[str, str], value: Value) -> bool:
    """Return whether an option has the code of an answer; one without a system has any."""
    if not value.text:
        return False
    if not value.system:
        return value.text in codes.values()
    return value.text in {codes.get(value.system), codes.get("")}


def is_stated_otherwise(stated: str, score: float | None) -> bool:
    """Return whether a score that a response states is not the one of its answers.

    Args:
        stated: as it stands there; empty where it states none. A text that is no number differs.
        score: of the answers; None where they give none, and there is nothing to compare.
    """
    if not stated or score is None:
        return False
    try:
        return float(stated) != score
    except ValueError:
        return True
