"""P1: every outcome advises seeing a clinician and says that it is not a diagnosis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import Administration
from moodcheck.core.crisis import Region
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.safety import advice_for
from tests.shipped import LANGUAGE, SYMPTOMS, summary_of
from tests.shown import EVERY_FORMAT, Format, letters, looks, words
from tests.strategies import administrations, hostile_text, questionnaires, regions
from tests.watched import EVERY_COMMAND, command


@pytest.mark.parametrize("format_", EVERY_FORMAT)
@given(administration=administrations(own_words=hostile_text()), where=regions(), data=st.data())
def test_every_outcome_advises_a_clinician_and_is_no_diagnosis(
    format_: Format, administration: Administration, where: Region, data: st.DataObject
) -> None:
    shown = data.draw(looks(format_)).render(summary_of(administration, where))

    assert letters(advice_for(administration).text) in letters(shown)
    assert letters(LANGUAGE.not_a_diagnosis) in letters(shown)
    assert letters(LANGUAGE.not_validated) in letters(shown)


@pytest.mark.parametrize("format_", EVERY_FORMAT)
@given(data=st.data(), asked=questionnaires(most_items=6))
def test_the_outcome_of_any_questionnaire_does(
    format_: Format, data: st.DataObject, asked: Questionnaire
) -> None:
    summary = summary_of(data.draw(administrations(asked)))
    shown = words(data.draw(looks(format_)).render(summary))

    assert LANGUAGE.names_a_clinician(shown)
    assert "not a diagnosis" in shown


@pytest.mark.parametrize("typed", [typed for typed in EVERY_COMMAND if typed.startswith("check")])
def test_every_command_that_shows_an_outcome_does(typed: str) -> None:
    shown = words(command(typed).out)

    assert LANGUAGE.not_a_diagnosis in shown
    assert any(rule.text in shown for rule in SYMPTOMS.advice)


def test_every_advice_that_is_shipped_names_a_clinician() -> None:
    assert all(LANGUAGE.names_a_clinician(rule.text) for rule in SYMPTOMS.advice)
