"""What only the PHQ-9 has: an item about death, and a form in use with its codes."""

from __future__ import annotations

import json

import pytest

import moodcheck
from moodcheck.core.questionnaire_parts import CriticalItem
from tests.shipped import CHECKOUT

PHQ_9 = moodcheck.load("phq-9")
(TOTAL,) = PHQ_9.scales
FHIR = CHECKOUT.parent / "shared" / "data" / "fhir-r4-questionnaire-lhc-phq9.json"


def test_its_missing_rule_is_cited() -> None:
    assert TOTAL.missing_rule
    assert "Arrieta 2017" in TOTAL.missing_rule.citation


def test_its_ninth_item_is_critical_from_the_first_answer_above_the_lowest() -> None:
    assert PHQ_9.critical == (CriticalItem(item=PHQ_9.items[8].id, at_least=1),)
    assert PHQ_9.advice[0].conditions[0].item == PHQ_9.items[8].id


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
