"""What stood out and what the person could say: made of their own answers, with no verdict."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import Administration, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.saying import MOST_NAMED, could_say, stood_out
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT
from tests.strategies import administrations
from tests.unit.core.small import questionnaire

OFTEN = [
    {"value": 0, "label": "Never"},
    {"value": 1, "label": "At times", "say": "at times"},
    {"value": 2, "label": "Most days", "say": "on most days", "stands_out": True},
    {"value": 3, "label": "Daily", "say": "every day", "stands_out": True},
]
YES_NO = [{"value": 0, "label": "No"}, {"value": 1, "label": "Yes", "stands_out": True}]
SAID = {name: f"did {name}" for name in "abdefghi"}
PERIOD = "Over the last week"


def asked(**changes: object) -> Questionnaire:
    """Return a questionnaire with words for everything but its critical item, `c`."""
    items: list[dict[str, Any]] = [
        {"id": name, "label": name.upper(), "responses": "often"} for name in "abcdefghi"
    ]
    for item in items:
        if item["id"] in SAID:
            item["say"] = SAID[item["id"]]
    context = [
        {"id": "long", "label": "L", "responses": "often", "say": "It is so {answer}."},
        {"id": "pills", "label": "P", "responses": "yes_no", "say": "my pills"},
        {"id": "family", "label": "F", "responses": "yes_no", "say": "my family"},
        {"id": "words", "label": "W", "type": "text", "say": "I want: {answer}"},
    ]
    return questionnaire(
        **{
            "responses": {"often": OFTEN, "yes_no": YES_NO},
            "items": items,
            "context": context,
            **changes,
        }
    )


def sitting(**given_: object) -> Administration:
    return administer(asked(), given_, taken_at=TAKEN_AT)


def said(**given_: object) -> list[str]:
    return list(could_say(sitting(**given_), LANGUAGE.say))


def groups(**given_: object) -> list[tuple[str, str]] | None:
    found = stood_out(sitting(**given_))
    if found is None:
        return None
    return [(group.answer, "".join(item.id for item in group.items)) for group in found]


def test_the_highest_answers_stand_out_first_each_with_its_items() -> None:
    assert groups(a=2, b=3, d=1, e=3, f=0) == [("Daily", "be"), ("Most days", "a")]


def test_an_alert_stands_out_however_low_it_is() -> None:
    assert groups(a=1, c=1) == [("At times", "c")]


def test_that_nothing_stands_out_is_kept_apart_from_having_nothing_to_say_of_it() -> None:
    assert groups(a=0, b=1) == []
    assert groups() is None
    assert groups(long=3) is None
    unmarked = [{key: option[key] for key in ("value", "label")} for option in OFTEN]
    plain = asked(responses={"often": unmarked, "yes_no": YES_NO}, items=[
        {"id": name, "label": name, "responses": "often"} for name in "abc"
    ], context=[])  # fmt: skip
    assert stood_out(administer(plain, {"a": 3}, taken_at=TAKEN_AT)) is None


def test_everything_is_said_in_its_order() -> None:
    assert said(a=3, b=2, d=3, c=1, long=2, pills=1, family=1, words="rest.") == [
        LANGUAGE.say.alert,
        f"{PERIOD}, every day, I did a and did d.",
        "On most days, I did b.",
        "It is so on most days.",
        "I would like to tell you about my pills and my family.",
        "I want: rest.",
    ]


def test_what_was_not_answered_or_answered_with_no_is_not_said() -> None:
    assert said(a=3, pills=0, long=0, words=None) == [
        f"{PERIOD}, every day, I did a.",
        LANGUAGE.say.wish,
    ]
    assert said() == []
    assert said(a=0, pills=0) == []


def test_the_two_highest_answers_are_said_and_no_more_symptoms_than_can_be_read_out() -> None:
    assert said(a=3, b=2, d=1)[:2] == [f"{PERIOD}, every day, I did a.", "On most days, I did b."]
    many = said(a=3, b=3, d=3, e=3, f=3, g=2, h=2, i=1)

    assert many[:4] == [
        f"{PERIOD}, every day, I did a, did b and did d.",
        "I also did e and did f.",
        "On most days, I did g.",
        LANGUAGE.say.more,
    ]
    assert sum(sentence.count("did ") for sentence in many) == MOST_NAMED


def test_words_that_look_like_a_place_to_fill_are_left_alone() -> None:
    assert said(words="{answer} {what} {period}") == ["I want: {answer} {what} {period}"]


@given(administrations(), st.data())
def test_no_sentence_names_what_the_person_did_not_answer(
    administration: Administration, data: st.DataObject
) -> None:
    item = data.draw(st.sampled_from([item for item in SYMPTOMS.all_items if item.say]))
    fewer = {
        name: value
        for name, value in {**administration.answers, **administration.words}.items()
        if name != item.id
    }
    without = administer(SYMPTOMS, fewer, taken_at=TAKEN_AT)
    words = (item.say or "").partition("{answer}")[0]

    assert not any(words in sentence for sentence in could_say(without, LANGUAGE.say))
