"""The keyboard and the screen of one terminal, lent to others and kept from others."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from moodcheck.terminal.reader import WentIdle
from moodcheck.terminal.screen import Screen
from moodcheck.terminal.signals import WhenIdle, guarded, leave

if sys.platform == "win32":
    from moodcheck.terminal.windows_keys import KeyReader
else:
    from moodcheck.terminal.keys import KeyReader


class Keyboard:
    """Who has the keyboard, for how long, and what their keys may do."""

    def __init__(self, reader: KeyReader, screen: Screen, when_idle: WhenIdle) -> None:
        self._reader = reader
        self._screen = screen
        self._when_idle = when_idle

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """While inside, no key and no signal that can be caught leads out of the program unseen."""
        with (
            self._reader.guarded(),
            guarded(self._when_idle),
            self._when_idle.on("SIGCONT", self._come_back),
        ):
            yield

    @contextmanager
    def lent(self, *, redraws: bool = True) -> Iterator[None]:
        """While inside, the terminal is as it was found, for whoever asks something there."""
        was_open = self._screen.is_open
        self._screen.leave()
        self._reader.give_back()
        try:
            yield
        finally:
            self._reader.take()
            if was_open:
                self._screen.enter()
                if redraws:
                    self._screen.redraw()

    def _come_back(self) -> None:
        # Whatever paused it by force, a shell may have had the terminal meanwhile.
        self._reader.take()
        leave()

    def pause(self) -> None:
        """Give the terminal back to the shell until the program is resumed."""
        is_locked = self._reader.idle_after is not None
        with self.lent(redraws=not is_locked):
            signal.raise_signal(signal.SIGSTOP)
        if is_locked:
            raise WentIdle
