"""The wording that a clinic's file brings is what a person is asked, and the score stays ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from moodcheck.core.administration import Administration, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.scoring import score
from moodcheck.interop.bringing import bring
from moodcheck.interop.forms import read_form_file
from tests.forms import PHQ_9
from tests.functional.person import ENTER, Person
from tests.in_process import run
from tests.shipped import CHECKOUT, LANGUAGE, TODAY
from tests.strategies import administrations

LHC = CHECKOUT.parent / "shared" / "data" / "fhir-r4-questionnaire-lhc-phq9.json"

pytestmark = pytest.mark.skipif(not LHC.exists(), reason=f"there is no {LHC}")


def brought() -> Questionnaire:
    form = read_form_file(LHC, LHC.read_bytes())
    assert form is not None
    return bring(form, LANGUAGE, wanted=None, critical=None, today=TODAY).questionnaire


def test_the_form_of_the_nlm_is_asked_in_its_own_words_and_shows_help_lines(tmp_path: Path) -> None:
    asked = json.loads(LHC.read_text(encoding="utf-8"))["item"]
    own = str(tmp_path / "own")
    imported = run(
        f"moodcheck questionnaire import {LHC} --yes", cwd=tmp_path, MOODCHECK_QUESTIONNAIRES=own
    )
    assert imported.code == 0, imported.said

    checked = "moodcheck check phq-9 --region GB"
    with Person(checked, columns=90, rows=40, MOODCHECK_QUESTIONNAIRES=own) as person:
        person.sees("begin").press(ENTER)
        for number, item in enumerate(asked[:8], start=1):
            options = [one["valueCoding"]["display"] for one in item["answerOption"]]
            person.sees(f"{number} of 9", f"“{item['text']}”", *options).press("1")
        person.sees(f"“{asked[8]['text']}”").press("1").sees("116 123", "go on").press("g")
        person.sees("The main part is done").press(ENTER)
        person.sees(asked[10]["text"], asked[10]["answerOption"][3]["valueCoding"]["display"])
        person.press("2").sees("see the summary").press("v")
        person.sees(PHQ_9.advice[0].label, "your answers", "Interest")


@settings(max_examples=20)
@given(sitting=administrations(PHQ_9))
def test_it_scores_every_answer_as_the_phq_9_that_comes_with_moodcheck(
    sitting: Administration,
) -> None:
    given_ = {**sitting.answers, **sitting.unanswered}
    again = administer(_BROUGHT, given_, taken_at=sitting.taken_at)

    assert [one.score for one in score(again)] == [one.score for one in score(sitting)]
    assert [one.band for one in score(again)] == [one.band for one in score(sitting)]
    assert again.questionnaire.scoring_fingerprint == PHQ_9.scoring_fingerprint


if LHC.exists():
    _BROUGHT = brought()
