"""The PHQ-9 as it was published: facts, and none of its wording."""

from __future__ import annotations

import json

import pytest

import moodcheck
from moodcheck.core.questionnaire_parts import CriticalItem
from tests.shipped import CHECKOUT, LANGUAGE

PHQ_9 = moodcheck.load("phq-9")
(TOTAL,) = PHQ_9.scales
FHIR = CHECKOUT.parent / "shared" / "data" / "fhir-r4-questionnaire-lhc-phq9.json"


def test_its_total_is_what_was_published() -> None:
    assert PHQ_9.range_of(TOTAL) == (0, 27)
    assert [(band.at_least, band.name) for band in TOTAL.bands] == [
        (0, "minimal"),
        (5, "mild"),
        (10, "moderate"),
        (15, "moderately severe"),
        (20, "severe"),
    ]
    assert [(cut.at_least, cut.citation) for cut in TOTAL.cut_points] == [(10, "Kroenke 2001")]
    assert TOTAL.max_unanswered == 2
    assert TOTAL.missing_rule
    assert "Arrieta 2017" in TOTAL.missing_rule.citation


def test_its_ninth_item_is_critical_from_the_first_answer_above_the_lowest() -> None:
    assert PHQ_9.critical == (CriticalItem(item=PHQ_9.items[8].id, at_least=1),)
    assert PHQ_9.advice[0].conditions[0].item == PHQ_9.items[8].id


def test_it_holds_no_wording_of_its_authors() -> None:
    assert not PHQ_9.has_wording
    assert {item.text for item in PHQ_9.all_items} == {None}
    options = [option for offered in PHQ_9.responses.values() for option in offered]
    assert {option.label for option in options} == {None}
    assert max(len(item.label.split()) for item in PHQ_9.all_items) <= 4


def test_its_advice_names_a_clinician_and_no_diagnosis() -> None:
    for rule in PHQ_9.advice:
        assert LANGUAGE.names_a_clinician(rule.text)
        assert not LANGUAGE.denied_words(rule.text)


@pytest.mark.skipif(not FHIR.exists(), reason="the FHIR form is not in ../shared/data")
def test_its_codes_are_those_of_the_form_in_use() -> None:
    form = json.loads(FHIR.read_text(encoding="utf-8"))
    expected = {one["code"][0]["code"]: _codes(one) for one in form["item"]}

    ours: dict[str, list[str]] = {
        item.codes["loinc"]: [option.codes["loinc"] for option in PHQ_9.options(item.id)]
        for item in PHQ_9.all_items
    }
    assert ours | {TOTAL.codes["loinc"]: []} == expected
    assert list(ours) == [code for code in expected if code != TOTAL.codes["loinc"]]
    assert PHQ_9.codes["loinc"] == form["code"][0]["code"]


def _codes(item: dict[str, list[dict[str, dict[str, str]]]]) -> list[str]:
    return [option["valueCoding"]["code"] for option in item.get("answerOption", [])]
