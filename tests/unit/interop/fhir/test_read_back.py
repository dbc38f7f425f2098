"""What a sitting becomes in FHIR is read back as the same sitting, with the same summary."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.interop.fhir.answers import AnswerReader
from moodcheck.interop.fhir.links import Links
from moodcheck.interop.fhir.reading import read_form
from moodcheck.interop.fhir.response import Response, read_line, read_response
from moodcheck.interop.fhir.sitting_bundle import summary_bundle
from moodcheck.interop.scale_calculation import calculation_of
from moodcheck.report.json import summary_object
from tests.shipped import CONTEXT, TAKEN_AT, summary_of
from tests.strategies import administrations, questionnaires

SITTINGS = st.one_of(
    administrations(),
    administrations(CONTEXT.questionnaire("phq-9")),
    questionnaires(most_items=6).flatmap(administrations),
)


@settings(max_examples=20)
@given(SITTINGS, st.booleans())
def test_a_sitting_is_read_back_with_the_same_summary(
    sitting: Administration, has_form: bool
) -> None:
    asked = sitting.questionnaire
    found = {
        one["resource"]["resourceType"]: one["resource"]
        for one in json.loads(summary_bundle(summary_of(sitting)))["entry"]
    }
    form = read_form(found["Questionnaire"], "form.json") if has_form else None
    read = read_response(read_line(json.dumps(found["QuestionnaireResponse"]).encode()))
    assert isinstance(read, Response)
    cells = AnswerReader(asked, Links(asked, form=form)).cells(read)

    assert cells.fault is None
    assert cells.others == {}
    given_ = {
        item.id: (
            (int(text) if item.id in asked.choices else text)
            if (text := cells.items.get(item.id)) and item.id not in cells.reasons
            else cells.reasons.get(item.id, Unanswered.BLANK)
        )
        for item in asked.all_items
    }
    again = summary_of(administer(asked, given_, taken_at=TAKEN_AT))
    assert summary_object(again) == summary_object(summary_of(sitting))
    assert {name: float(text) for name, text in cells.scores.items()} == {
        line.result.scale.id: line.result.score
        for line in again.scales
        if line.result.score is not None and calculation_of(asked, line.result.scale) is not None
    }
