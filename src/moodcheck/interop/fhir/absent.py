"""Why an item has no answer, as FHIR says it, and exactly as we do."""

from __future__ import annotations

from collections.abc import Mapping
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
    """Return why an item of a response has no answer; blank where it does not say."""
    extensions = item.get("extension")
    said = {
        url: code
        for one in (extensions if isinstance(extensions, list) else ())
        if isinstance(one, dict)
        and isinstance(url := one.get("url"), str)
        and isinstance(code := one.get("valueCode"), str)
    }
    own = said.get(OWN_REASON)
    if own in set(Unanswered):
        return Unanswered(own)
    return _READ.get(said.get(DATA_ABSENT_REASON, ""), Unanswered.BLANK)
