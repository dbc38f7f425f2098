"""A sitting → Observations, as US Core has them for screening: items, scores, and their panel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from moodcheck.core.administration import Unanswered
from moodcheck.core.scoring import NOT_ASKED
from moodcheck.interop.fhir.absent import absent_concept
from moodcheck.interop.fhir.sitting import Resource, Sitting, alert_note, notes
from moodcheck.interop.fhir.writing import chosen_coding, codings
from moodcheck.report.summary_view import score_text

if TYPE_CHECKING:
    from moodcheck.core.summary import ItemLine, ScaleLine

_CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
_UNIT = {"unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}"}

_STATUS = {"in-progress": "preliminary", "completed": "final", "amended": "amended"}


def observations(sitting: Sitting) -> Iterator[tuple[str, Resource]]:
    """Yield the panel, then what it has: each item with options, and each score, with its urn.

    A person's own words are in the response alone. An alert is a note of its item and the first
    of the panel, beside the advice. No interpretation is given, which would be a verdict.
    """
    members = [*_items(sitting), *_scores(sitting)]
    yield sitting.urn("panel"), _panel(sitting, [urn for urn, _ in members])
    yield from members


def _panel(sitting: Sitting, members: list[str]) -> Resource:
    summary = sitting.summary
    alerts = [note for item in summary.alerts for note in alert_note(summary, item)]
    said = [
        *alerts,
        *summary.critical_unanswered,
        f"{summary.advice.label}. {summary.advice.text}",
        summary.not_a_diagnosis,
        summary.validation,
        *sitting.remarks,
    ]
    return {
        **_head(sitting, summary.questionnaire.codes, summary.questionnaire.title),
        **notes(*said),
        "hasMember": [{"reference": urn} for urn in members],
        **_derived_from(sitting),
    }


def _items(sitting: Sitting) -> Iterator[tuple[str, Resource]]:
    asked = sitting.summary.questionnaire
    for line in (*sitting.summary.items, *sitting.summary.context):
        if line.item.id in asked.choices:
            yield sitting.urn(f"item/{line.item.id}"), _item(sitting, line)


def _item(sitting: Sitting, line: ItemLine) -> Resource:
    item, summary = line.item, sitting.summary
    said = [*alert_note(summary, item.id), *sitting.item_remarks.get(item.id, ())]
    value: Resource
    if isinstance(line.value, int):
        chosen = chosen_coding(summary.questionnaire.option(item.id, line.value))
        value = {"valueCodeableConcept": {"coding": [chosen], "text": line.answer}}
    else:
        reason = Unanswered(line.reason or Unanswered.BLANK)
        value = {"dataAbsentReason": absent_concept(reason, line.answer)}
    return {
        **_head(sitting, item.codes, item.label),
        **value,
        **notes(*said),
        **_derived_from(sitting),
    }


def _scores(sitting: Sitting) -> Iterator[tuple[str, Resource]]:
    for line in sitting.summary.scales:
        yield sitting.urn(f"scale/{line.result.scale.id}"), _score(sitting, line)


def _score(sitting: Sitting, line: ScaleLine) -> Resource:
    result = line.result
    value: Resource
    if result.score is not None:
        value = {"valueQuantity": {"value": result.score, **_UNIT}}
    else:
        why = Unanswered.NOT_ASKED if result.reason == NOT_ASKED else Unanswered.BLANK
        value = {"dataAbsentReason": absent_concept(why, line.no_score or "")}
    return {
        **_head(sitting, result.scale.codes, result.scale.label),
        **value,
        **notes(score_text(line), sitting.summary.notice),
        **_derived_from(sitting),
    }


def _head(sitting: Sitting, codes: Mapping[str, str], text: str) -> Resource:
    coded = codings(codes)
    return {
        "resourceType": "Observation",
        "status": _STATUS[sitting.status],
        "category": [{"coding": [{"system": _CATEGORIES, "code": "survey"}]}],
        "code": {**({"coding": coded} if coded else {}), "text": text},
        **sitting.whose,
        "effectiveDateTime": sitting.taken_at,
    }


def _derived_from(sitting: Sitting) -> Resource:
    return {"derivedFrom": [{"reference": sitting.urn("response")}]}
