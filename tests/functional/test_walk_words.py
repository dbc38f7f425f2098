"""A person's own words: written, changed, and never lost, wherever a page is drawn or said."""

from __future__ import annotations

import pytest

from tests.functional.person import (
    BACKSPACE,
    CTRL_D,
    CTRL_Z,
    DOWN,
    ENTER,
    LEFT,
    RIGHT,
    TAB,
    Person,
)
from tests.shipped import SYMPTOMS

CONTEXT = SYMPTOMS.context
ASKED, LABEL = str(CONTEXT[-1].text), CONTEXT[-1].label
HOME, END_KEY, DELETE, CTRL_A, CTRL_E, CTRL_U = (
    "\x1b[H",
    "\x1b[F",
    "\x1b[3~",
    "\x01",
    "\x05",
    "\x15",
)
PASTE, END_OF_PASTE = "\x1b[200~", "\x1b[201~"

SMALL = pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 18)])


def at_the_words(person: Person, enter: str = "") -> Person:
    keys = [*"0" * 12, "", *"1" * (len(CONTEXT) - 1)]
    person.sees("begin").press(
        ENTER, *(f"{key}{enter or (ENTER if not key else '')}" for key in keys)
    )
    return person.sees("12 of 12, for your visit", "Write a few words")


def at_its_place_in_the_review(person: Person) -> Person:
    # The last words of the review: a key before them would be thrown away.
    person.sees("q stop")
    return person.press("24", ENTER).sees("12 of 12, for your visit")


@SMALL
def test_own_words_are_never_lost(columns: int, rows: int) -> None:
    with Person("moodcheck --region GB", columns=columns, rows=rows) as person:
        at_the_words(person)
        person.press("sleep wel", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT, LEFT, LEFT, LEFT)
        person.press("to ", END_KEY, "l", CTRL_A, DELETE, "T", CTRL_E, "!", BACKSPACE)
        person.sees("> To sleep well")
        # Down, Ctrl-D and Ctrl-Z look away; the words stay.
        person.press(DOWN, CTRL_D).press(CTRL_Z).is_paused()
        person.sends(18).is_asked_for_keys().sees("> To sleep well")
        person.resize(columns + 10, rows).sees("> To sleep well").resize(columns, rows)
        # Whatever Tab leads to, what is written stands there afterwards.
        person.press(TAB).sees("Your words stay").press("h").sees("Help lines").press("g")
        person.sees("> To sleep well").press(TAB, "?").sees("Why this is asked").press(ENTER)
        person.sees("> To sleep well").press(TAB, "b").sees("11 of 12").press("1")
        person.sees("> To sleep well", "Tab leads to other keys").press(TAB, "q").sees("Stop here?")
        person.press("b").sees("> To sleep well").press(ENTER).sees("Your answers")
        while "24 " not in person.view:
            person.press(DOWN).changes_from(person.screen)
        person.sees(f"{LABEL}: To sleep well")
        # At the review it stands there to be changed, or is kept.
        at_its_place_in_the_review(person).sees("> To sleep well").press(ENTER).sees("Your answers")
        at_its_place_in_the_review(person).press(LEFT, RIGHT, " again", ENTER).sees("Your answers")
        at_its_place_in_the_review(person).sees("> To sleep well again")
        # Cleared, it comes back; only s takes it away.
        person.press(CTRL_U, ENTER).sees("Your words are still here").press(ENTER)
        person.sees("Your answers", "see the summary").press("v").sees("write it to a file").press(
            "d"
        )

        assert person.ends() == 0
        assert "To sleep well again" in " ".join(f"{person.scrollback} {person.screen}".split())


@pytest.mark.parametrize(
    ("command", "enter", "term"),
    [
        ("moodcheck --plain", "", "xterm"),
        ("moodcheck --plain --enter", ENTER, "xterm"),
        ("moodcheck", ENTER, "dumb"),
    ],
    ids=["plain", "plain, with Enter", "dumb"],
)
def test_where_lines_are_added_what_stands_there_is_said_and_kept_by_enter(
    command: str, enter: str, term: str
) -> None:
    with Person(command, TERM=term) as person:
        at_the_words(person, enter).press("To sleep wel", BACKSPACE, "ll", ENTER)
        person.sees("Your answers", f"{LABEL}: To sleep well")
        at_its_place_in_the_review(person).sees("You wrote: To sleep well", "Press Enter to keep")
        person.press(ENTER).sees("Your answers", f"{LABEL}: To sleep well")
        at_its_place_in_the_review(person).press("Rest", ENTER).sees(f"{LABEL}: Rest")
        at_its_place_in_the_review(person).press("b", ENTER).sees(f"{LABEL}: Rest")
        at_its_place_in_the_review(person).press("s", ENTER).sees(f"{LABEL}: not answered")
        assert b"\x1b" not in person.raw


@pytest.mark.parametrize("letters", ["日本語テスト", "naïve "], ids=["wide", "accents"])
def test_a_long_text_is_pasted_whole_and_answers_nothing_else(letters: str) -> None:
    lines = [letters * 40, "second line, b, s, q", letters * 40]
    with Person("moodcheck", columns=40, rows=18) as person:
        at_the_words(person)
        drawn = person.raw.count(b"Write a few words")
        person.press(PASTE, "\r".join(lines), END_OF_PASTE, "the end").sees("the end")
        # The page is not drawn anew for every letter.
        assert person.raw.count(b"Write a few words") - drawn <= 2
        person.press(ENTER).sees("Your answers")
        at_its_place_in_the_review(person).press(HOME).sees(f"> {letters.strip()[:3]}")


def test_a_text_pasted_where_nothing_is_drawn_is_one_answer_too() -> None:
    for term, enter in (("xterm", ""), ("dumb", ENTER)):
        with Person("moodcheck --plain", TERM=term) as person:
            at_the_words(person, enter).press("first line of it\rand the second\r")
            person.sees("Your answers", f"{LABEL}: first line of it and the second")
