"""Whole lines, for a pipe and for terminals that can do no more."""

from __future__ import annotations

import select
import sys
from typing import BinaryIO

from moodcheck.terminal.reader import (
    SPACE,
    Echo,
    Entry,
    IsInstant,
    Key,
    LineEditor,
    WentIdle,
    is_pasted,
)
from moodcheck.terminal.signals import LeftAtOnce

LONGEST_LINE = 8_192
"""Bytes; a longer line is cut there, and what is left is not a valid answer."""


class LineReader:
    """Reads one line an entry."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._following: str | None = None
        """A line that was read ahead and not yet returned."""
        self.idle_after: float | None = None
        """Seconds without a line from a terminal after which `WentIdle` is raised."""

    def entry(self, is_instant: IsInstant, echo: Echo, line: LineEditor) -> Entry:
        """Return the next line, as `Reader.entry` has it; nothing is instant, nothing echoed.

        Own words that were pasted over several lines are one entry.
        """
        del is_instant, echo
        self._wait()
        typed = self._line()
        if typed is None:
            return Key.END
        while line.is_own_words and len(typed) > 1 and self._is_pasted_on():
            typed += f" {self._line() or ''}"
        if typed == "\x1b\x1b":
            raise LeftAtOnce
        return typed.strip(" \t") or (SPACE if typed else Key.ENTER)

    def _line(self) -> str | None:
        """Return a line without its end; None where there is none any more."""
        if self._following is not None:
            line, self._following = self._following, None
            return line
        read = self._stream.readline(LONGEST_LINE)
        if len(read) == LONGEST_LINE and not read.endswith(b"\n"):
            self._skip_rest_of_line()
        return read.decode(errors="surrogateescape").rstrip("\r\n") if read else None

    def _is_pasted_on(self) -> bool:
        # Behind a pipe every line is there at once, and each is an entry.
        is_looked_at = self._stream.isatty() and sys.platform != "win32"
        if not is_looked_at or not select.select([self._stream], [], [], 0)[0]:
            return False
        self._following = self._line()
        return is_pasted(self._following or "")

    def secret(self) -> str | Key:
        """Return the next line unchanged. Only a pipe is asked for a passphrase here."""
        typed = self._line()
        return typed or (Key.END if typed is None else Key.ENTER)

    def _wait(self) -> None:
        # A terminal gives one line at a time, so that none waits in the stream's own buffer.
        seconds = self.idle_after if self._following is None else None
        if seconds is not None and not select.select([self._stream], [], [], seconds)[0]:
            raise WentIdle

    def _skip_rest_of_line(self) -> None:
        while (rest := self._stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass

    def discard_type_ahead(self) -> None:
        """Forget lines typed ahead at a terminal; what a pipe holds is no type-ahead and stays."""
        self._following = None
        if self._stream.isatty() and sys.platform != "win32":
            import termios

            termios.tcflush(self._stream.fileno(), termios.TCIFLUSH)
