"""Heavy answers get no light advice, and no answer makes the advice lighter than a lower one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck import api
from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.safety import URGENT_ADVICE, advice_for, alerts
from tests.shipped import DATA, LANGUAGE, SYMPTOMS, TAKEN_AT, answered
from tests.strategies import administrations, questionnaires

CRITICAL = {one.item for one in SYMPTOMS.critical}
OTHERS = [item.id for item in SYMPTOMS.items if item.id not in CRITICAL]
NOTHING = dict.fromkeys((item.id for item in SYMPTOMS.items), 0)


def shipped() -> Iterator[Questionnaire]:
    """Yield every questionnaire in `data`, instruments too."""
    for file in sorted((*DATA.glob("*.yaml"), *DATA.glob("instruments/*.yaml"))):
        if "advice:" in file.read_text(encoding="utf-8").split("\n"):
            yield api.load(file)


SHIPPED = {questionnaire.id: questionnaire for questionnaire in shipped()}
ASKS_HOW_WELL = {"who-5"}
"""No answer in it is heavy: the higher, the better; whoever answers it gets the same advice."""

by_name = pytest.mark.parametrize("asked", SHIPPED.values(), ids=SHIPPED)


def urgency(administration: Administration) -> int:
    """Return the place of the advice among the rules: the lower, the more urgent."""
    return administration.questionnaire.advice.index(advice_for(administration))


@st.composite
def lower_and_higher(
    draw: st.DrawFn, of: Questionnaire | None = None
) -> tuple[Administration, Administration]:
    """Return two sittings, the second at least as high as the first in every item."""
    asked = draw(questionnaires(most_items=12)) if of is None else of
    lower = draw(administrations(asked))
    higher = {}
    for item in sorted(asked.choices):
        before = lower.answers.get(item)
        offered = [option.value for option in asked.options(item)]
        # No answer fulfils no condition, so any answer is higher than none.
        above = [value for value in offered if before is None or value >= before]
        stays = [] if before is not None else [Unanswered.BLANK]
        higher[item] = draw(st.sampled_from([*above, *stays]))
    return lower, administer(asked, higher, taken_at=TAKEN_AT)


@by_name
@given(data=st.data())
@settings(max_examples=300)
def test_raising_any_answer_never_makes_the_advice_less_urgent(
    asked: Questionnaire, data: st.DataObject
) -> None:
    lower, higher = data.draw(lower_and_higher(asked))

    assert urgency(higher) <= urgency(lower)


@given(lower_and_higher())
def test_no_questionnaire_that_can_be_written_breaks_that(
    pair: tuple[Administration, Administration],
) -> None:
    lower, higher = pair

    assert urgency(higher) <= urgency(lower)


@by_name
def test_heavy_answers_do_not_get_the_lightest_advice(asked: Questionnaire) -> None:
    if asked.id in ASKS_HOW_WELL:
        assert len(asked.advice) == 1
        return
    critical = {one.item for one in asked.critical}
    values = {
        item.id: sorted(option.value for option in asked.options(item.id)) for item in asked.items
    }
    # Each symptom on half the days or more, none of them daily, and nothing else answered.
    heavy = {name: offered[-2] for name, offered in values.items() if name not in critical}
    sitting = administer(asked, heavy, taken_at=TAKEN_AT)

    assert not alerts(sitting)
    assert advice_for(sitting) is not asked.advice[-1]


def test_many_symptoms_for_over_a_year_get_an_appointment() -> None:
    many = dict.fromkeys(OTHERS, 2) | {"death_thoughts": 0, "duration": 4}

    assert advice_for(answered(**many)).id == "soon"


def test_one_bad_symptom_is_not_called_an_emergency_and_leaves_time_for_an_appointment() -> None:
    advice = advice_for(answered(**NOTHING | {"sleep": 3}))

    assert advice.id not in URGENT_ADVICE
    assert "next week or two" in advice.text
    assert "If things get worse before then, do not wait" in advice.text


def test_high_energy_long_ago_and_nothing_else_is_no_appointment() -> None:
    assert advice_for(answered(**NOTHING | {"high_energy": 1})) is SYMPTOMS.advice[-1]
    assert advice_for(answered(**NOTHING | {"high_energy": 1, "sleep": 1})).id == "soon"


@given(administrations(given={"unreal": st.just(1), "birth": st.just(1)}))
def test_hearing_things_after_a_birth_is_now(sitting: Administration) -> None:
    advice = advice_for(sitting)

    assert advice.id == "now"
    assert advice is SYMPTOMS.advice[0]
    assert LANGUAGE.names_a_clinician(advice.text)
    assert "Call the emergency number or go to a hospital now" in advice.text


@given(
    administrations(
        given={
            "unreal": st.just(1),
            "birth": st.sampled_from([0, None, *Unanswered]),
        }
    )
)
def test_hearing_things_without_a_birth_is_today(sitting: Administration) -> None:
    assert advice_for(sitting).id == "today"


@pytest.mark.parametrize("reason", [None, *Unanswered])
def test_what_is_unanswered_fits_no_advice_but_the_last(reason: object) -> None:
    nothing = dict.fromkeys((item.id for item in SYMPTOMS.all_items), reason)

    assert advice_for(answered(**nothing)) is SYMPTOMS.advice[-1]
