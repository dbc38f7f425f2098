"""What is new since last time, item by item; numbers side by side and no verdict."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given

from moodcheck.domain.closing import Closing, closing
from moodcheck.domain.history import Record
from tests.records import record, records
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT, answered, summary_of

LABELS = {item.id: item.label for item in SYMPTOMS.all_items}


def closed(now: Record, before: Record | None = None) -> Closing:
    summary = summary_of(now.administration)
    return closing(now, before, summary, LANGUAGE, TAKEN_AT + timedelta(days=2))


def test_a_first_sitting_is_compared_with_nothing() -> None:
    shown = closed(record(answered(low_mood=3)))

    assert (shown.since, shown.changed, shown.changed_most, shown.scales) == (None, (), (), ())


def test_every_item_that_is_not_as_it_was_is_named_with_both_answers() -> None:
    before = record(answered(low_mood=3, sleep=1, eating=2))
    shown = closed(record(answered(low_mood=1, sleep=1, aches=0), sequence=2), before)

    assert shown.since == TAKEN_AT
    assert [(one.label, one.before, one.now, one.difference) for one in shown.changed] == [
        ("Low mood", "3 (Almost every day)", "1 (A few days)", -2),
        ("Eating", "2 (Many days)", "not answered", None),
        ("Aches", "not answered", "0 (Not at all)", None),
    ]
    assert [one.label for one in shown.changed_most] == ["Low mood"]


def test_items_that_moved_equally_far_up_and_down_both_changed_most() -> None:
    before = record(answered(low_mood=3, sleep=0, eating=1))
    shown = closed(record(answered(low_mood=1, sleep=2, eating=2), sequence=2), before)

    assert [one.label for one in shown.changed_most] == ["Low mood", "Sleep"]


@given(before=records(), now=records(sequence=2))
def test_nothing_that_changed_is_left_out_and_nothing_else_is_there(
    before: Record, now: Record
) -> None:
    shown = closed(now, before)
    then, today = before.administration, now.administration
    differs = [
        LABELS[item.id]
        for item in SYMPTOMS.all_items
        if item.id in SYMPTOMS.choices
        if then.answers.get(item.id) != today.answers.get(item.id)
        or then.unanswered.get(item.id) != today.unanswered.get(item.id)
    ]

    assert [one.label for one in shown.changed] == differs
    assert {line.item.id for line in shown.unanswered} == set(today.unanswered)
    assert [line.value for line in shown.own_words] == list(today.words.values())
    assert len(shown.critical) == len(now.critical)
