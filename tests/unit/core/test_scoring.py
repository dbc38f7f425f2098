"""One scoring rule: sum, mean and count; reversed, multiplied, prorated, or not scorable."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.scoring import ScaleScore, prorated, score
from tests.shipped import SYMPTOMS, TAKEN_AT, answered
from tests.strategies import administrations, questionnaires
from tests.unit.core import oracle
from tests.unit.core.small import questionnaire


def never_asked(administration: Administration) -> set[str]:
    reasons = administration.unanswered
    return {item for item, reason in reasons.items() if reason is Unanswered.NOT_ASKED}


@given(data=st.data(), asked=questionnaires())
def test_every_score_is_what_exact_fractions_give(
    data: st.DataObject, asked: Questionnaire
) -> None:
    administration = data.draw(administrations(asked))
    document = asked.model_dump(mode="json", by_alias=True)

    computed = {result.scale.id: result.score for result in score(administration)}

    expected = oracle.scores(document, dict(administration.answers), never_asked(administration))
    assert computed == expected
    assert {k: type(v) for k, v in computed.items()} == {k: type(v) for k, v in expected.items()}


@given(data=st.data(), asked=questionnaires(most_items=10))
def test_a_score_lies_in_its_range_and_no_score_has_a_reason(
    data: st.DataObject, asked: Questionnaire
) -> None:
    administration = data.draw(administrations(asked))
    for result in score(administration):
        is_beyond = result.of - result.answered > result.scale.max_unanswered
        is_asked = never_asked(administration).isdisjoint(asked.items_of(result.scale))
        assert (result.score is None) is (result.reason is not None)
        assert result.reason == (
            ("too_many_unanswered" if is_beyond else None) if is_asked else "not_asked"
        )
        assert result.score is None or result.minimum <= result.score <= result.maximum


@given(data=st.data(), asked=questionnaires(most_items=10))
def test_the_band_is_the_highest_that_the_score_reaches(
    data: st.DataObject, asked: Questionnaire
) -> None:
    for result in score(data.draw(administrations(asked))):
        reached = [b for b in result.scale.bands if (result.score or 0) >= b.at_least]
        is_banded = result.score is not None and result.scale.bands
        assert result.band == (reached[-1] if is_banded else None)


@given(administrations())
def test_an_unanswered_item_leaves_no_score_where_no_rule_was_published(
    administration: Administration,
) -> None:
    for result in score(administration):
        is_complete = set(SYMPTOMS.items_of(result.scale)) <= set(administration.answers)
        assert (result.score is None) is not is_complete


@given(st.integers(-2_000, 2_000), st.data())
def test_a_prorated_tie_rounds_up(total: int, data: st.DataObject) -> None:
    of = data.draw(st.integers(1, 60))
    answered_items = data.draw(st.integers(1, of))
    exact = Fraction(total * of, answered_items)

    rounded = prorated(total, answered=answered_items, of=of)

    assert rounded - Fraction(1, 2) <= exact < rounded + Fraction(1, 2)


@pytest.mark.parametrize(
    ("total", "answered_items", "of", "expected"),
    [(3, 2, 3, 5), (-3, 2, 3, -4), (1, 2, 3, 2), (5, 2, 5, 13), (7, 7, 9, 9), (8, 9, 9, 8)],
)
def test_halves_go_up_and_never_to_even(
    total: int, answered_items: int, of: int, expected: int
) -> None:
    assert prorated(total, answered=answered_items, of=of) == expected


def scored(scale: dict[str, Any], **answers: object) -> ScaleScore:
    asked = questionnaire(scales=[{"id": "s", "label": "S", "items": "all", **scale}])
    (result,) = score(administer(asked, answers, taken_at=TAKEN_AT))
    return result


def test_a_reverse_keyed_item_counts_from_the_other_end_of_its_own_options() -> None:
    assert scored({"method": "sum", "reverse_keyed": ["b"]}, a=3, b=0, c=1).score == 3 + 3 + 1


def test_a_mean_is_the_exact_double() -> None:
    assert scored({"method": "mean"}, a=1, b=0, c=0).score == 1 / 3
    # 1 / 3 * 10 would be another double: what is divided is rounded once, at the end.
    assert scored({"method": "mean", "multiply_by": 10}, a=1, b=0, c=0).score == 10 / 3


def test_a_count_counts_from_its_value_on() -> None:
    assert scored({"method": "count", "at_least": 2}, a=1, b=2, c=3).score == 2


def test_a_sum_is_multiplied_after_it_was_completed() -> None:
    rule = {"max_unanswered": 1, "missing_rule": {"name": "m", "citation": "Nobody 1999"}}
    result = scored({"method": "sum", "multiply_by": 4, **rule}, a=1, b=2)

    assert (result.score, result.answered, result.of) == (4 * 5, 2, 3)
    assert result.answered < result.of


def test_never_asked_is_not_unanswered() -> None:
    rule = {"max_unanswered": 1, "missing_rule": {"name": "m", "citation": "Nobody 1999"}}
    result = scored({"method": "sum", **rule}, a=1, b=2, c="not_asked")

    assert (result.score, result.reason, result.answered) == (None, "not_asked", 2)
    assert scored({"method": "sum", **rule}, a=1, b=2, c="skipped").score == 5


@pytest.mark.parametrize(
    ("values", "name"),
    [((0, 0, 0), "low"), ((1, 1, 1), "low"), ((2, 1, 1), "middle"), ((3, 3, 3), "high")],
)
def test_a_band_begins_at_its_first_score(values: tuple[int, ...], name: str) -> None:
    starts = {"low": 0, "middle": 4, "high": 9}
    bands = [{"at_least": start, "name": name} for name, start in starts.items()]
    answers = dict(zip("abc", values, strict=True))
    result = scored({"method": "sum", "bands": bands, "citation": "Nobody 1999"}, **answers)

    assert result.band is not None
    assert result.band.name == name


def test_no_answer_at_all_is_no_score_and_never_zero() -> None:
    assert {result.score for result in score(answered())} == {None}
