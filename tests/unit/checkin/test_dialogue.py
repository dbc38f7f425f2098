"""One page until an accepted entry is made, and what works on every page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from moodcheck.checkin import help_pages, pages, question_pages
from moodcheck.core.administration import MOST_WORDS
from moodcheck.core.crisis import Region
from moodcheck.errors import BadData
from moodcheck.terminal.page import Page
from moodcheck.terminal.reader import SPACE, Key, LineEditor
from tests.shipped import DIRECTORY, LANGUAGE
from tests.unit.terminal.fakes import Typed, panel, question, setting, talk

QUESTION = question_pages.question(question())


def a_question() -> Page:
    return QUESTION


def test_a_page_is_shown_until_an_accepted_entry_is_made() -> None:
    dialogue, view, _reader = talk("7", "x", Key.LEFT, "2")

    assert dialogue.choose(a_question, {"0", "1", "2", "3"}) == "2"
    assert view.shown == [QUESTION]
    assert len(view.notes) == 3
    assert all(note.startswith("Please use one of: 0, 1, 2, 3, ") for note in view.notes)


def test_an_entry_means_the_same_in_capitals() -> None:
    dialogue, _view, _reader = talk("S")

    assert dialogue.choose(a_question, {"s"}) == "s"


def test_help_lines_come_and_go_on_every_page_that_offers_them() -> None:
    dialogue, view, _reader = talk("h", "1", "g", "1")

    assert dialogue.choose(a_question, {"1"}) == "1"
    assert view.shown == [QUESTION, help_pages.help_page(panel()), QUESTION]
    assert len(view.notes) == 1


def test_stopping_at_help_lines_stops_where_that_is_possible() -> None:
    dialogue, _view, _reader = talk("h", "q")

    assert dialogue.choose(a_question, {"1", "q"}) == "q"


def test_stopping_at_help_lines_comes_back_where_there_is_nothing_to_stop() -> None:
    dialogue, view, _reader = talk("h", "q", "1")

    assert dialogue.choose(a_question, {"1"}) == "1"
    assert view.shown[-1] == QUESTION


def test_question_mark_says_the_keys_of_any_page() -> None:
    dialogue, view, _reader = talk("?", Key.ENTER)
    page = pages.message("Written")

    assert dialogue.choose(lambda: page, {Key.ENTER}) is Key.ENTER
    assert view.said_keys == [page]
    assert view.shown == [page]


def test_help_comes_and_goes_on_a_page_that_does_not_name_it() -> None:
    dialogue, view, _reader = talk("h", "h", "b", Key.ENTER)
    page = Page(())

    assert dialogue.choose(lambda: page, {Key.ENTER}) is Key.ENTER
    assert view.shown == [page, *[help_pages.help_page(panel())] * 2, page]


def test_a_key_that_the_page_does_not_offer_is_explained() -> None:
    dialogue, view, _reader = talk("r", Key.ENTER)
    page = pages.message("Written")

    assert dialogue.choose(lambda: page, {Key.ENTER}) is Key.ENTER
    assert view.shown == [page]
    assert len(view.notes) == 1


def test_the_country_is_changed_from_help_lines_and_every_page_knows_it() -> None:
    dialogue, view, _reader = talk("h", "r", "zz", "", "us", "g", "1")

    assert dialogue.choose(a_question, {"1"}) == "1"
    assert dialogue.region == Region("US")
    assert view.shown[-2] == help_pages.help_page(panel(Region("US")))
    assert view.notes[0].startswith("There is no country called 'zz'")


def test_a_country_left_as_it_is_stays() -> None:
    dialogue, view, _reader = talk(
        "h", "r", Key.ENTER, "g", "1", region=Region("US", is_guess=True)
    )
    dialogue.choose(a_question, {"1"})

    assert dialogue.region == Region("US", is_guess=True)
    assert view.shown[2].texts()[1] == "Now: United States (a guess)."


def test_a_country_that_was_named_is_no_guess_any_more() -> None:
    dialogue, _view, _reader = talk("h", "r", "US", "g", "1", region=Region("US", is_guess=True))
    dialogue.choose(a_question, {"1"})

    assert dialogue.region == Region("US")


@pytest.mark.parametrize(("entry", "by"), [(SPACE, 1), (Key.DOWN, 1), (Key.UP, -1)])
def test_space_and_arrows_scroll_and_answer_nothing(entry: str | Key, by: int) -> None:
    dialogue, view, _reader = talk(entry, "1")

    assert dialogue.choose(a_question, {"1"}) == "1"
    assert view.scrolled == [by]
    assert not view.notes


@pytest.mark.parametrize("entry", [Key.DOWN, Key.UP])
def test_arrows_scroll_where_a_text_is_typed(entry: Key) -> None:
    dialogue, view, _reader = talk(entry, "name")

    assert dialogue.ask_text(pages.file_name(), str.upper) == "NAME"
    assert len(view.scrolled) == 1


@pytest.mark.parametrize("entry", [Key.ENTER, Key.END, Key.LEFT])
def test_a_text_that_is_not_given_is_none(entry: Key) -> None:
    dialogue, _view, _reader = talk(entry)

    assert dialogue.ask_text(pages.file_name(), str.upper) is None


def test_a_text_is_asked_for_until_it_can_be_used() -> None:
    dialogue, view, _reader = talk("bad", "worse", "good")

    def use(text: str) -> str:
        if text != "good":
            raise BadData(f"{text} is not good", mend="Try again")
        return text

    assert dialogue.ask_text(pages.file_name(), use) == "good"
    assert view.notes == ["bad is not good. Try again.", "worse is not good. Try again."]


def test_what_was_typed_ahead_is_discarded_after_the_page_is_shown_and_before_it_is_read() -> None:
    dialogue, _view, reader = talk("1")
    dialogue.choose(a_question, {"1"}, only_fresh_keys=True)

    assert reader.discarded_before == [0]


def test_what_was_typed_ahead_is_kept_elsewhere() -> None:
    dialogue, _view, reader = talk("h", "g", "1")
    dialogue.choose(a_question, {"1"})

    assert not reader.discarded_before


def instant_keys(*, needs_enter: bool = False, **how: bool) -> Callable[[str], bool]:
    dialogue, _view, reader = talk("1", of=setting(needs_enter=needs_enter))
    dialogue.choose(a_question, {"1"}, **how)
    return reader.asked_for[0]


def test_every_key_is_an_entry_at_once() -> None:
    is_instant = instant_keys()

    assert all(is_instant(key) for key in "12bsx7? ")


def test_no_key_is_one_where_enter_is_wished_for() -> None:
    is_instant = instant_keys(needs_enter=True)

    assert not any(is_instant(key) for key in "12bsx7? ")


def test_digits_are_none_where_a_number_may_follow() -> None:
    is_instant = instant_keys(numbers_need_enter=True)

    assert not is_instant("1")
    assert is_instant("b")


def written(*script: str | Key | Typed, line: LineEditor | None = None) -> str | Key:
    dialogue, _view, _reader = talk(*script)
    return dialogue.write(a_question(), {"s", "q", "b"}, line or LineEditor(), "")


def test_words_are_returned_as_they_were_typed_unless_they_are_a_key() -> None:
    assert written("Sleep Well") == "Sleep Well"
    assert written("S") == "s"
    assert written("hello") == "hello"
    assert written("h", "g", "words") == "words"
    assert written("h", "q") == "q"
    assert written("?", "words") == "words"


def test_words_too_long_are_explained_and_not_cut() -> None:
    dialogue, view, _reader = talk("x" * (MOST_WORDS + 1), "short")

    assert dialogue.write(a_question(), {"s"}, LineEditor(), "") == "short"
    assert len(view.notes) == 1


@pytest.mark.parametrize("key", ["h", "?", Key.ENTER, Key.TAB, "7", Key.DOWN], ids=str)
def test_after_tab_the_words_stay_whatever_is_looked_at(key: str | Key) -> None:
    line = LineEditor()
    leaves_help = ["g"] if key == "h" else []

    assert written(Typed("To sle", Key.TAB), key, *leaves_help, "To sleep", line=line) == "To sleep"
    assert line.text == "To sle"
    assert written(Key.TAB, "b", line=line) == "b"
    assert line.text == "To sle"


@pytest.mark.parametrize("key", [Key.UP, Key.DOWN])
def test_a_page_is_scrolled_under_words_that_stay(key: Key) -> None:
    dialogue, view, reader = talk(Typed("half", key), "half of it")

    assert dialogue.write(a_question(), set(), LineEditor(), "") == "half of it"
    assert len(view.scrolled) == 1
    assert reader.lines[0] is reader.lines[1]


def test_the_note_at_a_long_list_is_short() -> None:
    questions = [question(item, 0) for item in setting().questionnaire.all_items[:-1]]
    numbers = {str(number): "" for number in range(1, len(questions) + 1)}
    dialogue, view, _reader = talk("x", "v")
    dialogue.choose(lambda: question_pages.review(questions, LANGUAGE), {*numbers, "v"})

    assert len(view.notes[0]) < 80


def test_the_countries_with_help_lines_can_be_seen_where_one_is_asked_for() -> None:
    dialogue, view, _reader = talk("h", "r", Key.ENTER, "g", "1")
    dialogue.choose(a_question, {"1"})

    shown = view.shown[2].texts()
    by_name = sorted(DIRECTORY.countries.items(), key=lambda item: item[1].name)
    assert shown[-len(by_name) :] == [f"  {code} {land.name}" for code, land in by_name]
