"""Keys put together to entries."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from moodcheck.terminal.reader import LONGEST_ENTRY, SPACE, Entry, Key, LineEditor, read_entry


def always(_char: str) -> bool:
    return True


def never(_char: str) -> bool:
    return False


def entered(
    *keys: Key | str,
    is_instant: Callable[[str], bool] = never,
    line: LineEditor | None = None,
    at_once: bool = False,
) -> tuple[Entry, list[str]]:
    """Return the entry that the keys make and what was shown; `at_once`: all in one burst."""
    left, echoed = list(keys), list[str]()
    entry = read_entry(
        lambda: left.pop(0),
        lambda: "".join(one if isinstance(one, str) else "\r" for one in left) if at_once else "",
        is_instant,
        lambda typed: echoed.append(typed.text),
        line or LineEditor(),
    )
    return entry, echoed


def test_an_instant_key_is_an_entry_by_itself() -> None:
    assert entered("2", Key.ENTER, is_instant=always) == ("2", [])


def test_any_other_key_waits_for_enter() -> None:
    assert entered("2", "3", Key.ENTER) == ("23", ["2", "23"])


def test_only_the_first_key_can_be_instant() -> None:
    letters = str.isalpha

    assert entered("1", "v", Key.ENTER, is_instant=letters) == ("1v", ["1", "1v"])


def test_backspace_takes_back_one_character_and_never_fails() -> None:
    keys = (Key.BACKSPACE, "a", "b", Key.BACKSPACE, "c", Key.ENTER)

    assert entered(*keys) == ("ac", ["a", "ab", "a", "ac"])


def test_enter_alone_is_a_key_and_spaces_are_none() -> None:
    assert entered(Key.ENTER)[0] is Key.ENTER
    assert entered(" ", " ", Key.ENTER)[0] == SPACE


def test_spaces_around_an_entry_are_no_part_of_it() -> None:
    assert entered(*"  2 ", Key.ENTER)[0] == "2"


@pytest.mark.parametrize("key", [Key.LEFT, Key.UP, Key.DOWN, Key.END, Key.TAB])
def test_a_key_that_writes_nothing_ends_an_entry_of_nothing(key: Key) -> None:
    assert entered(key)[0] is key


@pytest.mark.parametrize("moves", [True, False])
@pytest.mark.parametrize("key", [Key.LEFT, Key.END])
def test_no_key_that_means_something_else_leaves_a_text_half_written(
    key: Key, *, moves: bool
) -> None:
    assert entered("a", "b", key, Key.ENTER, line=LineEditor(moves=moves))[0] == "ab"


@pytest.mark.parametrize("key", [Key.UP, Key.DOWN, Key.TAB])
def test_what_was_written_stays_when_another_key_is_looked_after(key: Key) -> None:
    line = LineEditor()

    assert entered("a", "b", key, line=line)[0] is key
    assert entered("c", Key.ENTER, line=line)[0] == "abc"


def test_a_pasted_text_is_shown_once_and_its_lines_are_one_entry() -> None:
    keys = [*"one", Key.ENTER, *"and two", Key.ENTER]

    assert entered(*keys, at_once=True, line=LineEditor(is_own_words=True)) == ("one and two", [])
    assert entered("one\ntwo", *"!", Key.ENTER)[0] == "one two!"
    # A few keys were typed ahead.
    few = [*"one", Key.ENTER, *"vd1q"]
    assert entered(*few, at_once=True, line=LineEditor(is_own_words=True))[0] == "one"
    # A number is no text: what follows its Enter is the next entry.
    assert entered(*keys, at_once=True)[0] == "one"


@pytest.mark.parametrize("char", ["\x00", "\x0c", "\x1b", "\x7f", "\x9b", "\udcff", "\u202e"])
def test_what_cannot_be_shown_is_not_taken(char: str) -> None:
    assert entered("a", char, "b", Key.ENTER) == ("ab", ["a", "a", "ab"])


def test_an_entry_has_an_end() -> None:
    entry, _echoed = entered(*"x" * (LONGEST_ENTRY + 50), Key.ENTER)

    assert entry == "x" * LONGEST_ENTRY
