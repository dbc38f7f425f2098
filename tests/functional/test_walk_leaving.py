"""Whoever leaves, however and wherever, leaves the terminal as it was found."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from moodcheck.core.crisis import Region, help_panel
from tests.functional.person import (
    CLEARS_SCROLLBACK,
    CTRL_BACKSLASH,
    CTRL_C,
    CTRL_Z,
    ENTER,
    ENTERS_DRAWING,
    ESC,
    LEAVES_DRAWING,
    LEFT,
    Person,
)
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TODAY

ITEMS, CONTEXT = SYMPTOMS.items, SYMPTOMS.context
NUMBER = next(n for n, item in enumerate(ITEMS, 1) if item.id == SYMPTOMS.critical[0].item)
GB = help_panel(DIRECTORY, LANGUAGE, Region("GB"), today=TODAY)
FIRST, SAMARITANS = GB.act_now, GB.lines[0].number

Steps = tuple[tuple[str, str], ...]

QUESTION: Steps = ((ENTER, "1 of 12"),)
ALERT: Steps = (*QUESTION, ("0" * (NUMBER - 1) + "2", FIRST))
REVIEW: Steps = ((ENTER + "0" * 12, "for your visit"), ("f", "see the summary"))
SUMMARY: Steps = (*REVIEW, ("v", "write it to a file"))

PAGES: dict[str, Steps] = {
    "welcome": (),
    "under 18": (("y", "under 18"),),
    "someone else": (("o", "someone else"),),
    "country": (("r", "Which country"),),
    "wrong country": (("r", "Which country"), ("zz" + ENTER, "There is no country")),
    "question": QUESTION,
    "wrong key": (*QUESTION, ("é" + ENTER, "Please use one of")),
    "why": (*QUESTION, ("?", "Why this is asked")),
    "help": (*QUESTION, ("h", FIRST)),
    "alert": ALERT,
    "between": ((ENTER + "0" * 12, "main part"),),
    "context": ((ENTER + "0" * 12 + ENTER, "1 of 12, for your visit"),),
    "own words": ((ENTER + "0" * 12 + ENTER + "s" * 11 + "some wor", "some wor"),),
    "stop": (*QUESTION, ("1q", "Stop here?")),
    "review": REVIEW,
    "change": (*REVIEW, ("3" + ENTER, "3 of 12")),
    "summary": SUMMARY,
    "file name": (*SUMMARY, ("w", "Type its name")),
    "written": (*SUMMARY, ("w", "Type its name"), ("mine" + ENTER, "Written to")),
}

RICH, PLAIN = "moodcheck --region GB", "moodcheck --region GB --plain"

EVERY_PAGE = pytest.mark.parametrize("page", PAGES)
BOTH = pytest.mark.parametrize("command", [RICH, PLAIN], ids=["rich", "plain"])


def comes_to(person: Person, page: str) -> Person:
    person.sees("begin")
    for keys, seen in PAGES[page]:
        person.press(keys).sees(seen)
    return person


def somebody_at(page: str, command: str) -> Person:
    return comes_to(Person(command, columns=90, rows=30), page)


@contextmanager
def people_at(page: str, options: str = "") -> Iterator[list[Person]]:
    """Two people at the same page: one whose pages are drawn, one for whom lines are added."""
    with (
        Person(f"{RICH} {options}", columns=90, rows=30) as drawn,
        Person(f"{PLAIN} {options}", columns=90, rows=30) as plain,
    ):
        yield [comes_to(drawn, page), comes_to(plain, page)]


def leaves_nothing(person: Person) -> None:
    assert not person.is_drawn
    assert not person.screen.strip()
    assert not person.scrollback.strip()
    assert CLEARS_SCROLLBACK in person.raw
    assert visible_after(CLEARS_SCROLLBACK, person.raw) == b""
    assert person.settings == person.found_settings


def leaves_help_lines(person: Person) -> None:
    """The terminal is as it was found, and what to do now stands on the normal screen."""
    assert person.settings == person.found_settings
    assert not person.is_drawn
    stays = " ".join(f"{person.scrollback}\n{person.screen}".split())
    said = stays[stays.rindex(f"{LANGUAGE.help.title}:") :]
    assert FIRST in said
    assert SAMARITANS in said
    assert "Traceback" not in stays
    if ENTERS_DRAWING in person.raw:
        left = " ".join(visible_after(LEAVES_DRAWING, person.raw).decode().split())
        assert stays == left, "something else than help lines was left behind"


def visible_after(mark: bytes, raw: bytes) -> bytes:
    return raw.rpartition(mark)[2]


# Esc Esc


@EVERY_PAGE
def test_esc_twice_clears_screen_and_scrollback_and_prints_nothing(page: str) -> None:
    with people_at(page) as people:
        for person in people:
            person.press(ESC, ESC)

            assert person.ends() == 0
            leaves_nothing(person)


@pytest.mark.parametrize("page", ["question", "alert", "review", "summary"])
def test_esc_twice_leaves_no_key_for_the_shell(page: str) -> None:
    """A shell that read the rest would show it, or run it."""
    with Person('sh -c "moodcheck --region GB; head -c 3"', columns=90, rows=30) as person:
        comes_to(person, page).press(ESC, ESC, "0vd")
        person.waits_until(lambda: not person.is_drawn, "the normal screen")
        person.press("XYZ", ENTER).sees("XYZ")

        assert person.ends() == 0
        assert "0vd" not in person.screen


@BOTH
def test_a_lone_esc_does_nothing_to_the_next_key(command: str) -> None:
    with somebody_at("question", command) as person:
        person.press(ESC, "1").sees("2 of 12").press(ESC, "b").sees("1 of 12")
        person.press("?").sees("Why this").press(ESC, ENTER).sees("1 of 12")
        person.press("h").sees(FIRST).press(ESC, "g").sees("1 of 12")


@BOTH
def test_keys_that_begin_with_esc_neither_leave_nor_answer(command: str) -> None:
    alt_left, alt_up, alt_up_in_xterm = "\x1b\x1b[D", "\x1b\x1bOA", "\x1b[1;3A"
    ctrl_right, f1, f5, shift_tab = "\x1b[1;5C", "\x1bOP", "\x1b[15~", "\x1b[Z"
    with somebody_at("question", command) as person:
        person.press("1").sees("2 of 12")
        for key in (alt_left, alt_up, alt_up_in_xterm, ctrl_right, f1, f5, shift_tab):
            person.press(key, "?").sees("Why this", str(ITEMS[1].help))
            person.press(ENTER).sees("2 of 12")
        person.press("0").sees("3 of 12")


def test_a_left_arrow_torn_apart_answers_nothing() -> None:
    with somebody_at("question", RICH) as person:
        person.press("1").sees("2 of 12").press(LEFT[:1]).press(LEFT[1:]).press("?")
        person.sees("Why this is asked")


# Signals

EVERY_END: dict[str, Callable[[Person], object]] = {
    "Ctrl-C": lambda person: person.press(CTRL_C),
    "SIGTERM": lambda person: person.sends(signal.SIGTERM),
    "SIGHUP": lambda person: person.sends(signal.SIGHUP),
    "SIGQUIT": lambda person: person.sends(signal.SIGQUIT),
}


@EVERY_PAGE
def test_ctrl_c_restores_the_terminal_and_shows_help_lines(page: str) -> None:
    with people_at(page) as people:
        for person in people:
            person.press(CTRL_C)

            assert person.ends() == 130
            leaves_help_lines(person)


@pytest.mark.parametrize("end", list(EVERY_END)[1:])
@pytest.mark.parametrize("page", ["alert", "own words"])
def test_signals_restore_the_terminal_and_show_help_lines(page: str, end: str) -> None:
    with people_at(page) as people:
        for person in people:
            EVERY_END[end](person)

            assert person.ends() == 130
            leaves_help_lines(person)


@BOTH
@pytest.mark.parametrize("keys", [CTRL_BACKSLASH, CTRL_C * 20], ids=["Ctrl-\\", "Ctrl-C held"])
def test_other_keys_that_end_programs_do_the_same(command: str, keys: str) -> None:
    with somebody_at("question", command) as person:
        person.press(keys)

        assert person.ends() == 130
        leaves_help_lines(person)


@pytest.mark.parametrize("page", ["welcome", "alert", "own words"])
def test_a_closed_window_ends_the_command_and_is_no_bug(page: str) -> None:
    with people_at(page) as people:
        assert [person.hangs_up() for person in people] == [130, 130]


@pytest.mark.parametrize("page", ["question", "own words", "summary"])
def test_ctrl_z_gives_the_terminal_back_and_going_on_draws_again(page: str) -> None:
    with people_at(page) as people:
        for person in people:
            was_drawn, screen = person.is_drawn, person.screen
            person.press(CTRL_Z).is_paused()
            assert person.settings == person.found_settings
            assert not person.is_drawn
            person.sends(signal.SIGCONT).is_asked_for_keys()
            if was_drawn:
                person.sees(PAGES[page][-1][1])
                assert person.screen == screen
            person.press(CTRL_C)

            assert person.ends() == 130
            leaves_help_lines(person)


def test_ctrl_z_and_fg_in_a_shell_come_back_to_the_same_question() -> None:
    with Person("sh -i", columns=90, rows=30, PS1="ready> ", ENV="") as person:
        person.sees("ready>").press(RICH, ENTER).sees("begin")
        person.press(ENTER, "12").sees("3 of 12").press(CTRL_Z).sees("ready>")
        assert not person.is_drawn
        person.press("echo between", ENTER).sees("between ready>")
        person.press("fg", ENTER).sees("3 of 12", str(ITEMS[2].text))
        person.press("b").sees("2 of 12").press("q").sees("Stop here?").press("l").sees("ready>")
        person.press("echo $?", ENTER).sees("0 ready>").press("exit", ENTER)

        assert person.ends() == 0


# Discreet: nothing stays, whatever ends the sitting.


@pytest.mark.parametrize(
    ("page", "end"), [*(("question", end) for end in EVERY_END), ("summary", "Ctrl-C")]
)
def test_a_discreet_sitting_leaves_nothing_on_signals_either(page: str, end: str) -> None:
    with people_at(page, "--discreet") as people:
        for person in people:
            EVERY_END[end](person)

            assert person.ends() == 130
            leaves_nothing(person)


@pytest.mark.parametrize(
    ("page", "keys"),
    [("welcome", "q"), ("under 18", "q"), ("stop", "l"), ("summary", "d"), ("summary", "q")],
)
def test_a_discreet_sitting_leaves_nothing(page: str, keys: str) -> None:
    with people_at(page, "--discreet") as people:
        for person in people:
            person.press(keys)

            assert person.ends() == 0
            leaves_nothing(person)


def test_a_discreet_sitting_asks_after_an_alert_whether_the_number_is_noted() -> None:
    with people_at("alert", "--discreet") as people:
        for person in people:
            person.press("g").sees(f"{NUMBER + 1} of").press("0f").sees("see the summary")
            person.press("v").sees("write it to a file").press("d").sees("noted", FIRST, SAMARITANS)
            person.press("d", ENTER).sees("Please use one of").press("y")

            assert person.ends() == 0
            leaves_nothing(person)


def test_a_discreet_sitting_left_after_an_alert_asks_that_as_well() -> None:
    with people_at("alert", "--discreet") as people:
        for person in people:
            person.press("q").sees("Stop here?").press("l").sees("noted", FIRST, SAMARITANS)
            person.press("y")

            assert person.ends() == 0
            leaves_nothing(person)


@pytest.mark.parametrize("page", ["alert", "summary"])
def test_esc_twice_asks_nothing_not_even_when_discreet(page: str) -> None:
    with people_at(page, "--discreet") as people:
        for person in people:
            person.press(ESC, ESC)

            assert person.ends() == 0
            leaves_nothing(person)
