"""Every window will do: narrow, low, resized at any moment, or one that only prints lines."""

from __future__ import annotations

import random

import pytest

from moodcheck.core.crisis import Region, help_panel
from tests.functional.person import DOWN, ENTER, UP, Person
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TODAY

ITEMS = SYMPTOMS.items
GB = help_panel(DIRECTORY, LANGUAGE, Region("GB"), today=TODAY)
FIRST, SAMARITANS = GB.act_now, GB.lines[0].number
FREQUENCY = [str(option.label) for option in SYMPTOMS.options(ITEMS[0].id)]

MORE = "more:"


def reads_all(person: Person, key: str) -> str:
    """Scroll down to the end and return all that was seen on the way."""
    seen = [person.view]
    while MORE in person.view:
        person.press(key).changes_from(person.screen)
        seen.append(person.view)
    return "\n".join(seen)


def test_a_resized_window_is_drawn_again_for_its_size() -> None:
    with Person("moodcheck --region GB") as person:
        person.sees("begin").press(ENTER, "1").sees("2 of 12", "Esc Esc leave at once")
        for columns, rows in [(40, 24), (20, 40), (200, 50), (80, 24)]:
            person.resize(columns, rows).sees("2 of 12", str(ITEMS[1].text), *FREQUENCY)
            person.sees("Esc Esc leave at once")
            with Person("moodcheck --region GB", columns=columns, rows=rows) as other:
                other.sees("begin" if columns > 20 else MORE).press(ENTER, "1")
                other.sees("2 of 12", "Esc Esc leave at once")
                person.waits_until(lambda: person.screen == other.screen, other.screen)
        person.press("2").sees("3 of 12")


def test_a_window_resized_again_and_again_ends_drawn_for_its_last_size() -> None:
    sizes = random.Random(7)  # noqa: S311 - any sizes will do, the same ones each time
    with Person("moodcheck --region GB") as person:
        person.sees("begin").press(ENTER, "2h").sees(FIRST, "go on")
        for _ in range(60):
            person.resize(sizes.randint(20, 200), sizes.randint(8, 60))
        person.resize(100, 41)
        person.sees(FIRST, SAMARITANS, "go on", "change country")
        with Person("moodcheck --region GB", columns=100, rows=41) as other:
            other.sees("begin").press(ENTER, "2h").sees(FIRST, "go on")
            expected = other.screen
        person.waits_until(lambda: person.screen == expected, "the page as drawn for 100 by 41")
        person.press("g").sees("2 of 12")


@pytest.mark.parametrize("key", [" ", DOWN], ids=["space", "↓"])
@pytest.mark.parametrize("columns", [20, 40])
def test_a_low_window_is_scrolled_through_to_the_last_key(columns: int, key: str) -> None:
    with Person("moodcheck --region GB", columns=columns, rows=10) as person:
        person.sees(SYMPTOMS.title, MORE)
        welcome = reads_all(person, key)
        assert "under 18" in welcome
        assert "leave" in welcome
        person.press(ENTER).sees("1 of 12", MORE)
        question = reads_all(person, key)
        for label in FREQUENCY:
            assert label in question
        assert "leave at once" in question
        person.press(UP, UP, UP).sees("1 of 12")
        person.press("1").sees("2 of 12")


@pytest.mark.parametrize(("columns", "rows"), [(20, 13), (40, 10), (80, 10), (200, 10)])
def test_the_emergency_number_is_the_first_thing_seen_in_a_low_window(
    columns: int, rows: int
) -> None:
    with Person("moodcheck --region GB", columns=columns, rows=rows) as person:
        person.sees(SYMPTOMS.title).press(ENTER).sees("1 of 12").press("h")
        person.sees(f"{LANGUAGE.help.title} {FIRST}")
        everything = reads_all(person, " ")

    assert SAMARITANS in everything


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_a_summary_is_as_wide_as_its_window(columns: int) -> None:
    with Person("moodcheck --region GB", columns=columns, rows=60) as person:
        person.sees("leave").press(ENTER, "0" * 12).sees("for your visit").press("f")
        person.sees("Your answers", "see the summary").press("v").sees("write it to").press("d")

        assert person.ends() == 0
        rows = f"{person.scrollback}\n{person.screen}".split("\n")
        stays = " ".join(" ".join(rows).replace("│", " ").split())
    assert max(map(len, rows)) <= columns
    assert LANGUAGE.not_a_diagnosis in stays
    assert "0 of 36" in stays


def test_the_page_of_countries_is_scrolled_and_not_left_by_an_arrow() -> None:
    with Person("moodcheck --region GB", columns=20, rows=10) as person:
        person.sees(MORE).press("r").sees("Which country", MORE)
        countries = reads_all(person, DOWN)
        assert "MX" in countries
        person.press("mx", ENTER).sees(SYMPTOMS.title)


@pytest.mark.parametrize(
    "words", ["日本語" * 20, "naïve " * 30, "a" * 300], ids=["wide", "words", "long"]
)
def test_words_wider_than_the_window_leave_the_question_where_it_was(words: str) -> None:
    with Person("moodcheck --region GB", columns=40, rows=24) as person:
        person.sees("begin").press(ENTER, "0" * 12, ENTER, "s" * 11).sees(
            "12 of 12, for your visit"
        )
        rows = person.screen.split("\n")
        person.press(words, "end").sees("end")

        assert person.screen.split("\n")[:-1] == rows[:-1]
        assert person.screen.split("\n")[-1].endswith("end")


def test_a_dumb_terminal_gets_lines_and_no_escape_byte_at_all() -> None:
    with Person("moodcheck --region GB", TERM="dumb") as person:
        person.sees("begin").press(ENTER).sees("1 of 12")
        for number in range(1, len(ITEMS) + 1):
            person.sees(f"{number} of 12").press("0", ENTER)
        person.sees("main part").press(ENTER).sees("1 of 12, for your visit")
        person.press("f", ENTER).sees("Your answers")
        person.press("3", ENTER).sees("3 of 12").press("2", ENTER).sees("Your answers")
        person.press("v", ENTER).sees("write it to a file").press("d", ENTER)

        assert person.ends() == 0
        assert b"\x1b" not in person.raw
        stays = " ".join(person.scrollback.split() + person.screen.split())
    assert LANGUAGE.not_a_diagnosis in stays
    assert "2 of 36" in stays


def test_a_dumb_terminal_says_that_it_cannot_be_cleared() -> None:
    with Person("moodcheck --region GB --discreet", TERM="dumb") as person:
        person.sees("begin", "cannot be cleared").press("q", ENTER)

        assert person.ends() == 0
        assert b"\x1b" not in person.raw


def test_typing_ahead_on_a_dumb_terminal_ends_at_the_help_page() -> None:
    with Person("moodcheck --region GB", TERM="dumb") as person:
        person.press("\r".join(["", *"0000000000", "2", "g", "0", "f", "v", "d"]), ENTER)
        person.sees(FIRST, SAMARITANS)
        person.press("g", ENTER).sees("12 of 12", str(ITEMS[11].text))


def test_without_colour_nothing_is_coloured() -> None:
    with Person("moodcheck", NO_COLOR="1") as person:
        person.sees("begin").press(ENTER, "0" * 12, "f").sees(
            "Your answers", "see the summary"
        ).press("v")
        person.sees("write it to a file").press("d")

        assert person.ends() == 0
        colours = [b"\x1b[%d;3%dm" % (style, colour) for style in (0, 1, 2) for colour in range(8)]
        assert not [seen for seen in colours if seen in person.raw]
        assert b"\x1b[36m" not in person.raw


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 18)])
@pytest.mark.parametrize("language", ["en_GB.UTF-8", "C.UTF-8"])
@pytest.mark.parametrize("options", ["", " --save --passphrase-fd 3 3<<<passphrase"], ids=str)
def test_the_welcome_has_the_emergency_line_on_its_first_screen(
    columns: int, rows: int, language: str, options: str
) -> None:
    command = f"bash -c 'moodcheck{options}'" if options else "moodcheck"
    with Person(command, columns=columns, rows=rows, LANG=language) as person:
        person.sees("12 questions", "then 12 short ones", "About 5 minutes", "Enter begin")
        person.sees("now if you have hurt yourself or might end your life.")
        if language.startswith("en_GB"):
            person.sees("999 or 112")


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 18)])
def test_enter_or_b_leaves_every_page_with_nothing_to_choose_and_help_works_on_it(
    columns: int, rows: int
) -> None:
    with Person("moodcheck --region GB", columns=columns, rows=rows) as person:
        person.sees("begin")
        for leave in (ENTER, "b"):
            for key, seen in [("y", "under 18"), ("o", "someone else"), ("h", SAMARITANS)]:
                person.press(key).sees(seen, "go on").press("?").press(leave).sees("12 questions")
        person.press(ENTER, "1").sees("2 of 12", "before: A few days")
        for leave in (ENTER, "b"):
            person.press("?").sees("Why this is asked").press("h").sees(SAMARITANS)
            person.press(leave).sees("Why this is asked").press(leave).sees("2 of 12")
        person.press("0" * 11).sees("main part", "12 short questions for your visit")
        person.press("?").sees("Esc Esc leave at once").press("h").sees(SAMARITANS).press("b")
        person.sees("main part").press("f").sees("Your answers", "see the summary").press("v").sees(
            "write it to a"
        )
        # What is shown of a summary is laid out anew for the window.
        person.resize(60, 30).waits_until(lambda: _widest(person) > 50, "a wider summary")
        person.resize(30, 30).waits_until(lambda: _widest(person) <= 30, "a narrower summary")


def _widest(person: Person) -> int:
    return max(map(len, person.screen.split("\n")))
