"""Pages hold what a person must see, and nothing that could do anything."""

from __future__ import annotations

import pytest
from hypothesis import given

from moodcheck.checkin import help_pages, question_pages
from moodcheck.core.administration import Unanswered
from moodcheck.core.crisis import Region
from moodcheck.report.document import Option
from moodcheck.terminal.page import Page
from tests.shipped import LANGUAGE, SYMPTOMS
from tests.strategies import hostile_text
from tests.unit.terminal.fakes import EVERY_PAGE, page, panel, question

CRITICAL = SYMPTOMS.item(SYMPTOMS.critical[0].item)


def texts(shown: Page) -> list[str]:
    return shown.texts()


def said(shown: Page) -> str:
    return "\n".join([*texts(shown), *(f"{key} {what}" for key, what in shown.keys)])


@pytest.mark.parametrize("region", [Region("GB"), Region("US", is_guess=True), Region()])
def test_help_begins_with_what_to_do_now_and_ends_with_what_to_do_if_none_connects(
    region: Region,
) -> None:
    here = panel(region)
    heading, first, *_others, last = texts(help_pages.help_page(here))
    whole = said(help_pages.help_page(here))

    assert heading == LANGUAGE.help.title
    assert first == here.act_now
    assert last == here.if_it_does_not_connect
    assert all(line.number in whole for line in here.lines)
    assert all(f"{there.name}: {there.emergency}; " in whole for there in here.elsewhere)


def test_help_repeats_neither_question_nor_answer() -> None:
    shown = said(help_pages.help_page(panel()))

    labels = [str(option.label) for option in SYMPTOMS.options(CRITICAL.id)]
    for repeated in (str(CRITICAL.text), str(CRITICAL.label), str(CRITICAL.help), *labels):
        assert repeated not in shown


@pytest.mark.parametrize("has_answers", [True, False])
def test_whoever_stops_sees_help_lines_and_what_happens_to_the_answers(
    *, has_answers: bool
) -> None:
    shown = help_pages.stop(panel(), has_answers=has_answers)

    assert panel().act_now in texts(shown)
    assert "Nothing has been saved" in said(shown)
    assert ("v" in dict(shown.keys)) == has_answers


@pytest.mark.parametrize("name", ["welcome", "under 18", "someone else", "help", "stop", "noted"])
def test_what_to_do_now_is_said_before_and_after_the_questions(name: str) -> None:
    assert panel().act_now in texts(page(name))


def test_the_welcome_says_what_this_is_before_anything_is_asked() -> None:
    welcome = page("welcome")

    for promise in (
        SYMPTOMS.title,
        str(len(SYMPTOMS.items)),
        "12 questions about how you were over the last two weeks",
        "then 12 short ones for a doctor's visit",
        "About 5 minutes",
        LANGUAGE.notice,
        "Nothing is saved.",
        "No one is told",
        "adults",
        "skip",
    ):
        assert promise in said(welcome)
    assert set(dict(welcome.keys)) == {"Enter", "h", "r", "y", "o", "p", "q"}


def test_a_question_says_where_one_is_what_is_asked_and_every_key() -> None:
    shown = question_pages.question(question(CRITICAL))

    assert texts(shown)[:3] == ["11 of 12", SYMPTOMS.stem, CRITICAL.text]
    options = [(one.key, one.text) for one in shown.blocks if isinstance(one, Option)]
    assert options == [(str(o.value), o.label) for o in SYMPTOMS.options(CRITICAL.id)]
    assert set(dict(shown.keys)) == {"b", "s", "?", "h", "q", "Esc Esc"}


def test_a_question_that_was_answered_shows_which_option_was_chosen() -> None:
    shown = question_pages.question(question(given=2))

    assert [one.key for one in shown.blocks if isinstance(one, Option) and one.is_chosen] == ["2"]


@pytest.mark.parametrize("given_", [None, "2", Unanswered.SKIPPED])
def test_a_question_without_an_answer_shows_none_as_chosen(given_: str | None) -> None:
    shown = question_pages.question(question(given=given_))

    assert not [one for one in shown.blocks if isinstance(one, Option) and one.is_chosen]


def test_context_has_its_own_numbers_no_period_and_an_early_end() -> None:
    shown = page("context")

    assert texts(shown)[0] == "1 of 12, for your visit"
    assert SYMPTOMS.stem not in texts(shown)
    assert "f" in dict(shown.keys)


def test_the_review_numbers_every_item_and_calls_what_is_missing_not_answered() -> None:
    questions = [question(item) for item in SYMPTOMS.all_items]
    shown = question_pages.review(questions, LANGUAGE)

    answers = [(one.key, one.text) for one in shown.blocks if isinstance(one, Option)]
    assert answers == [
        (str(number), f"{item.label}: {LANGUAGE.unanswered[Unanswered.NOT_REACHED]}")
        for number, item in enumerate(SYMPTOMS.all_items, start=1)
    ]


@given(words=hostile_text())
def test_no_page_holds_a_character_that_could_do_anything(words: str) -> None:
    for name in ("own words", "review", "said"):
        shown = said(page(name, own_words=words))
        kept = "\n\u200c\u200d"  # some scripts need the joiners
        assert not [char for char in shown if not char.isprintable() and char not in kept], name


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_page_says_how_to_leave_it(name: str) -> None:
    assert page(name).keys
