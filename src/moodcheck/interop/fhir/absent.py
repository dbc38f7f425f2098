"""Why an item has no answer, as FHIR says it, and exactly as we do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from moodcheck.core.administration import Unanswered

DATA_ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
REASONS = "http://terminology.hl7.org/CodeSystem/data-absent-reason"

OWN_REASON = "urn:moodcheck:unanswered"
"""An extension of our own: FHIR has fewer reasons than we keep apart."""

_CODES = {
    Unanswered.SKIPPED: "asked-declined",
    Unanswered.DECLINED: "asked-declined",
    Unanswered.UNKNOWN: "asked-unknown",
    Unanswered.BLANK: "unknown",
    Unanswered.NOT_REACHED: "not-asked",
    Unanswered.NOT_ASKED: "not-asked",
}
_READ = {
    "asked-declined": Unanswered.DECLINED,
    "asked-unknown": Unanswered.UNKNOWN,
    "not-asked": Unanswered.NOT_ASKED,
}

MARKS: Mapping[Unanswered, str] = {
    reason: f"({reason})"
    for reason in (Unanswered.SKIPPED, Unanswered.DECLINED, Unanswered.UNKNOWN)
}
"""What stands in a cell for an item without an answer, of each reason that tables keep apart."""


def absent(reason: Unanswered) -> list[dict[str, Any]]:
    """Return the extensions of an item of a response that has no answer."""
    return [
        {"url": DATA_ABSENT_REASON, "valueCode": _CODES[reason]},
        {"url": OWN_REASON, "valueCode": reason.value},
    ]


def absent_concept(reason: Unanswered, text: str) -> dict[str, Any]:
    """Return why an Observation has no value, with the same in words."""
    return {"coding": [{"system": REASONS, "code": _CODES[reason]}], "text": text}


def reason_of(item: Mapping[str, Any]) -> Unanswered:
    """Return why an item of a response has no answer; blank where it does not say.

    It says so itself, or its answer does, or what stands in place of the answer's value.
    """
    said = dict(_said(item))
    answers = item.get("answer")
    for answer in answers if isinstance(answers, list) else ():
        if isinstance(answer, dict):
            parts = [one for key, one in answer.items() if key.startswith("_value")]
            said |= {url: code for one in (answer, *parts) for url, code in _said(one)}
    own = said.get(OWN_REASON)
    if own in set(Unanswered):
        return Unanswered(own)
    return _READ.get(said.get(DATA_ABSENT_REASON, ""), Unanswered.BLANK)


def _said(element: object) -> Iterator[tuple[str, str]]:
    """Yield the codes in extensions of an element, by the address of each extension."""
    extensions = element.get("extension") if isinstance(element, dict) else None
    for one in extensions if isinstance(extensions, list) else ():
        if isinstance(one, dict):
            url, code = one.get("url"), one.get("valueCode")
            if isinstance(url, str) and isinstance(code, str):
                yield url, code
