"""Whole lines, for a pipe and for terminals that can do no more."""

from __future__ import annotations

import os
from io import BytesIO

import pytest

from moodcheck.core.administration import MOST_WORDS
from moodcheck.terminal.line_reader import LONGEST_LINE, LineReader
from moodcheck.terminal.reader import SPACE, Entry, Key, LineEditor, WentIdle
from moodcheck.terminal.signals import LeftAtOnce


def entries(typed: bytes) -> list[Entry]:
    reader = LineReader(BytesIO(typed))
    return list(iter(lambda: entry_of(reader), Key.END))


def echoed_nothing(line: LineEditor) -> None:
    raise AssertionError(line)


def entry_of(reader: LineReader, *, is_own_words: bool = False) -> Entry:
    return reader.entry(lambda _: True, echoed_nothing, LineEditor(is_own_words=is_own_words))


def test_one_line_is_one_entry_without_the_spaces_around_it() -> None:
    assert entries(b"1\n 22 \r\nsome words\nlast") == ["1", "22", "some words", "last"]


def test_an_empty_line_is_enter_and_spaces_are_none() -> None:
    assert entries(b"\n\r\n  \n") == [Key.ENTER, Key.ENTER, SPACE]


def test_the_end_is_said_again_and_again() -> None:
    reader = LineReader(BytesIO(b""))

    assert [entry_of(reader) for _ in range(3)] == [Key.END] * 3


@pytest.mark.parametrize("extra", [1, 2, LONGEST_LINE, 3 * LONGEST_LINE + 7])
@pytest.mark.parametrize("char", ["x", "1", " "])
def test_a_line_too_long_is_one_entry_that_answers_nothing(extra: int, char: str) -> None:
    too_long, following = entries(char.encode() * (LONGEST_LINE + extra) + b"1\n2\n")

    assert isinstance(too_long, str)
    assert len(too_long) > MOST_WORDS or too_long == SPACE
    assert following == "2"


def test_the_longest_words_fit_in_a_line() -> None:
    words = "👍" * MOST_WORDS

    assert entries(words.encode() + b"\n") == [words]


def test_bytes_that_are_no_text_become_characters_that_can_be_told() -> None:
    assert entries(b"caf\xe9\n") == ["caf\udce9"]


def test_esc_twice_leaves_at_once() -> None:
    with pytest.raises(LeftAtOnce):
        entries(b"\x1b\x1b\n")


def test_lines_of_a_pipe_are_nobodys_type_ahead() -> None:
    reader = LineReader(BytesIO(b"1\n2\n"))
    reader.discard_type_ahead()

    assert entry_of(reader) == "1"


def test_a_terminal_left_alone_says_so_and_every_line_counts_anew() -> None:
    theirs, ours = os.openpty()
    with os.fdopen(ours, "rb") as stream:
        reader = LineReader(stream)
        reader.idle_after = 0.05
        for typed in (b"1\n", b"2\n"):
            with pytest.raises(WentIdle):
                entry_of(reader)
            os.write(theirs, typed)
            assert entry_of(reader) == typed.decode().strip()
    os.close(theirs)


def test_words_pasted_over_several_lines_at_a_terminal_are_one_entry() -> None:
    theirs, ours = os.openpty()
    with os.fdopen(ours, "rb", buffering=0) as stream:
        reader = LineReader(stream)
        os.write(theirs, b"one and\ntwo and\nthree in all\n")
        assert entry_of(reader, is_own_words=True) == "one and two and three in all"
        os.write(theirs, b"rest\n1\n2\n")
        assert entry_of(reader, is_own_words=True) == "rest"
        assert [entry_of(reader), entry_of(reader)] == ["1", "2"]


def test_behind_a_pipe_every_line_of_words_is_an_entry() -> None:
    reader = LineReader(BytesIO(b"one\ntwo\n"))

    assert [entry_of(reader, is_own_words=True) for _ in range(2)] == ["one", "two"]
