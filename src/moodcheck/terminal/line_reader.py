"""Whole lines, for a pipe and for terminals that can do no more."""

from __future__ import annotations

import select
import sys
from collections.abc import Callable
from typing import BinaryIO

from moodcheck.terminal.reader import SPACE, Entry, IsInstant, Key, WentIdle
from moodcheck.terminal.signals import LeftAtOnce

LONGEST_LINE = 8_192
"""Bytes; what a line has beyond that is left out, and what is left is no valid answer."""


class LineReader:
    """Reads one line an entry."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.idle_after: float | None = None
        """Seconds without a line from a terminal after which `WentIdle` is raised."""

    def entry(self, is_instant: IsInstant, echo: Callable[[str], None]) -> Entry:
        """Return the next line, as `Reader.entry` has it; nothing is instant, nothing echoed."""
        del is_instant, echo
        self._wait()
        line = self._stream.readline(LONGEST_LINE)
        if not line:
            return Key.END
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            self._skip_rest_of_line()
        typed = line.decode(errors="surrogateescape").rstrip("\r\n")
        if typed == "\x1b\x1b":
            raise LeftAtOnce
        return typed.strip(" \t") or (SPACE if typed else Key.ENTER)

    def secret(self) -> str | Key:
        """Return the next line as it is. Nobody is asked for a passphrase here but by a pipe."""
        line = self._stream.readline(LONGEST_LINE)
        typed = line.decode(errors="surrogateescape").rstrip("\r\n")
        return typed or (Key.ENTER if line else Key.END)

    def _wait(self) -> None:
        # A terminal gives one line at a time, so that none waits in the stream's own buffer.
        seconds = self.idle_after
        if seconds is not None and not select.select([self._stream], [], [], seconds)[0]:
            raise WentIdle

    def _skip_rest_of_line(self) -> None:
        while (rest := self._stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass

    def discard_type_ahead(self) -> None:
        """Forget lines typed ahead at a terminal. A pipe is nobody's type-ahead: it is kept."""
        if self._stream.isatty() and sys.platform != "win32":
            import termios

            termios.tcflush(self._stream.fileno(), termios.TCIFLUSH)
