"""Sittings over time: joined only where they mean the same, ordered by sequence, gaps kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import Unanswered, administer
from moodcheck.core.safety import advice_for
from moodcheck.core.scoring import score
from moodcheck.history.record import Record
from moodcheck.history.trend import Trend, trend
from moodcheck.history.views.trend_view import trend_document
from moodcheck.report.render_plain import render
from tests.records import histories, record
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TAKEN_AT, UNITED_STATES, answered
from tests.unit.core.small import questionnaire

NEWER = SYMPTOMS.model_copy(update={"version": "2.4.0"})
OTHER = SYMPTOMS.model_copy(update={"version": "3.0.0"})
CRITICAL = "death_thoughts"


def trend_of(records: Sequence[Record]) -> Trend:
    return trend(records, DIRECTORY, LANGUAGE, region=UNITED_STATES, now=TAKEN_AT)


def test_minor_versions_are_one_series_and_major_ones_are_not() -> None:
    asked = [SYMPTOMS, OTHER, NEWER, questionnaire(), OTHER]
    kept = [
        record(administer(one, {}, taken_at=TAKEN_AT), sequence=position)
        for position, one in enumerate(asked)
    ]
    series = trend_of(kept).series

    joined = [[one.sequence for one in group.records] for group in series]
    assert joined == [[0, 2], [3], [1, 4]]
    assert [group.questionnaire.version for group in series] == ["2.4.0", "1.0.0", "3.0.0"]


def test_sequence_decides_the_order_and_a_clock_set_back_does_not() -> None:
    early = administer(SYMPTOMS, {"sleep": 1}, taken_at=TAKEN_AT - timedelta(days=400))
    kept = [record(early, sequence=2), record(answered(sleep=3), sequence=1)]
    (series,) = trend_of(kept).series
    (sleep,) = [line for line in series.items if line.item.id == "sleep"]

    assert sleep.values == (3, 1)


def test_a_context_item_that_a_version_lacks_is_a_gap() -> None:
    small = questionnaire()
    more = {"id": "new", "label": "New", "responses": "often"}
    larger = questionnaire(version="1.1.0", context=[more])
    kept = [
        record(administer(small, {"a": 1}, taken_at=TAKEN_AT), sequence=1),
        record(administer(larger, {"new": 1}, taken_at=TAKEN_AT), sequence=2),
    ]
    (series,) = trend_of(kept).series

    assert series.items[-1].values == (None, 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"critical": []},
        {"items": [{"id": name, "label": name, "responses": "often"} for name in "abcd"]},
        {"scales": [{"id": "s", "label": "S", "method": "mean", "items": "all"}]},
        {"scales": [{"id": "s", "label": "S", "method": "sum", "items": "all", "multiply_by": 2}]},
        {"responses": {"often": [{"value": value, "label": "x"} for value in range(5)]}},
    ],
    ids=["no critical", "another item", "method", "multiplied", "more to choose from"],
)
def test_a_copy_that_drops_critical_or_changes_scoring_is_another_questionnaire(
    changed: dict[str, object],
) -> None:
    other = questionnaire(**changed)
    kept = [
        record(administer(one, {"a": 1}, taken_at=TAKEN_AT), sequence=position)
        for position, one in enumerate((questionnaire(), other))
    ]

    assert [len(series.records) for series in trend_of(kept).series] == [1, 1]


def test_other_words_for_the_same_scoring_stay_one_series() -> None:
    scale = {"id": "s", "label": "In other words", "method": "sum", "items": ["c", "b", "a"]}
    items = [{"id": name, "label": name * 2, "responses": "often"} for name in "cba"]
    worded = questionnaire(version="1.0.1", scales=[scale], items=items, title="Another title")
    kept = [
        record(administer(one, {"a": 1}, taken_at=TAKEN_AT), sequence=position)
        for position, one in enumerate((questionnaire(), worded))
    ]

    assert [len(series.records) for series in trend_of(kept).series] == [2]


def test_a_trend_says_why_a_copy_is_kept_apart() -> None:
    kept = [
        record(administer(one, {"a": 1}, taken_at=TAKEN_AT), sequence=position)
        for position, one in enumerate((questionnaire(), questionnaire(critical=[])))
    ]

    shown = " ".join(render(trend_document(trend_of(kept)), width=200).split())
    assert "small 1.0.0 and small 1.0.0 are kept apart: their critical items differ." in shown


def test_steps_are_from_the_previous_sitting_and_from_the_first() -> None:
    parameters = {"points": 2, "citation": "Nobody 1999"}
    scale = {"id": "s", "label": "S", "method": "sum", "items": "all"}
    asked = questionnaire(scales=[scale | {"reliable_change": parameters}])
    kept = [
        record(administer(asked, {"a": a, "b": 0, "c": 0}, taken_at=TAKEN_AT), sequence=a)
        for a in (1, 2, 3)
    ]
    (line,) = trend_of(kept).series[0].scales
    (two,) = trend_of(kept[:2]).series[0].scales

    assert line.since_previous is not None
    assert line.since_first is not None
    assert line.since_previous.change.difference == 1
    assert line.since_first.change.difference == 2
    reliable = "as large as a change published as reliable (2 or more, Nobody 1999)"
    assert line.since_first.published == reliable
    smaller = "smaller than a change published as reliable (2 or more, Nobody 1999)"
    assert line.since_previous.published == smaller
    assert two.since_first is None


def test_an_alert_that_was_changed_later_is_still_one() -> None:
    changed = record(answered(**{CRITICAL: 0}), alerted={CRITICAL: 3})

    assert trend_of([changed]).has_alert
    assert not trend_of([record(answered(**{CRITICAL: 0}))]).has_alert
    assert not trend_of([record(answered())]).has_alert


def test_a_trend_cannot_be_made_without_what_the_promises_need() -> None:
    made = trend_of([record(answered())])
    silent = made.series[0].advice.model_copy(update={"text": ""})

    with pytest.raises(ValueError, match="always"):
        replace(made, not_a_diagnosis="")
    with pytest.raises(ValueError, match="always"):
        replace(made, series=(replace(made.series[0], advice=silent),))
    with pytest.raises(ValueError, match="always"):
        replace(made, help=replace(made.help, act_now=""))


@given(kept=histories(SYMPTOMS, NEWER, OTHER), data=st.data())
def test_every_sitting_is_in_one_series_with_its_own_answers_and_scores(
    kept: list[Record], data: st.DataObject
) -> None:
    made = trend_of(data.draw(st.permutations(kept)))

    assert sorted(one.sequence for series in made.series for one in series.records) == [
        one.sequence for one in kept
    ]
    for series in made.series:
        assert series.advice == advice_for(series.records[-1].administration)
        for position, one in enumerate(series.records):
            sitting = one.administration
            for line in series.items:
                value = line.values[position]
                assert isinstance(value, Unanswered) is (line.item.id in sitting.unanswered)
                assert isinstance(value, Unanswered) or value == sitting.answers[line.item.id]
            assert [line.results[position] for line in series.scales] == list(score(sitting))
