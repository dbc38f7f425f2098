"""Single keys from a POSIX terminal."""

from __future__ import annotations

import contextlib
import copy
import os
import select
import termios
from collections.abc import Iterator
from contextlib import contextmanager

from moodcheck.terminal.reader import (
    CONTROLS,
    Echo,
    Entry,
    IsInstant,
    Key,
    LineEditor,
    WentIdle,
    read_entry,
    read_secret,
)
from moodcheck.terminal.signals import LeftAtOnce, WhenIdle

_ESC = "\x1b"
# A terminal sends an arrow key as one burst; a person's next key comes later than this.
_BURST = 0.03

_SIGNAL_KEYS = "\x03\x1a\x1c"
"""Ctrl-C, Ctrl-Z and Ctrl-\\, where they are no signals."""

_SEQUENCES = {
    "D": Key.LEFT, "C": Key.RIGHT, "A": Key.UP, "B": Key.DOWN, "H": Key.TO_START, "F": Key.TO_END,
    "1~": Key.TO_START, "7~": Key.TO_START, "4~": Key.TO_END, "8~": Key.TO_END, "3~": Key.DELETE,
}  # fmt: skip
"""What follows Esc [ or Esc O, without what was held down with the key."""

_PASTE, _END_OF_PASTE = "200~", f"{_ESC}[201~"
# Long enough for a slow line; a paste that is never ended must not take every later key.
_PAUSE_IN_A_PASTE = 1.0


class KeyReader:
    """Reads keys as they are pressed; keeps what is typed ahead until it is asked for."""

    def __init__(self, descriptor: int, when_idle: WhenIdle) -> None:
        self._descriptor = descriptor
        self._when_idle = when_idle
        self._pending = b""
        self._is_guarded = False
        self.idle_after: float | None = None
        """Seconds without a key after which `WentIdle` is raised; None for never."""
        self._cooked = termios.tcgetattr(descriptor)

    @contextmanager
    def single_keys(self) -> Iterator[None]:
        """While inside, keys arrive one by one and are not echoed."""
        self.take()
        try:
            yield
        finally:
            self.give_back()

    def take(self) -> None:
        """Switch the terminal, if it is still there, to single keys.

        Signals such as Ctrl-C stay signals, unless the keyboard is guarded.
        """
        mode = copy.deepcopy(self._cooked)
        mode[3] &= ~(termios.ECHO | termios.ICANON)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        if self._is_guarded:
            mode[3] &= ~(termios.ISIG | termios.IEXTEN)
            # Ctrl-S would freeze what is shown.
            mode[0] &= ~termios.IXON
        with contextlib.suppress(termios.error):
            # TCSADRAIN keeps what was typed before the switch.
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, mode)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        r"""While inside, Ctrl-C, Ctrl-Z and Ctrl-\ are no signals: they leave, as Esc Esc does."""
        self._is_guarded = True
        self.take()
        try:
            yield
        finally:
            self._is_guarded = False
            self.take()

    def give_back(self) -> None:
        """Switch the terminal back to how it was found, if it is still there."""
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._cooked)

    def discard_type_ahead(self) -> None:
        """Forget everything typed and not yet read."""
        self._pending = b""
        termios.tcflush(self._descriptor, termios.TCIFLUSH)

    def entry(self, is_instant: IsInstant, echo: Echo, line: LineEditor) -> Entry:
        """Return the next entry, as `Reader.entry` has it."""
        return read_entry(self._key, self._ahead, is_instant, echo, line)

    def secret(self) -> str | Key:
        """Return a passphrase, as `Reader.secret` has it."""
        return read_secret(self._key)

    def _key(self) -> Key | str:
        """Return the next key, or a pasted text as a whole."""
        while True:
            char = self._char()
            if self._is_guarded and char in _SIGNAL_KEYS:
                self.discard_type_ahead()
                raise LeftAtOnce
            if char != _ESC:
                return CONTROLS.get(char, char)
            key = self._after_escape()
            if key:
                return key

    def _after_escape(self) -> Key | str | None:
        """Read what follows Esc: a key or a paste, or nothing where it means nothing here."""
        is_burst = self._is_more_within(_BURST)
        if self._peek() == _ESC:
            self._char()
            self._leave_unless_sequence()
        elif is_burst and self._peek() in "[O":
            return self._sequence()
        return None

    def _leave_unless_sequence(self) -> None:
        # Some terminals send Alt with an arrow key as Esc Esc [, which must not leave.
        if self._is_more_within(_BURST) and self._peek() in "[O":
            self._sequence()
            return
        self.discard_type_ahead()
        raise LeftAtOnce

    def _sequence(self) -> Key | str | None:
        self._char()
        read = ""
        # A key such as Alt-[ begins a sequence and never ends it: what comes later is a key again.
        while self._is_more_within(_BURST):
            read += self._char()
            if "@" <= read[-1] <= "~":
                return self._pasted() if read == _PASTE else _known(read)
        return None

    def _pasted(self) -> str:
        text = ""
        while not text.endswith(_END_OF_PASTE) and self._is_more_within(_PAUSE_IN_A_PASTE):
            text += self._char()
        return text.removesuffix(_END_OF_PASTE)

    def _char(self) -> str:
        char = self._peek()
        self._pending = self._pending[len(char.encode(errors="surrogateescape")) :]
        return char

    def _peek(self) -> str:
        """Return the next character without taking it; waits for one."""
        while True:
            char = _first_character(self._pending)
            if char:
                return char
            self._pending += self._read()

    def _ahead(self) -> str:
        """Return what was typed already and is not yet read."""
        if not self._pending and self._is_more_within(0):
            self._pending = self._read()
        return self._pending.decode(errors="replace")

    def _read(self) -> bytes:  # noqa: RET503 - interrupt() never returns
        with self._when_idle.waiting(), contextlib.suppress(OSError):
            if self.idle_after is not None and not self._is_more_within(self.idle_after):
                raise WentIdle
            read = os.read(self._descriptor, 1_024)
            if read:
                return read
        # A terminal in this mode ends only when its window is closed.
        self._when_idle.interrupt()

    def _is_more_within(self, seconds: float) -> bool:
        return bool(self._pending) or bool(select.select([self._descriptor], [], [], seconds)[0])


def _known(sequence: str) -> Key | None:
    *_held, last = sequence.split(";")
    return _SEQUENCES.get(sequence if sequence.endswith("~") else last[-1:])


def _first_character(pending: bytes) -> str:
    """Return the first whole character; a byte that starts none stands for itself."""
    for length in range(1, min(4, len(pending)) + 1):
        try:
            return pending[:length].decode()
        except UnicodeDecodeError as error:
            if error.reason != "unexpected end of data":
                return pending[:1].decode(errors="surrogateescape")
    return ""
