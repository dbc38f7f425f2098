"""Single keys from a Windows console. Untested: Windows is not among the tested platforms."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from moodcheck.terminal.reader import Entry, IsInstant, Key, read_entry, read_secret
from moodcheck.terminal.signals import LeftAtOnce, WhenIdle

if sys.platform == "win32":
    import msvcrt

    _SINGLE = {"\r": Key.ENTER, "\x08": Key.BACKSPACE, "\x04": Key.END, "\x1a": Key.END}
    _EXTENDED = {"K": Key.LEFT, "H": Key.UP, "P": Key.DOWN}

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

        def entry(self, is_instant: IsInstant, echo: Callable[[str], None]) -> Entry:
            """Return the next entry, as `Reader.entry` has it."""
            return read_entry(self._key, is_instant, echo)

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
