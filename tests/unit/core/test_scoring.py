"""One scoring rule: sum, mean and count; reversed, multiplied, prorated, or not scorable."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.computation import prorated
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.scoring import ScaleScore, score
from tests.exact import scores
from tests.shipped import SYMPTOMS, TAKEN_AT, answered
from tests.strategies import administrations, questionnaires
from tests.unit.core.small import document, questionnaire


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

    exact = scores(document, dict(administration.answers), never_asked(administration))
    expected = {name: one.score for name, one in exact.items()}
    assert computed == expected
    assert {k: type(v) for k, v in computed.items()} == {k: type(v) for k, v in expected.items()}


@given(data=st.data(), asked=questionnaires(most_items=10))
def test_a_score_lies_in_its_range_and_no_score_has_a_reason(
    data: st.DataObject, asked: Questionnaire
) -> None:
    administration = data.draw(administrations(asked))
    for result in score(administration):
        is_beyond = result.of - result.answered > result.how.most_unanswered
        assert (result.score is None) is (result.reason is not None)
        assert result.reason == "not_asked" or (result.reason is not None) is is_beyond
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


def test_a_maximum_is_the_highest_and_any_of_it_may_be_missing_by_a_rule() -> None:
    rule = {"max_unanswered": 2, "missing_rule": {"name": "m", "citation": "Nobody 1999"}}

    assert scored({"method": "maximum"}, a=1, b=3, c=0).score == 3
    assert scored({"method": "maximum"}, a=1, b=3).reason == "too_many_unanswered"
    assert scored({"method": "maximum", **rule}, b=1).score == 1


def test_weights_count_for_more_less_or_against() -> None:
    against = scored({"method": "sum", "weights": {"a": 2, "c": -1}}, a=3, b=1, c=2)
    tenths = scored({"method": "sum", "weights": dict.fromkeys("abc", 0.1)}, a=1, b=1, c=1)

    assert (against.score, against.minimum, against.maximum) == (5, -3, 9)
    # In doubles 0.1 + 0.1 + 0.1 is another number.
    assert (tenths.score, tenths.exact) == (0.3, Fraction(3, 10))
    assert scored({"method": "mean", "weights": {"a": 2}}, a=3, b=1, c=1).score == 8 / 4


def test_of_alternatives_the_highest_answered_counts_and_one_is_enough() -> None:
    either = {"method": "sum", "alternatives": [["a", "b"]]}

    assert scored(either, a=1, b=2, c=3).score == 5
    assert (scored(either, b=2, c=3).score, scored(either, b=2, c=3).of) == (5, 2)
    assert scored(either, c=3).reason == "too_many_unanswered"
    assert scored(either, a="not_asked", b=1, c=1).score == 2
    assert scored(either, a="not_asked", b="not_asked", c=1).reason == "not_asked"


def test_each_item_has_its_own_threshold() -> None:
    counted = {"method": "count", "at_least": {"a": 2, "b": 2, "c": 1}}

    assert scored(counted, a=1, b=2, c=1).score == 2


def test_a_completed_sum_stays_what_it_is_where_the_rule_does_not_round() -> None:
    rule = {"max_unanswered": 1, "missing_rule": {"name": "m", "citation": "Nobody 1999"}}
    exact = scored({"method": "sum", "round_prorated": False, **rule}, a=1, b=2)

    assert (exact.score, type(exact.score)) == (4.5, float)
    assert scored({"method": "sum", **rule}, a=1, b=2).score == 5


def test_a_share_allows_as_many_as_are_whole_in_it() -> None:
    rule = {"missing_rule": {"name": "m", "citation": "Nobody 1999"}}
    half = {"method": "mean", "max_unanswered_share": 0.5, **rule}

    assert scored(half, a=1, b=2).score == 1.5
    assert scored(half, a=1).reason == "too_many_unanswered"


def test_a_rescaled_score_goes_from_0_to_100() -> None:
    own = scored({"method": "sum", "rescale": True}, a=1, b=0, c=0)
    published = scored({"method": "sum", "rescale": {"low": 3, "high": 6}}, a=3, b=3, c=0)

    assert (own.score, own.minimum, own.maximum) == (100 / 9, 0, 100)
    assert (published.score, published.minimum, published.maximum) == (100.0, -100, 200)


def of_unlike(answers: dict[str, int], **scale: object) -> ScaleScore:
    """Return a score of an item from 0 to 1, and one from 0 to 4."""
    often = [{"value": value, "label": f"label {value}"} for value in range(5)]
    small = document(
        responses={"yes": often[:2], "often": often},
        items=[
            {"id": "b", "label": "b", "responses": "yes"},
            {"id": "c", "label": "c", "responses": "often"},
        ],
        scales=[{"id": "s", "label": "S", "items": "all", **scale}],
    )
    asked = Questionnaire.model_validate(small, strict=False)
    return score(administer(asked, answers, taken_at=TAKEN_AT))[-1]


def test_the_range_of_a_mean_is_that_of_the_means_there_can_be() -> None:
    plain = of_unlike({"b": 1, "c": 4}, method="mean")
    highest = of_unlike({"b": 1, "c": 4}, method="mean", rescale=True)
    lowest = of_unlike({"b": 0, "c": 0}, method="mean", rescale=True)
    weighted = of_unlike({"b": 1, "c": 4}, method="mean", weights={"c": 3}, rescale=True)

    assert (plain.score, plain.minimum, plain.maximum) == (2.5, 0, 2.5)
    assert (lowest.score, highest.score, weighted.score) == (0, 100, 100)


@given(asked=questionnaires(most_items=4))
def test_the_ends_of_a_range_are_scores_that_there_can_be(asked: Questionnaire) -> None:
    ends: list[list[object]] = [[*asked.extremes(item.id), None] for item in asked.items]
    found: dict[str, set[int | float]] = defaultdict(set)
    for cells in product(*ends):
        answers = dict(zip((item.id for item in asked.items), cells, strict=True))
        for one in score(administer(asked, answers, taken_at=TAKEN_AT)):
            if one.score is not None:
                found[one.scale.id].add(one.score)

    # Parts with items in common cannot all be at an end at once, nor a part and such an item.
    for scale in asked.scales:
        if not scale.scales:
            assert (min(found[scale.id]), max(found[scale.id])) == asked.range_of(scale)


def of_scales(*scales: dict[str, Any], **answers: object) -> dict[str, ScaleScore]:
    every = [{"label": "S", **scale} for scale in scales]
    asked = questionnaire(scales=every)
    return {one.scale.id: one for one in score(administer(asked, answers, taken_at=TAKEN_AT))}


def test_a_scale_of_scales_takes_their_exact_scores_wherever_it_stands() -> None:
    found = of_scales(
        {"id": "both", "method": "mean", "scales": ["one", "two"]},
        {"id": "one", "method": "mean", "items": ["a", "b"]},
        {"id": "two", "method": "mean", "items": ["a", "b", "c"]},
        a=1, b=0, c=0,
    )  # fmt: skip

    assert found["both"].exact == Fraction(5, 12)
    assert found["both"].score == 5 / 12


def test_a_scale_without_a_score_is_an_unanswered_part_and_says_why() -> None:
    scales = (
        {"id": "one", "method": "sum", "items": ["a", "b"]},
        {"id": "both", "method": "sum", "scales": ["one"], "items": ["c"]},
    )

    skipped = of_scales(*scales, a=1, c=2)["both"]
    never = of_scales(*scales, a=1, b="not_asked", c=2)["both"]
    assert (skipped.score, skipped.answered, skipped.of) == (None, 1, 2)
    assert (skipped.reason, never.reason) == ("too_many_unanswered", "not_asked")
