"""Keys put together to entries."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from moodcheck.terminal.reader import LONGEST_ENTRY, SPACE, Entry, Key, read_entry


def always(_char: str) -> bool:
    return True


def never(_char: str) -> bool:
    return False


def entered(*keys: Key | str, is_instant: Callable[[str], bool] = never) -> tuple[Entry, list[str]]:
    left, echoed = list(keys), list[str]()
    return read_entry(lambda: left.pop(0), is_instant, echoed.append), echoed


def test_an_instant_key_is_an_entry_by_itself() -> None:
    assert entered("2", Key.ENTER, is_instant=always) == ("2", [])


def test_any_other_key_waits_for_enter() -> None:
    assert entered("2", "3", Key.ENTER) == ("23", ["2", "23"])


def test_only_the_first_key_can_be_instant() -> None:
    letters = str.isalpha

    assert entered("1", "v", Key.ENTER, is_instant=letters) == ("1v", ["1", "1v"])


def test_backspace_takes_back_one_character_and_never_fails() -> None:
    keys = (Key.BACKSPACE, "a", "b", Key.BACKSPACE, "c", Key.ENTER)

    assert entered(*keys) == ("ac", ["", "a", "ab", "a", "ac"])


def test_enter_alone_is_a_key_and_spaces_are_none() -> None:
    assert entered(Key.ENTER)[0] is Key.ENTER
    assert entered(" ", " ", Key.ENTER)[0] == SPACE


def test_spaces_around_an_entry_are_no_part_of_it() -> None:
    assert entered(*"  2 ", Key.ENTER)[0] == "2"


@pytest.mark.parametrize("key", [Key.LEFT, Key.UP, Key.DOWN, Key.END])
def test_a_key_that_writes_nothing_ends_the_entry(key: Key) -> None:
    assert entered("a", key)[0] is key


@pytest.mark.parametrize("char", ["\x00", "\t", "\x0c", "\x1b", "\x7f", "\x9b", "\udcff", "\u202e"])
def test_what_cannot_be_shown_is_not_taken(char: str) -> None:
    assert entered("a", char, "b", Key.ENTER) == ("ab", ["a", "ab"])


def test_an_entry_has_an_end() -> None:
    entry, _echoed = entered(*"x" * (LONGEST_ENTRY + 50), Key.ENTER)

    assert entry == "x" * LONGEST_ENTRY
