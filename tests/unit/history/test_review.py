"""Every answer, what set the advice first, then what changed; numbers side by side, no verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.history.record import Correction, Record, SittingMode
from moodcheck.history.review import ReviewedItem, SessionReview, session_review
from moodcheck.history.views.review_view import review_sections
from moodcheck.report.document import Paragraph
from tests.records import record, records
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT, answered, summary_of

DEATH, HEARD = "death_thoughts", "unreal"


def closed(now: Record, before: Record | None = None) -> SessionReview:
    summary = summary_of(now.administration)
    return session_review(now, before, summary, LANGUAGE, TAKEN_AT + timedelta(days=2))


def ids(items: tuple[ReviewedItem, ...]) -> list[str]:
    return [one.item.id for one in items]


def test_a_first_sitting_is_compared_with_nothing_and_shows_every_answer() -> None:
    shown = closed(record(answered(low_mood=3, unreal=1)))

    assert (shown.since, shown.changed, shown.scales) == (None, (), ())
    assert ids(shown.set_advice) == [HEARD]
    assert sorted(ids(shown.in_order)) == sorted(item.id for item in SYMPTOMS.all_items)


def test_a_copy_that_is_scored_differently_says_that_it_is_not_compared() -> None:
    now = record(answered(low_mood=1))
    other = SYMPTOMS.model_copy(update={"critical": ()})
    shown = session_review(
        now, None, summary_of(now.administration), LANGUAGE, TAKEN_AT, apart=other
    )
    sections = review_sections(shown, TAKEN_AT, first=1)
    said = [block.text for one in sections for block in one.blocks if isinstance(block, Paragraph)]

    assert (
        "The last sitting with 'symptoms' cannot be compared with this one: their critical items "
        "differ." in said
    )
    assert "First time with this questionnaire." not in said


def test_what_changed_stands_with_both_answers_what_moved_furthest_first() -> None:
    before = record(answered(low_mood=1, sleep=1, eating=2, death_thoughts=0))
    now = record(answered(low_mood=1, sleep=2, eating=0, aches=0, death_thoughts=0), sequence=2)
    shown = closed(now, before)

    label = {one.value: f"{one.value} ({one.label})" for one in SYMPTOMS.options("sleep")}
    assert shown.since == TAKEN_AT
    assert [(one.item.id, one.before, one.now, one.difference) for one in shown.changed] == [
        ("eating", label[2], label[0], -2),
        ("sleep", label[1], label[2], 1),
        ("aches", "not answered", label[0], None),
    ]


def test_an_answer_that_set_the_advice_comes_before_what_changed_and_keeps_both_answers() -> None:
    before = record(answered(death_thoughts=0, low_mood=0))
    shown = closed(record(answered(death_thoughts=2, low_mood=1), sequence=2), before)

    assert ids(shown.in_order)[:2] == [DEATH, "low_mood"]
    assert shown.in_order[0].sets_advice
    assert shown.in_order[0].before is not None


def test_what_was_corrected_stays_in_sight() -> None:
    sitting = answered(low_mood=1)
    corrected = replace(record(sitting), corrections=(Correction("low_mood", 3, TAKEN_AT),))
    (one,) = closed(corrected).corrections

    assert one.before.startswith("3 (")
    assert one.now.startswith("1 (")


@pytest.mark.parametrize("mode", SittingMode)
def test_it_says_that_a_client_was_told_only_if_they_were(mode: SittingMode) -> None:
    whole = answered(**dict.fromkeys((item.id for item in SYMPTOMS.items), 1))
    left = answered(low_mood=1, sleep="not_reached")

    is_at_the_keyboard = mode is not SittingMode.READ_ALOUD
    assert closed(record(whole, mode=mode)).was_told is is_at_the_keyboard
    assert not closed(record(left, mode=mode)).was_told
    corrected = replace(record(whole, mode=mode), corrections=(Correction("sleep", 2, TAKEN_AT),))
    assert not closed(corrected).was_told


@given(before=st.none() | records(), now=records(sequence=2))
def test_every_item_is_there_once_with_its_answer_or_why_there_is_none(
    before: Record | None, now: Record
) -> None:
    shown = closed(now, before)
    sitting = now.administration

    assert sorted(ids(shown.in_order)) == sorted(item.id for item in SYMPTOMS.all_items)
    for one in shown.items:
        name = one.item.id
        if name in sitting.unanswered:
            assert one.now == LANGUAGE.unanswered[sitting.unanswered[name]]
        elif name in sitting.words:
            assert one.now == sitting.words[name]
        else:
            assert one.now.startswith(f"{sitting.answers[name]} (")
        assert one.note == now.notes.get(name, "")
    if before is not None:
        then = before.administration
        assert {one.item.id for one in shown.items if one.before is not None} == {
            name for name in SYMPTOMS.choices if then.answers.get(name) != sitting.answers.get(name)
        }
    assert len(shown.critical) == len(now.critical)
