"""What a human has to see of the records, and in which order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given

from moodcheck.history.critical import critical_lines
from moodcheck.history.record import Record, SittingMode
from tests.records import SEEN, histories, record
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT, answered

NOW = TAKEN_AT + timedelta(days=3, minutes=5)
CRITICAL = "death_thoughts"


@pytest.mark.parametrize(
    ("given_answer", "alerted", "said"),
    [
        (2, {}, "about half the days or more"),
        (0, {CRITICAL: 2}, "2 (about half the days or more), changed to 0 (not at all)"),
        (
            "skipped",
            {CRITICAL: 1},
            "1 (a few days, or even once), changed to not answered (skipped)",
        ),
        ("declined", {}, "not answered (declined)"),
        (None, {}, "not answered"),
    ],
)
def test_an_entry_says_what_was_answered_and_what_it_was_changed_to(
    given_answer: object, alerted: dict[str, int], said: str
) -> None:
    kept = record(answered(**{CRITICAL: given_answer}), alerted=alerted)
    (line,) = critical_lines([kept], LANGUAGE, NOW)

    assert line.answer == said
    assert line.label == SYMPTOMS.item(CRITICAL).label
    assert line.needs_acknowledgement
    assert line.age == timedelta(days=3)


def test_where_every_critical_item_was_answered_with_no_there_is_nothing_to_see() -> None:
    assert critical_lines([record(answered(**{CRITICAL: 0}))], LANGUAGE, NOW) == ()


def test_what_nobody_acknowledged_comes_first_and_of_that_the_oldest() -> None:
    alert = answered(**{CRITICAL: 1})
    kept = [
        record(alert, sequence=1, acknowledgement=SEEN),
        record(alert, sequence=2, client="me", mode=SittingMode.OWN),
        record(alert, sequence=4),
        record(alert, sequence=3),
    ]
    lines = critical_lines(kept, LANGUAGE, NOW)

    assert [line.record.sequence for line in lines] == [3, 4, 1, 2]
    assert [line.needs_acknowledgement for line in lines] == [True, True, False, False]


def test_a_clock_set_back_makes_no_age_below_nothing() -> None:
    (line,) = critical_lines([record(answered())], LANGUAGE, TAKEN_AT - timedelta(days=9))

    assert line.age == timedelta(0)


@given(histories())
def test_no_entry_is_left_out(kept: list[Record]) -> None:
    lines = critical_lines(kept, LANGUAGE, NOW)

    entries = [(one.id, entry) for one in kept for entry in one.critical]
    assert sorted(entries, key=str) == sorted(
        ((line.record.id, line.entry) for line in lines), key=str
    )
