"""A line that is written: every key does to it what hands expect, in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from moodcheck.terminal.reader import LONGEST_ENTRY, Key, LineEditor
from tests.strategies import hostile_text

FAMILY = "👩\u200d👧"
"""Two people and what joins them: one letter for whoever reads it."""


def after(text: str, *keys: Key | str) -> str:
    """Return a text after keys, with | where the cursor is."""
    line = LineEditor(text, len(text))
    for key in keys:
        if isinstance(key, Key):
            line.edits(key)
        else:
            line.insert(key)
    return f"{line.before}|{line.after}"


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        ([Key.LEFT, "x"], "I sleep badlx|y"),
        ([Key.TO_START, "x"], "x|I sleep badly"),
        ([Key.TO_START, Key.RIGHT, "x"], "Ix| sleep badly"),
        ([Key.TO_START, Key.TO_END, "x"], "I sleep badlyx|"),
        ([Key.BACKSPACE], "I sleep badl|"),
        ([Key.TO_START, Key.BACKSPACE], "|I sleep badly"),
        ([Key.TO_START, Key.DELETE], "| sleep badly"),
        ([Key.DELETE], "I sleep badly|"),
        ([Key.TO_START, Key.END], "| sleep badly"),
        ([Key.TAKE_BACK_WORD], "I sleep |"),
        ([Key.TAKE_BACK_WORD, Key.TAKE_BACK_WORD], "I |"),
        ([Key.LEFT, Key.LEFT, Key.CLEAR_REST], "I sleep bad|"),
        ([Key.LEFT, Key.LEFT, Key.CLEAR], "|ly"),
        ([Key.RIGHT], "I sleep badly|"),
        ([Key.UP], "I sleep badly|"),
    ],
    ids=str,
)
def test_keys_move_in_the_text_and_take_from_it(keys: list[Key | str], left: str) -> None:
    assert after("I sleep badly", *keys) == left


@pytest.mark.parametrize(
    "letter",
    ["é", "日", "e\u0301", FAMILY, "न\u0940"],
    ids=["é", "wide", "mark", "joined", "vowel"],
)
def test_what_a_reader_sees_as_one_letter_is_one(letter: str) -> None:
    assert after(f"a{letter}b", Key.LEFT, Key.LEFT) == f"a|{letter}b"
    assert after(f"a{letter}b", Key.LEFT, Key.BACKSPACE) == "a|b"
    assert after(f"a{letter}b", Key.TO_START, Key.RIGHT, Key.DELETE) == "a|b"


def test_pasted_lines_become_one_and_what_cannot_be_shown_is_left_out() -> None:
    assert after("", "one\ntwo\tthree\x1b\x00\u202e") == "one two three|"


def test_a_line_has_an_end_and_what_is_beyond_is_not_taken() -> None:
    line = LineEditor()
    line.insert("x" * (LONGEST_ENTRY - 1))
    line.insert("yz")

    assert line.text == "x" * (LONGEST_ENTRY - 1) + "y"


def test_where_nothing_can_be_drawn_again_arrows_move_nothing() -> None:
    line = LineEditor("ab", 2, moves=False)

    assert not any(line.edits(key) for key in (Key.LEFT, Key.TO_START, Key.DELETE, Key.END))
    assert line.edits(Key.BACKSPACE)
    assert line.text == "a"


@given(text=st.text() | hostile_text(), room=st.integers(2, 40), moves=st.integers(0, 30))
def test_what_is_seen_fits_and_the_cursor_is_in_it(text: str, room: int, moves: int) -> None:
    line = LineEditor()
    line.insert(text)
    for _ in range(moves):
        line.edits(Key.LEFT)
    seen, at = line.seen_in(room)

    assert seen in line.text
    assert cell_len(seen) <= room
    assert 0 <= at < room
    assert at <= cell_len(seen)
