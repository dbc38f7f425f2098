"""Single keys from a Windows console. Untested: Windows is not among the tested platforms."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from moodcheck.terminal.reader import (
    CONTROLS,
    Echo,
    Entry,
    IsInstant,
    Key,
    LineEditor,
    read_entry,
    read_secret,
)
from moodcheck.terminal.signals import LeftAtOnce, WhenIdle

if sys.platform == "win32":
    import msvcrt

    _SINGLE = {**CONTROLS, "\x1a": Key.END}
    _EXTENDED = {
        "K": Key.LEFT, "M": Key.RIGHT, "H": Key.UP, "P": Key.DOWN, "G": Key.TO_START,
        "O": Key.TO_END, "S": Key.DELETE,
    }  # fmt: skip

    def _ahead() -> str:
        # What it is cannot be seen before it is read.
        return "?" if msvcrt.kbhit() else ""

    class KeyReader:
        """Reads keys as they are pressed."""

        def __init__(self, _descriptor: int, _when_idle: WhenIdle) -> None:
            self._was_escape = False
            self.idle_after: float | None = None

        @contextmanager
        def guarded(self) -> Iterator[None]:
            """Not on this platform: sessions are for terminals whose keys can be guarded."""
            yield

        @contextmanager
        def single_keys(self) -> Iterator[None]:
            """The console needs no switching."""
            yield

        def take(self) -> None:
            """The console needs no switching."""

        def give_back(self) -> None:
            """The console needs no switching."""

        def discard_type_ahead(self) -> None:
            """Forget everything typed and not yet read."""
            while msvcrt.kbhit():
                msvcrt.getwch()

        def entry(self, is_instant: IsInstant, echo: Echo, line: LineEditor) -> Entry:
            """Return the next entry, as `Reader.entry` has it."""
            return read_entry(self._key, _ahead, is_instant, echo, line)

        def secret(self) -> str | Key:
            """Return a passphrase, as `Reader.secret` has it."""
            return read_secret(self._key)

        def _key(self) -> Key | str:
            char = msvcrt.getwch()
            if char in "\x00\xe0":
                return _EXTENDED.get(msvcrt.getwch(), "\x00")
            if char == "\x1b" and self._was_escape:
                raise LeftAtOnce
            self._was_escape = char == "\x1b"
            return _SINGLE.get(char, char)
