"""Sittings over time: joined only where they mean the same, ordered by sequence, gaps kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.domain.administration import Unanswered, administer
from moodcheck.domain.history import Record
from moodcheck.domain.safety import advice_for
from moodcheck.domain.scoring import score
from moodcheck.domain.trend import Trend, trend
from tests.records import histories, record
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TAKEN_AT, UNITED_STATES, answered
from tests.unit.domain.small import questionnaire

NEWER = SYMPTOMS.model_copy(update={"version": "1.4.0"})
OTHER = SYMPTOMS.model_copy(update={"version": "2.0.0"})
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
    assert [group.questionnaire.version for group in series] == ["1.4.0", "1.0.0", "2.0.0"]


def test_sequence_decides_the_order_and_a_clock_set_back_does_not() -> None:
    early = administer(SYMPTOMS, {"sleep": 1}, taken_at=TAKEN_AT - timedelta(days=400))
    kept = [record(early, sequence=2), record(answered(sleep=3), sequence=1)]
    (series,) = trend_of(kept).series
    (sleep,) = [line for line in series.items if line.item.id == "sleep"]

    assert sleep.values == (3, 1)


def test_an_item_or_scale_that_a_version_lacks_is_a_gap() -> None:
    small = questionnaire()
    scale = {"id": "new", "label": "New", "method": "sum", "items": "all"}
    items = [{"id": name, "label": name, "responses": "often"} for name in "abcd"]
    larger = questionnaire(version="1.1.0", items=items, scales=[scale])
    everything = dict.fromkeys("abcd", 1)
    kept = [
        record(administer(small, {"a": 1}, taken_at=TAKEN_AT), sequence=1),
        record(administer(larger, everything, taken_at=TAKEN_AT), sequence=2),
    ]
    (series,) = trend_of(kept).series
    (line,) = series.scales

    assert series.items[-1].values == (None, 1)
    assert [result and result.score for result in line.results] == [None, 4]
    assert line.since_previous is None


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
