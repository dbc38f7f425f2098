"""Signals that end, pause or resize, turned into something that can be cleaned up after."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import NoReturn

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")

# What a keyboard can send, and whoever has it means "let me out".
_FROM_THE_KEYBOARD = ("SIGINT", "SIGQUIT", "SIGTSTP")

# Pause a program in the background, and leave its screen to the shell.
_PAUSING = ("SIGTTIN", "SIGTTOU")

# Left as they are: those that end nothing, and those of a crash, after which Python cannot go on.
_LEFT_ALONE = frozenset(
    {"SIGKILL", "SIGSTOP", "SIGCHLD", "SIGCONT", "SIGWINCH", "SIGURG", "SIGPIPE", "SIGXFSZ"}
    | {"SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGINFO", "SIGTSTP", *_PAUSING}
)


_Handler = Callable[[int, FrameType | None], object] | int | None


class Interrupted(BaseException):
    """A signal asked the program to end. Not an Exception, so that nothing swallows it."""


class LeftAtOnce(BaseException):
    """The person pressed Esc twice: clear everything, print nothing."""


def end_by_exception() -> None:
    """From now on, signals that end programs raise `Interrupted` in the main thread."""
    for name in _ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _raise_interrupted)


@contextmanager
def ending_by_exception(when_idle: WhenIdle) -> Iterator[None]:
    """While inside, every signal that would end the program raises `Interrupted`, also rare ones.

    After one of them no signal does anything any more: the program cleans up and ends.
    """
    names = {one.value: one.name for one in signal.Signals}
    ending = [one for one in signal.valid_signals() if names.get(one, "") not in _LEFT_ALONE]
    with _handled_by(dict.fromkeys(ending, lambda _signal, _frame: when_idle.interrupt())):
        yield


@contextmanager
def _handled_by(handlers: Mapping[int, _Handler]) -> Iterator[None]:
    """While inside, signals have these handlers; `Interrupted` leaves them: the program ends."""
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    is_ending = False
    try:
        yield
    except Interrupted:
        is_ending = True
        raise
    finally:
        for number, handler in before.items():
            if not is_ending:
                signal.signal(number, handler)


def _raise_interrupted(*_signal_and_frame: object) -> NoReturn:
    # A second Ctrl-C must not break off the cleaning up.
    for number in signal.valid_signals():
        if getattr(signal.getsignal(number), "__module__", "") == __name__:
            signal.signal(number, signal.SIG_IGN)
    raise Interrupted


@contextmanager
def guarded(when_idle: WhenIdle) -> Iterator[None]:
    """While inside, no signal of the keyboard leaves what is on the screen to the next reader.

    Those that a keyboard can send raise `LeftAtOnce` while the program waits for a key; those that
    pause a program in the background do nothing, and then it fails to read a key.
    """
    pausing = [getattr(signal, name) for name in _PAUSING if hasattr(signal, name)]
    with ExitStack() as handled, _handled_by(dict.fromkeys(pausing, signal.SIG_IGN)):
        for name in _FROM_THE_KEYBOARD:
            handled.enter_context(when_idle.on(name, leave))
        yield


@contextmanager
def breaking_off() -> Iterator[None]:
    """While inside, Ctrl-C raises `KeyboardInterrupt`: it breaks off what is inside, no more."""
    with _handled_by({signal.SIGINT: signal.default_int_handler}):
        yield


def leave() -> None:
    """Raise `LeftAtOnce`."""
    raise LeftAtOnce


class WhenIdle:
    """Runs what a signal asks for while the program waits for a key, never while it draws.

    A handler that writes in the middle of a write would break the stream.
    """

    def __init__(self) -> None:
        self._is_idle = False
        self._is_ending = False
        self._posted: list[Callable[[], None]] = []

    def post(self, action: Callable[[], None]) -> None:
        """Run `action` now if the program waits, else as soon as it does."""
        self._posted.append(action)
        if self._is_idle and not self._is_ending:
            self._run_posted()

    def interrupt(self) -> NoReturn:
        """Raise `Interrupted`; from now on nothing that is posted is run."""
        # A closed window sends two signals at once: the other must not take this one's place.
        self._is_ending = True
        _raise_interrupted()

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
        with _handled_by({number: lambda _signal, _frame: self.post(action)}):
            yield
