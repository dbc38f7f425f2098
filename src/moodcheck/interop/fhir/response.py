"""A line of JSON → the QuestionnaireResponse in it: whose, when, and what each linkId was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from moodcheck.core.administration import Unanswered
from moodcheck.files.strict_json import NotStrictJsonError, parse
from moodcheck.interop.fhir.absent import reason_of
from moodcheck.interop.fhir.faults import ResponseFault
from moodcheck.interop.fhir.values import Number, Value, values_of

RESPONSE = "QuestionnaireResponse"

STATUSES = frozenset({"in-progress", "completed", "amended", "entered-in-error", "stopped"})
UNFINISHED = frozenset({"in-progress", "stopped"})

HEADS = ("subject", "authored", "response", "status", "form")
"""What is known of a response as a whole, as the columns of a table are called."""

_MOST_LEVELS = 32
_MOST_ITEMS = 5_000


class NotAResourceError(Exception):
    """A line is no resource of FHIR that could be read in one way only."""

    def __init__(self, *, is_text: bool, is_named_twice: bool = False) -> None:
        super().__init__()
        self.is_text = is_text
        """Whether it is UTF-8 without halves of characters."""
        self.is_named_twice = is_named_twice
        """Whether an object in it has a name twice."""


@dataclass(frozen=True, slots=True)
class Given:
    """What stands under a linkId that is asked, not a group or a heading."""

    link: str
    definition: str
    values: tuple[Value, ...]
    reason: Unanswered = Unanswered.BLANK
    """Why there is no answer, where there is none."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a response, and where."""

    why: ResponseFault
    link: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """One response; what is not there is an empty text."""

    heads: Mapping[str, str]
    """By `HEADS`."""
    given: tuple[Given, ...]
    """In the order of the file, from all groups; items without an answer are among them."""
    faults: tuple[Fault, ...] = ()
    forms: tuple[Mapping[str, Any], ...] = ()
    """The Questionnaires that it contains."""


def read_line(line: bytes) -> Mapping[str, Any]:
    """Return the resource that a line holds; numbers are texts (`Number`).

    Raises:
        NotAResourceError: when it is no JSON, says something twice, or is no resource.
    """
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAResourceError(is_text=False) from None
    try:
        found = parse(line, number=Number)
    except NotStrictJsonError as error:
        raise NotAResourceError(is_text=True, is_named_twice=bool(error.named_twice)) from None
    if not isinstance(found, dict) or not isinstance(found.get("resourceType"), str):
        raise NotAResourceError(is_text=True)
    if "\\ud" in text.lower() and _has_half_a_character(found):
        raise NotAResourceError(is_text=False)
    return found


def read_response(resource: Mapping[str, Any]) -> Response | Fault:
    """Return the response that a resource is, or why nobody can tell what it answers."""
    if "group" in resource or isinstance(resource.get("questionnaire"), dict):
        return Fault(ResponseFault.OTHER_FHIR_VERSION)
    heads = _heads(resource)
    if heads is None or "modifierExtension" in resource:
        return Fault(ResponseFault.BAD_SHAPE)
    faults: list[Fault] = []
    given = tuple(_asked(resource, faults))
    if len(given) > _MOST_ITEMS:
        return Fault(ResponseFault.BAD_SHAPE)
    if heads["status"] == "entered-in-error":
        faults.insert(0, Fault(ResponseFault.ENTERED_IN_ERROR))
    contained = resource.get("contained", [])
    forms = [
        one
        for one in (contained if isinstance(contained, list) else ())
        if isinstance(one, dict) and one.get("resourceType") == "Questionnaire"
    ]
    return Response(heads, given, tuple(faults), tuple(forms))


def given_in(item: Mapping[str, Any]) -> tuple[list[Given], list[Fault]]:
    """Return what an item of a response says by itself, and what is wrong with it."""
    faults: list[Fault] = []
    return [*_asked({"item": [item]}, faults)], faults


def _heads(resource: Mapping[str, Any]) -> Mapping[str, str] | None:
    found = {
        "subject": _subject(resource.get("subject", {})),
        "authored": resource.get("authored", ""),
        "response": resource.get("id", ""),
        "status": resource.get("status", ""),
        "form": resource.get("questionnaire", ""),
    }
    is_text = all(isinstance(one, str) and not isinstance(one, Number) for one in found.values())
    return found if is_text and found["status"] in STATUSES | {""} else None


def _subject(subject: object) -> object:
    """Return what a reference names: where it points, else an identifier; never a name."""
    if not isinstance(subject, dict):
        return None
    identifier = subject.get("identifier", {})
    said = identifier.get("value", "") if isinstance(identifier, dict) else None
    return subject.get("reference", said)


def _asked(response: Mapping[str, Any], faults: list[Fault]) -> Iterator[Given]:
    """Yield what is answered in a response, in its groups and in its answers, in its order."""
    # Without recursion: whoever nests a thousand groups must not end the program.
    waiting = [(item, 0) for item in reversed(_items(response, faults))]
    while waiting:
        item, level = waiting.pop()
        link = item.get("linkId")
        if not isinstance(link, str) or isinstance(link, Number):
            faults.append(Fault(ResponseFault.BAD_SHAPE))
            continue
        if "modifierExtension" in item:
            faults.append(Fault(ResponseFault.BAD_SHAPE, link))
        answers = item.get("answer", [])
        if "item" not in item or answers:
            definition = item.get("definition")
            said = definition if isinstance(definition, str) else ""
            yield Given(link, said, values_of(item), reason_of(item))
        inside = _items(item, faults)
        for answer in answers if isinstance(answers, list) else ():
            if isinstance(answer, dict):
                inside += _items(answer, faults)
        if inside and level == _MOST_LEVELS:
            faults.append(Fault(ResponseFault.TOO_DEEP))
        waiting += ((one, level + 1) for one in reversed(inside))


def _items(parent: Mapping[str, Any], faults: list[Fault]) -> list[Mapping[str, Any]]:
    items = parent.get("item", [])
    if isinstance(items, list) and all(isinstance(one, dict) for one in items):
        return [*items]
    faults.append(Fault(ResponseFault.BAD_SHAPE))
    return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []


def _has_half_a_character(found: object) -> bool:
    """Return whether a text anywhere holds half of a character, which no file can hold."""
    waiting = [found]
    while waiting:
        match waiting.pop():
            case str() as text:
                if any("\ud800" <= char <= "\udfff" for char in text):
                    return True
            case dict() as parts:
                waiting += (*parts, *parts.values())
            case list() as parts:
                waiting += parts
    return False
