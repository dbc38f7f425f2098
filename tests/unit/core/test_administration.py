"""An answer that was not offered is refused by the item's name; a gap keeps its reason."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import MOST_WORDS, Administration, Unanswered, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import BadData
from tests.shipped import SYMPTOMS, TAKEN_AT, answered
from tests.strategies import administrations, hostile_text, questionnaires


class One(IntEnum):
    ONE = 1


class LikeInt(int):
    """What an array library's whole numbers look like: equal to an int, and not one."""


class EqualToAll:
    """Equal to every offered value, and none of them."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return True


NOT_OFFERED = {
    "yes": True, "no": False, "a whole float": 1.0, "a half": 1.5, "infinity": float("inf"),
    "not a number": float("nan"), "too high": 4, "too low": -1, "enormous": 10**5000,
    "a digit": "2", "a padded digit": "2 ", "a wide digit": "\uff12", "empty": "",
    "a label": "Not at all",
    "a reason in capitals": "SKIPPED", "a padded reason": " skipped", "bytes": b"2", "a list": [2],
    "an object": {"value": 2}, "an enum": One.ONE, "a kind of int": LikeInt(2), "complex": 2 + 0j,
    "a decimal": Decimal(2), "a fraction": Fraction(2), "equal to all": EqualToAll(),
}  # fmt: skip


def refusal(given_answers: dict[str, object]) -> BadData:
    with pytest.raises(BadData) as refused:
        administer(SYMPTOMS, given_answers, taken_at=TAKEN_AT)
    return refused.value


@pytest.mark.parametrize("item", ["sleep", "death_thoughts", "impairment"])
@pytest.mark.parametrize("answer", NOT_OFFERED.values(), ids=NOT_OFFERED)
def test_what_was_not_offered_is_refused_by_the_name_of_the_item(item: str, answer: object) -> None:
    (problem,) = refusal({"low_mood": 1, item: answer}).problems

    assert problem.where == f"item {item}"
    assert "0, 1, 2, 3" in problem.mend


@given(
    st.one_of(
        st.integers(min_value=100), st.floats(min_value=100), st.text(min_size=12), hostile_text()
    )
)
def test_no_refusal_repeats_what_was_given(answer: object) -> None:
    one, another = refusal({"sleep": answer}), refusal({"sleep": "something else"})

    assert str(one) == str(another)


@given(data=st.data(), asked=questionnaires(most_items=5))
def test_every_offered_value_and_no_other_is_taken(
    data: st.DataObject, asked: Questionnaire
) -> None:
    item = data.draw(st.sampled_from(asked.items))
    offered = [option.value for option in asked.options(item.id)]
    value = data.draw(st.sampled_from(offered) | st.integers(-1_001, 1_001))

    try:
        administration = administer(asked, {item.id: value}, taken_at=TAKEN_AT)
    except BadData:
        assert value not in offered
    else:
        assert value in offered
        assert administration.answers == {item.id: value}


def test_every_problem_is_named_at_once() -> None:
    problems = refusal({"sleep": 7, "slep": 1, "aches": True, "own_words": 3}).problems

    assert {problem.where.removeprefix("item ") for problem in problems} == {
        "sleep", "slep", "aches", "own_words"
    }  # fmt: skip


def test_an_unknown_item_is_refused_with_a_hint_and_shown_safely() -> None:
    (near,) = refusal({"slep": 1}).problems
    (hostile,) = refusal({"\x1b[2J\u202e": 1}).problems

    assert "'sleep'" in near.mend
    assert hostile.where == "item \\x1b[2J\\u202e"


@given(administrations(own_words=hostile_text()))
def test_every_item_is_either_answered_or_unanswered_with_a_reason(
    administration: Administration,
) -> None:
    groups = [administration.answers, administration.words, administration.unanswered]

    assert sorted(key for group in groups for key in group) == sorted(
        item.id for item in SYMPTOMS.all_items
    )


@pytest.mark.parametrize("reason", Unanswered)
@pytest.mark.parametrize("by_name", [True, False])
def test_a_gap_keeps_its_reason(reason: Unanswered, by_name: bool) -> None:
    administration = answered(sleep=str(reason) if by_name else reason)

    assert administration.unanswered["sleep"] is reason
    assert "sleep" not in administration.answers


def test_none_and_nothing_are_blank() -> None:
    administration = answered(sleep=None)

    assert set(administration.unanswered.values()) == {Unanswered.BLANK}
    assert len(administration.unanswered) == len(SYMPTOMS.all_items)


def test_zero_is_an_answer() -> None:
    assert answered(sleep=0).answers == {"sleep": 0}


def test_own_words_are_kept_and_only_spaces_are_blank() -> None:
    assert answered(own_words="  to sleep \n").words == {"own_words": "to sleep"}
    assert answered(own_words="0").words == {"own_words": "0"}
    assert answered(own_words=" \t ").unanswered["own_words"] is Unanswered.BLANK


def test_own_words_have_a_length() -> None:
    assert answered(own_words="x" * MOST_WORDS).words
    assert refusal({"own_words": "x" * (MOST_WORDS + 1)}).problems[0].where == "item own_words"


def test_a_time_without_its_offset_is_refused() -> None:
    with pytest.raises(BadData):
        administer(SYMPTOMS, {}, taken_at=datetime(2026, 11, 24))  # noqa: DTZ001 - the point

    in_utc = datetime(2026, 11, 24, tzinfo=UTC)
    assert administer(SYMPTOMS, {}, taken_at=in_utc).taken_at == in_utc


def test_what_was_answered_cannot_be_changed_afterwards() -> None:
    given_answers = {"sleep": 1}
    administration = administer(SYMPTOMS, given_answers, taken_at=TAKEN_AT)
    given_answers["sleep"] = 3

    assert administration.answers["sleep"] == 1
    with pytest.raises(TypeError):
        administration.answers["sleep"] = 3  # type: ignore[index]  # the point
