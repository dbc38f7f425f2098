"""Forms as a clinic may have them, in words of our own: nobody's instrument is copied here."""

from __future__ import annotations

from typing import Any

from moodcheck.interop.fhir.writing import questionnaire_resource
from tests.shipped import CONTEXT

Tree = dict[str, Any]

PHQ_9 = CONTEXT.questionnaire("phq-9")
DEATH = "Thoughts of death: how often?"


def phq_9_form() -> Tree:
    """Return a FHIR Questionnaire that asks the items of the PHQ-9, by their LOINC codes."""
    return form_of("phq-9")


def form_of(questionnaire_id: str) -> Tree:
    """Return a FHIR Questionnaire that asks the items of one that comes with moodcheck."""
    resource = questionnaire_resource(CONTEXT.questionnaire(questionnaire_id))
    resource["copyright"] = "Free for everybody"
    resource["item"] = [item for item in resource["item"] if item["type"] in {"group", "choice"}]
    for number, item in enumerate(resource["item"], start=1):
        item["linkId"] = f"/{item['code'][0]['code']}"
        item["text"] = f"{item.pop('extension')[0]['valueString']}: how often?"
        for option in item["answerOption"]:
            weight = option["extension"][0]["valueDecimal"]
            option["valueCoding"]["display"] = f"Answer {weight} of {number}"
    return resource
