"""Single keys from a real terminal: bursts, torn characters, arrows, Esc."""

from __future__ import annotations

import fcntl
import os
import struct
import termios
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from moodcheck.terminal.keys import KeyReader
from moodcheck.terminal.reader import Entry, Key, LineEditor, WentIdle
from moodcheck.terminal.signals import Interrupted, LeftAtOnce, WhenIdle


class Terminal:
    """A pseudo-terminal: what is typed at one end is read as keys at the other."""

    def __init__(self) -> None:
        self._keyboard, self.descriptor = os.openpty()
        self.reader = KeyReader(self.descriptor, WhenIdle())

    def types(self, *bursts: bytes) -> None:
        """Type bursts, each when the one before has been read."""
        os.write(self._keyboard, bursts[0])
        if bursts[1:]:
            threading.Thread(target=self._types_later, args=[bursts[1:]], daemon=True).start()

    def _types_later(self, bursts: tuple[bytes, ...]) -> None:
        for burst in bursts:
            while self.unread():
                time.sleep(0.001)
            # Longer than a terminal needs for one burst.
            time.sleep(0.06)
            os.write(self._keyboard, burst)

    def unread(self) -> int:
        counted = fcntl.ioctl(self.descriptor, termios.FIONREAD, b"\0" * 4)
        return int(struct.unpack("i", counted)[0])

    def entry(self, *, is_instant: bool = True) -> Entry:
        instant: Callable[[str], bool] = lambda _char: is_instant  # noqa: E731
        return self.reader.entry(instant, lambda _line: None, LineEditor())

    def hangs_up_before(self, something: Callable[[], object]) -> None:
        os.close(self._keyboard)
        self._keyboard = -1
        something()

    def close(self) -> None:
        for descriptor in {self._keyboard, self.descriptor} - {-1}:
            os.close(descriptor)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    opened = Terminal()
    with opened.reader.single_keys():
        yield opened
    opened.close()


def test_keys_of_one_burst_come_one_by_one_and_in_order(terminal: Terminal) -> None:
    terminal.types(b"0123456789bsh?q")

    assert [terminal.entry() for _ in range(15)] == list("0123456789bsh?q")


def test_keys_typed_before_the_terminal_was_taken_are_kept() -> None:
    terminal = Terminal()
    terminal.types(b"12")
    with terminal.reader.single_keys():
        assert [terminal.entry(), terminal.entry()] == ["1", "2"]
    terminal.close()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (b"\x1b[D", Key.LEFT),
        (b"\x1b[A", Key.UP),
        (b"\x1b[B", Key.DOWN),
        (b"\x1bOD", Key.LEFT),
        (b"\x1bOA", Key.UP),
        (b"\x1bOB", Key.DOWN),
        (b"\r", Key.ENTER),
        (b"\n", Key.ENTER),
        (b"\x04", Key.END),
    ],
)
def test_keys_that_write_nothing_have_names(terminal: Terminal, typed: bytes, key: Key) -> None:
    terminal.types(typed)

    assert terminal.entry() is key


@pytest.mark.parametrize("char", ["é", "日", "👍"])
def test_a_character_torn_apart_on_its_way_is_one_key(terminal: Terminal, char: str) -> None:
    torn = char.encode()
    terminal.types(torn[:1], torn[1:])

    assert terminal.entry() == char


def test_bytes_that_are_no_text_stand_for_themselves_and_hide_nothing(terminal: Terminal) -> None:
    terminal.types(b"\xff\xc31\xe2\x82a\r")

    assert terminal.entry(is_instant=False) == "1a"


@pytest.mark.parametrize("bursts", [(b"\x1b1",), (b"\x1b", b"1")], ids=["at once", "later"])
def test_a_lone_esc_does_nothing(terminal: Terminal, bursts: tuple[bytes, ...]) -> None:
    terminal.types(*bursts)

    assert terminal.entry() == "1"


@pytest.mark.parametrize(
    "bursts",
    [(b"\x1b\x1b",), (b"\x1b", b"\x1b"), (b"\x1b\x1b0vd\r",), (b"12\x1b\x1b34",)],
    ids=["at once", "one by one", "before other keys", "among other keys"],
)
def test_esc_twice_leaves_at_once_and_forgets_all_that_was_typed(
    terminal: Terminal, bursts: tuple[bytes, ...]
) -> None:
    terminal.types(*bursts)

    with pytest.raises(LeftAtOnce):
        list(iter(terminal.entry, "never"))
    assert not terminal.unread()
    terminal.types(b"9")
    assert terminal.entry() == "9"


@pytest.mark.parametrize(
    "sequence",
    [
        b"\x1b\x1b[D",
        b"\x1b\x1bOA",
        b"\x1b[1;3C",
        b"\x1b[15~",
        b"\x1bOP",
        b"\x1b[Z",
        b"\x1b[200~",
        b"\x1b[<0;1;1M",
        b"\x1b[?1;2c",
        b"\x1b[3~",
    ],
    ids=repr,
)
def test_a_sequence_that_means_nothing_here_does_nothing(
    terminal: Terminal, sequence: bytes
) -> None:
    terminal.types(sequence + b"7")

    assert terminal.entry() == "7"


@pytest.mark.parametrize("opener", [b"\x1b[", b"\x1bO"], ids=["Alt-[", "Alt-O"])
def test_a_sequence_that_never_ends_swallows_no_later_key(
    terminal: Terminal, opener: bytes
) -> None:
    terminal.types(opener, b"2")

    assert terminal.entry() == "2"


def test_discarding_forgets_what_was_read_and_what_was_not(terminal: Terminal) -> None:
    terminal.types(b"123")
    assert terminal.entry() == "1"
    terminal.types(b"456")

    terminal.reader.discard_type_ahead()

    terminal.types(b"7")
    assert terminal.entry() == "7"


def test_the_terminal_is_given_back_as_it_was_found() -> None:
    terminal = Terminal()
    found = termios.tcgetattr(terminal.descriptor)
    with suppress(RuntimeError), terminal.reader.single_keys():
        assert termios.tcgetattr(terminal.descriptor) != found
        raise RuntimeError
    assert termios.tcgetattr(terminal.descriptor) == found
    terminal.close()


def test_a_window_that_was_closed_ends_the_program() -> None:
    terminal = Terminal()
    with pytest.raises(Interrupted), terminal.reader.single_keys():
        terminal.hangs_up_before(terminal.entry)
    terminal.close()


# Control characters that the terminal itself acts on, before any program sees them.
ACTED_ON = b"\x03\x04\x0f\x11\x12\x13\x15\x16\x17\x1a\x1c\x7f\x08\n\r"


@given(st.binary(max_size=40).map(lambda typed: typed.translate(None, ACTED_ON)))
@example(b"\x1b[\x1b[\x1bO\x1b")
@example(b"\xf0\x9f\x91")
def test_no_bytes_at_all_break_the_reader(typed: bytes) -> None:
    terminal = Terminal()
    try:
        with terminal.reader.single_keys():
            terminal.types(typed + b"~~\rend\r")
            entries = iter(lambda: terminal.entry(is_instant=False), "end")
            assert len(list(zip(entries, range(99), strict=False))) < 99
    except LeftAtOnce:
        assert typed.count(b"\x1b") > 1
    finally:
        terminal.close()


# Secrets, guarded keyboards and keyboards left alone


def test_a_passphrase_is_read_exactly_as_it_is_typed(terminal: Terminal) -> None:
    terminal.types(" two  words\x7fs é \r".encode())

    assert terminal.reader.secret() == " two  words é "


def test_nothing_typed_is_no_passphrase(terminal: Terminal) -> None:
    terminal.types(b"ab\x7f\x7f\r")

    assert terminal.reader.secret() is Key.ENTER


@pytest.mark.parametrize("key", [b"\x03", b"\x1a", b"\x1c"], ids=["Ctrl-C", "Ctrl-Z", "Ctrl-\\"])
def test_on_a_guarded_keyboard_no_key_is_a_signal(terminal: Terminal, key: bytes) -> None:
    with terminal.reader.guarded():
        flags = termios.tcgetattr(terminal.descriptor)
        assert not flags[3] & termios.ISIG
        terminal.types(b"1" + key + b"2")
        assert terminal.entry() == "1"
        with pytest.raises(LeftAtOnce):
            terminal.entry()
    assert termios.tcgetattr(terminal.descriptor)[3] & termios.ISIG
    terminal.types(b"3")
    assert terminal.entry() == "3"


def test_a_keyboard_left_alone_says_so_and_every_key_counts_anew(terminal: Terminal) -> None:
    terminal.reader.idle_after = 0.05
    with pytest.raises(WentIdle):
        terminal.entry()
    terminal.types(b"1")
    assert terminal.entry() == "1"
    with pytest.raises(WentIdle):
        terminal.reader.secret()
