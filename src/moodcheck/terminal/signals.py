"""Signals that end, pause or resize, turned into something that can be cleaned up after."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")

# What a keyboard can send, and whoever has it means "let me out".
_FROM_THE_KEYBOARD = ("SIGINT", "SIGQUIT", "SIGTSTP")

# Left as they are: those that Python needs, those of a crash, and those of a background process.
_LEFT_ALONE = frozenset(
    {"SIGKILL", "SIGSTOP", "SIGCHLD", "SIGCONT", "SIGWINCH", "SIGURG", "SIGPIPE", "SIGXFSZ"}
    | {"SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGTTIN", "SIGTTOU", "SIGINFO"}
)


class Interrupted(BaseException):
    """A signal asked the program to end. Not an Exception, so that nothing swallows it."""


class LeftAtOnce(BaseException):
    """The person pressed Esc twice: clear everything, print nothing."""


def end_by_exception() -> None:
    """From now on, signals that end programs raise `Interrupted` in the main thread."""
    for name in _ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _raise_interrupted)


def _raise_interrupted(_signal: int, _frame: FrameType | None) -> None:
    # A second Ctrl-C must not break off the cleaning up.
    for name in _ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise Interrupted


@contextmanager
def guarded(when_idle: WhenIdle) -> Iterator[None]:
    """While inside, no signal that can be caught leaves what is on the screen to the next reader.

    Those that a keyboard can send raise `LeftAtOnce` while the program waits for a key; all others
    that would end the program raise `Interrupted`, so that it clears up first.
    """
    names = {one.value: one.name for one in signal.Signals}
    with ExitStack() as before:
        for number in signal.valid_signals():
            name = names.get(number, "")
            if name in _FROM_THE_KEYBOARD:
                before.enter_context(when_idle.on(name, _leave))
            elif name not in _LEFT_ALONE:
                before.callback(signal.signal, number, signal.signal(number, _raise_interrupted))
        yield


def _leave() -> None:
    raise LeftAtOnce


class WhenIdle:
    """Runs what a signal asks for while the program waits for a key, never while it draws.

    A handler that writes in the middle of a write would break the stream.
    """

    def __init__(self) -> None:
        self._is_idle = False
        self._posted: list[Callable[[], None]] = []

    def post(self, action: Callable[[], None]) -> None:
        """Run `action` now if the program waits, else as soon as it does."""
        self._posted.append(action)
        if self._is_idle:
            self._run_posted()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """While inside, the program only waits."""
        self._run_posted()
        try:
            yield
        finally:
            self._is_idle = False

    def _run_posted(self) -> None:
        # Not idle meanwhile: an action that comes during another one waits for its end.
        self._is_idle = False
        while self._posted:
            self._posted.pop(0)()
        self._is_idle = True

    @contextmanager
    def on(self, signal_name: str, action: Callable[[], None]) -> Iterator[None]:
        """While inside, the signal of that name (where the platform has it) posts `action`."""
        if not hasattr(signal, signal_name):
            yield
            return
        number = getattr(signal, signal_name)
        before = signal.signal(number, lambda _signal, _frame: self.post(action))
        try:
            yield
        finally:
            signal.signal(number, before)
