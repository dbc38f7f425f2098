"""A summary says all that may be shown, and cannot be made without advice and help."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.crisis import Region
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import AdviceRule
from moodcheck.core.safety import advice_for, alerts, critical_states
from moodcheck.core.scoring import score
from moodcheck.core.summary import ScaleLine, Summary
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT, answered, summary_of
from tests.strategies import administrations, hostile_text, questionnaires, regions
from tests.unit.core.small import questionnaire

CRITICAL_LABEL = SYMPTOMS.item("death_thoughts").label


@given(administrations(own_words=hostile_text()), regions())
def test_a_summary_says_everything_about_a_sitting(
    administration: Administration, where: Region
) -> None:
    summary = summary_of(administration, where)

    assert [line.item for line in summary.items] == list(SYMPTOMS.items)
    assert [line.item for line in summary.context] == list(SYMPTOMS.context)
    assert tuple(line.result for line in summary.scales) == score(administration)
    assert summary.taken_at == TAKEN_AT
    assert summary.alerts == alerts(administration)
    assert summary.critical == critical_states(administration)
    assert summary.advice == advice_for(administration)
    assert summary.not_a_diagnosis == LANGUAGE.not_a_diagnosis
    assert summary.validation == LANGUAGE.not_validated
    assert summary.help.region == where


@given(data=st.data(), asked=questionnaires(most_items=6))
def test_each_line_has_the_label_of_the_answer_or_the_reason_for_none(
    data: st.DataObject, asked: Questionnaire
) -> None:
    administration = data.draw(administrations(asked, own_words=hostile_text()))
    summary = summary_of(administration)

    for line in (*summary.items, *summary.context):
        name = line.item.id
        if name in administration.unanswered:
            reason = administration.unanswered[name]
            assert (line.value, line.reason) == (None, reason)
            assert line.answer == LANGUAGE.unanswered[reason]
        elif name in administration.words:
            assert line.value == line.answer == administration.words[name]
        else:
            assert line.value == administration.answers[name]
            assert line.answer == f"label of {line.value}"
            assert line.lowest <= administration.answers[name] <= line.highest


@given(administrations(), st.sampled_from([*Unanswered]))
def test_an_unanswered_critical_item_is_said_to_be_unanswered(
    others: Administration, reason: Unanswered
) -> None:
    summary = summary_of(answered(**{**others.answers, "death_thoughts": reason}))

    (sentence,) = summary.critical_unanswered
    assert CRITICAL_LABEL in sentence
    assert summary.alerts == ()


@given(administrations(given={"death_thoughts": st.sampled_from([0, 1, 2, 3])}))
def test_an_answered_critical_item_is_not_said_to_be_unanswered(
    administration: Administration,
) -> None:
    assert summary_of(administration).critical_unanswered == ()


def without(summary: Summary, part: str) -> Summary:
    """Return the summary without one of the things that it must always say."""
    match part:
        case "advice":
            nothing = AdviceRule.model_construct(id="x", label="", text="")
            return replace(summary, advice=nothing)
        case "help":
            return replace(summary, help=replace(summary.help, act_now=""))
        case _:
            return replace(summary, not_a_diagnosis="")


@pytest.mark.parametrize("part", ["advice", "help", "statement"])
def test_a_summary_cannot_be_made_without(part: str) -> None:
    with pytest.raises(ValueError, match="a summary always has"):
        without(summary_of(answered()), part)


def banded(*, citation: str = "Nobody 1999", **answers: object) -> ScaleLine:
    bands = [{"at_least": 0, "name": "low"}, {"at_least": 4, "name": "high"}]
    scale = {"id": "s", "label": "S", "method": "sum", "items": "all"}
    asked = questionnaire(scales=[scale | {"bands": bands, "citation": citation}])
    (line,) = summary_of(administer(asked, answers, taken_at=TAKEN_AT)).scales
    return line


def test_a_band_is_a_quotation_with_its_range_and_its_study() -> None:
    low, high = banded(a=3, b=0, c=0).published_band, banded(a=3, b=1, c=0).published_band

    assert low == "in the range published as 'low' (0–3, Nobody 1999)"
    assert high == "in the range published as 'high' (4–9, Nobody 1999)"


def test_no_score_has_no_band_and_says_why() -> None:
    line = banded(a=3)

    assert line.published_band is None
    assert line.no_score == LANGUAGE.too_many_unanswered


def test_a_score_that_is_not_there_for_want_of_a_question_says_that() -> None:
    assert banded(a=3, b=0, c="not_asked").no_score == LANGUAGE.not_every_item_asked


def test_a_study_is_named() -> None:
    summary = summary_of(administer(questionnaire(), {}, taken_at=TAKEN_AT))

    assert "Nobody 1999" in summary.validation
