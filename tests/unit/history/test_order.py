"""Sittings of one history go by their sequence number, those of several by the time taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from moodcheck.history.order import in_order
from moodcheck.history.record import Record
from moodcheck.history.trend import trend
from moodcheck.history.views.trend_view import clock_note
from tests.records import record
from tests.shipped import DIRECTORY, LANGUAGE, TAKEN_AT, UNITED_STATES, answered


def kept(origin: str, sequence: int, day: int) -> Record:
    sitting = replace(answered(), taken_at=TAKEN_AT + timedelta(days=day))
    made = record(sitting, name=f"{origin}{sequence:011}", sequence=sequence)
    return replace(made, origin=origin)


def names(records: list[Record]) -> list[str]:
    return [f"{one.origin}{one.sequence}" for one in in_order(records)]


def test_in_one_history_a_clock_set_back_changes_nothing() -> None:
    assert names([kept("a", 2, 0), kept("a", 1, 90), kept("a", 3, 1)]) == ["a1", "a2", "a3"]


def test_across_histories_the_time_decides_and_not_the_sequence_numbers() -> None:
    laptop = [kept("a", 1, 0), kept("a", 2, 14)]
    desktop = [kept("b", 90, 7), kept("b", 91, 21)]

    assert names([*laptop, *desktop]) == ["a1", "b90", "a2", "b91"]


def test_one_wrong_date_moves_its_own_sitting_alone() -> None:
    """A clock that stood at 2099 or 1970 once, between two sittings with another machine's."""
    for wrong in (26_000, -20_000):
        laptop = [kept("a", 1, 0), kept("a", 2, wrong), kept("a", 3, 14)]
        assert names([*laptop, kept("b", 1, 7)]) == ["a1", "a2", "b1", "a3"]


def test_a_changed_clock_is_said_only_where_there_was_one() -> None:
    laptop = [kept("a", 1, 0), kept("a", 2, 14)]
    merged = [*laptop, kept("b", 1, 7), kept("b", 2, 21)]
    wrong = [*merged, kept("a", 3, 1)]

    for records, is_said in ((laptop, False), (merged, False), (wrong, True)):
        shown = trend(records, DIRECTORY, LANGUAGE, region=UNITED_STATES, now=TAKEN_AT)
        assert bool(clock_note(shown.series[0])) is is_said


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 9), st.integers(-30, 30)), max_size=12
    )
)
def test_nothing_is_lost_and_no_history_is_turned_about(
    drawn: list[tuple[str, int, int]],
) -> None:
    records = [kept(*one) for one in drawn]
    ordered = in_order(records)

    assert sorted(map(id, ordered)) == sorted(map(id, records))
    for origin in "abc":
        own = [one.sequence for one in ordered if one.origin == origin]
        assert own == sorted(own)
    times = [one.administration.taken_at for one in ordered]
    if all(
        [one.administration.taken_at for one in ordered if one.origin == origin]
        == sorted(one.administration.taken_at for one in records if one.origin == origin)
        for origin in "abc"
    ):
        assert times == sorted(times)
