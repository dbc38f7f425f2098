"""Alerts and advice look at single answers; no total hides one and no gap stands for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import Together, When
from moodcheck.core.safety import (
    URGENT_ADVICE,
    CriticalState,
    advice_for,
    alerts,
    critical_states,
)
from tests.shipped import SYMPTOMS, TAKEN_AT, answered
from tests.strategies import administrations, questionnaires
from tests.unit.core.small import questionnaire

CRITICAL = "death_thoughts"
OTHERS = [item.id for item in SYMPTOMS.items if item.id != CRITICAL]


@given(administrations(), st.sampled_from([1, 2, 3]))
def test_any_answer_above_not_at_all_is_an_alert_whatever_the_others_are(
    others: Administration, value: int
) -> None:
    administration = answered(**{**others.answers, CRITICAL: value})

    assert alerts(administration) == (CRITICAL,)
    assert advice_for(administration).id in URGENT_ADVICE


@given(administrations(given={CRITICAL: st.sampled_from([0, None, *Unanswered])}))
def test_not_at_all_and_no_answer_are_no_alert_and_are_kept_apart(
    administration: Administration,
) -> None:
    expected = CriticalState.NO_ALERT
    if CRITICAL in administration.unanswered:
        expected = CriticalState.UNANSWERED
        if administration.unanswered[CRITICAL] is Unanswered.NOT_ASKED:
            expected = CriticalState.NOT_ASKED

    assert critical_states(administration) == {CRITICAL: expected}
    assert alerts(administration) == ()


@given(data=st.data(), asked=questionnaires(most_items=8))
def test_alerts_are_decided_item_by_item(data: st.DataObject, asked: Questionnaire) -> None:
    administration = data.draw(administrations(asked))
    critical = {one.item: one.at_least for one in asked.critical}

    expected = {i for i, v in administration.answers.items() if i in critical and v >= critical[i]}
    assert set(alerts(administration)) == expected
    assert list(critical_states(administration)) == list(critical)


@given(data=st.data(), asked=questionnaires(most_items=8))
def test_the_advice_is_the_first_rule_that_fits_and_there_always_is_one(
    data: st.DataObject, asked: Questionnaire
) -> None:
    administration = data.draw(administrations(asked))
    answers = administration.answers
    scored = [answers[item.id] for item in asked.items if item.id in answers]

    def fits(entry: When) -> bool:
        if isinstance(entry, Together):
            return all(map(fits, entry.all))
        named = [answers[entry.item]] if entry.item in answers else []
        values = scored if entry.item == "any" else named
        return sum(value >= entry.at_least for value in values) >= entry.how_many

    chosen = advice_for(administration)
    before = asked.advice[: asked.advice.index(chosen)]
    assert chosen.when is None or any(map(fits, chosen.when))
    assert not any(fits(entry) for rule in before for entry in rule.when or ())


@pytest.mark.parametrize(
    ("given_answers", "advice"),
    [
        ({}, "anyway"),
        (dict.fromkeys((item.id for item in SYMPTOMS.items), 0), "anyway"),
        (dict.fromkeys(OTHERS, 2), "soon"),
        (dict.fromkeys(OTHERS[:3], 2), "soon"),
        (dict.fromkeys(OTHERS[:2], 2), "anyway"),
        (dict.fromkeys(OTHERS[:7], 1), "soon"),
        (dict.fromkeys(OTHERS[:6], 1), "anyway"),
        ({"aches": 3}, "soon"),
        ({"impairment": 1}, "anyway"),
        ({"impairment": 2}, "soon"),
        ({"high_energy": 1}, "anyway"),
        ({"high_energy": 1, "aches": 1}, "soon"),
        ({"duration": 4}, "anyway"),
        ({"birth": 1}, "anyway"),
        ({"unreal": 1}, "today"),
        ({"unreal": 1, "birth": 0}, "today"),
        ({"unreal": 1, "birth": "skipped"}, "today"),
        ({"unreal": 1, "birth": 1}, "now"),
        ({CRITICAL: 1}, "today"),
        ({CRITICAL: 1, "aches": 3}, "today"),
        ({CRITICAL: "skipped", "unreal": "declined"}, "anyway"),
    ],
)
def test_the_shipped_advice_fits_the_answers(given_answers: dict[str, object], advice: str) -> None:
    assert advice_for(answered(**given_answers)).id == advice


def test_an_alert_starts_exactly_at_its_value() -> None:
    (critical,) = questionnaire(critical=[{"item": "c", "at_least": 1}]).critical

    assert [critical.is_alert(value) for value in range(-1, 4)] == [False, False, True, True, True]


def test_a_condition_on_any_item_leaves_context_items_out() -> None:
    asked = questionnaire(
        context=[{"id": "x", "label": "X", "responses": "often"}],
        advice=[
            {"id": "high", "when": [{"item": "any", "at_least": 3}], "label": "L", "text": "T"},
            {"id": "anyway", "label": "L", "text": "T"},
        ],
    )

    assert advice_for(administer(asked, {"x": 3}, taken_at=TAKEN_AT)).id == "anyway"
    assert advice_for(administer(asked, {"b": 3}, taken_at=TAKEN_AT)).id == "high"
