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


def rest() -> Tree:
    """Return a form that no scoring fits, with a score of its own."""
    options = [
        {
            "extension": [
                {"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": i}
            ],
            "valueCoding": {"code": str(i), "display": label},
        }
        for i, label in enumerate(("Never", "Often"))
    ]
    total = {
        "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
        "sdc-questionnaire-calculatedExpression",
        "valueExpression": {
            "name": "the_total",
            "language": "text/fhirpath",
            "expression": "%resource.item.answer.value.weight().sum()",
        },
    }
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "name": "Rest",
        "item": [
            {"linkId": "Q.1", "type": "choice", "text": "Tired?", "answerOption": options},
            {"linkId": "Q.2", "type": "choice", "text": "Wishing to die?", "answerOption": options},
            {"linkId": "sum", "type": "decimal", "text": "Sum", "extension": [total]},
        ],
    }
