"""A sitting → the QuestionnaireResponse that answers its written Questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.core.administration import Unanswered
from moodcheck.interop.fhir.absent import absent
from moodcheck.interop.fhir.names import canonical, scale_link
from moodcheck.interop.fhir.sitting import Resource, Sitting, narrative
from moodcheck.interop.fhir.writing import chosen_coding
from moodcheck.interop.scale_calculation import calculation_of

if TYPE_CHECKING:
    from moodcheck.core.summary import ItemLine, ScaleLine


def response(sitting: Sitting) -> Resource:
    """Return what was answered, and all that people read of it.

    An item without an answer says why; one that was left blank is not in it.
    """
    asked = sitting.summary.questionnaire
    lines = (*sitting.summary.items, *sitting.summary.context)
    answered = [_item(sitting, line) for line in lines if line.reason != Unanswered.BLANK]
    scores = [
        _score(line)
        for line in sitting.summary.scales
        # What the Questionnaire does not have, an answer to it may not have either.
        if line.result.score is not None and calculation_of(asked, line.result.scale) is not None
    ]
    source = {"source": whose["subject"]} if (whose := sitting.whose) else {}
    return {
        "resourceType": "QuestionnaireResponse",
        "language": asked.language,
        "text": narrative(sitting.document),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": sitting.urn("response")},
        "questionnaire": f"{canonical(asked.id)}|{asked.version}",
        "status": sitting.status,
        **whose,
        "authored": sitting.taken_at,
        **source,
        "item": [*answered, *scores],
    }


def _item(sitting: Sitting, line: ItemLine) -> Resource:
    """Return an item as it was answered, or why it was not."""
    item, asked = line.item, sitting.summary.questionnaire
    shown = {"linkId": item.id, "text": item.text or item.label}
    if line.reason is not None:
        return {"extension": absent(Unanswered(line.reason)), **shown}
    if isinstance(line.value, str):
        return {**shown, "answer": [{"valueString": line.value}]}
    coding = chosen_coding(asked.option(item.id, line.value or 0))
    return {**shown, "answer": [{"valueCoding": coding}]}


def _score(line: ScaleLine) -> Resource:
    result = line.result
    kind = "valueDecimal" if result.scale.method == "mean" else "valueInteger"
    return {
        "linkId": scale_link(result.scale.id),
        "text": result.scale.label,
        "answer": [{kind: result.score}],
    }
