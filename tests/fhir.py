"""Responses of FHIR R4 as servers and forms write them, for tests."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from moodcheck import load

PHQ_9 = load("phq-9")
LINKS = {item.id: f"/{item.codes['loinc']}" for item in PHQ_9.items}
"""Item id → linkId, as the NLM's form tool has it."""

WEIGHT = "http://hl7.org/fhir/StructureDefinition/itemWeight"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
TOTAL = "/44261-6"


def coding(value: int, **more: object) -> dict[str, Any]:
    """Return the answer of that value as LOINC codes it."""
    code = PHQ_9.option("interest", value).codes["loinc"]
    return {"valueCoding": {"system": "http://loinc.org", "code": code, "display": "–", **more}}


def weighted(weight: object, url: str = WEIGHT, **more: object) -> dict[str, Any]:
    """Return an answer by a code that nobody knows, and its weight."""
    extension = [{"url": url, "valueDecimal": weight}]
    return {"valueCoding": {"extension": extension, "system": "urn:x", "code": "c", **more}}


def item(link: str, *answers: Mapping[str, Any], **more: object) -> dict[str, Any]:
    """Return an item with its answers; without one it was skipped."""
    return {"linkId": link, **({"answer": [*answers]} if answers else {}), **more}


def items_of(answers: Sequence[int | None]) -> list[dict[str, Any]]:
    """Return the nine items with these answers; of None, skipped ones."""
    return [
        item(link, *(() if answer is None else (coding(answer),)))
        for link, answer in zip(LINKS.values(), answers, strict=True)
    ]


def response(items: object, name: str = "1", **more: object) -> dict[str, Any]:
    """Return a response with these items."""
    return {
        "resourceType": "QuestionnaireResponse",
        "id": f"r{name}",
        "questionnaire": "http://loinc.org/q/44249-1",
        "status": "completed",
        "subject": {"reference": f"Patient/{name}"},
        "authored": "2026-11-02T09:30:00+01:00",
        "item": items,
        **more,
    }


def ndjson(*resources: object) -> bytes:
    """Return resources as a bulk export has them."""
    return b"".join(f"{json.dumps(one, ensure_ascii=False)}\n".encode() for one in resources)


def bundle(*resources: object, **more: object) -> bytes:
    """Return a Bundle of resources, laid out for people."""
    entries = [{"fullUrl": f"urn:uuid:{i}", "resource": one} for i, one in enumerate(resources)]
    whole = {"resourceType": "Bundle", "type": "searchset", "entry": entries, **more}
    return json.dumps(whole, indent=2).encode()
