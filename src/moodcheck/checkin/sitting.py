"""A person's terminal: opened for one sitting, and left as it was found."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from moodcheck.checkin.asker import TerminalAsker
from moodcheck.checkin.dialogue import Dialogue, Setting
from moodcheck.core.crisis import Region
from moodcheck.errors import InputNotFound, MoodcheckError, UsageError
from moodcheck.report.help_block import help_document
from moodcheck.report.render_plain import render
from moodcheck.terminal.console import is_dumb, is_terminal, say, size_of
from moodcheck.terminal.line_reader import LineReader
from moodcheck.terminal.page import View
from moodcheck.terminal.plain_view import PlainView
from moodcheck.terminal.reader import Reader, WentIdle
from moodcheck.terminal.screen import Screen
from moodcheck.terminal.signals import (
    Interrupted,
    LeftAtOnce,
    WhenIdle,
    ending_by_exception,
    guarded,
    leave,
)

if sys.platform == "win32":
    from moodcheck.terminal.windows_keys import KeyReader
else:
    from moodcheck.terminal.keys import KeyReader


class Keyboard:
    """The keyboard and screen of one terminal: lent out, taken back, and kept from others."""

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
        """While inside, the terminal is as it was found, for another program or prompt."""
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
        # A shell may have used the terminal while this was paused.
        self._reader.take()
        leave()

    def pause(self) -> None:
        """Give the terminal back to the shell until the program is resumed."""
        is_locked = self._reader.idle_after is not None
        with self.lent(redraws=not is_locked):
            signal.raise_signal(signal.SIGSTOP)
        if is_locked:
            raise WentIdle


@dataclass(frozen=True, slots=True)
class Person:
    """The person at an open terminal: how they are spoken with, and who asks them."""

    dialogue: Dialogue
    asker: TerminalAsker
    keyboard: Keyboard | None
    """None where whole lines are all that the terminal or the pipe can give."""

    @property
    def is_drawn(self) -> bool:
        """Whether pages replace each other, rather than being added line by line."""
        return isinstance(self.dialogue.view, Screen)


def takes_single_keys() -> bool:
    """Return whether the person's terminal can give keys one by one."""
    return is_terminal(sys.stdin) and not is_dumb()


def refuse_if_nobody_could_see() -> None:
    """Raise UsageError when the person who types would not see the questions."""
    if sys.stderr is None or (is_terminal(sys.stdin) and not is_terminal(sys.stderr)):
        raise UsageError(
            "The questions are shown on standard error, and that is not this terminal",
            mend="Do not redirect it, or give the answers with --answers FILE",
        )


@contextmanager
def opened(setting: Setting, region: Region, *, is_plain: bool) -> Iterator[Person]:
    """Open the terminal, and on the way out restore and, where it was promised, clear it.

    Help lines are shown after that when a signal ended the program, and when somebody left after
    an alert without a summary; not where the sitting is discreet.
    """
    lines = PlainView(sys.stderr, can_clear=takes_single_keys())
    when_idle = WhenIdle()
    with (
        ending_by_exception(when_idle),
        ExitStack() as afterwards,
        ExitStack() as keys,
        ExitStack() as drawing,
    ):
        reader, view, keyboard = _open(keys, drawing, lines, when_idle, is_plain=is_plain)

        def to_plain() -> View:
            drawing.close()
            return lines

        # Whole lines are ended by Enter, also those of one key.
        needs_enter = setting.needs_enter or keyboard is None
        dialogue = Dialogue(replace(setting, needs_enter=needs_enter), reader, view, region)
        if setting.is_discreet:
            afterwards.callback(lines.clear_all)
        asker = TerminalAsker(dialogue, to_plain=to_plain)
        try:
            try:
                yield Person(dialogue, asker, keyboard)
            except MoodcheckError:
                _say_help_if_left(asker, afterwards)
                raise
            _say_help_if_left(asker, afterwards)
        except LeftAtOnce:
            afterwards.callback(lines.clear_all)
            raise
        except Interrupted:
            if not setting.is_discreet:
                afterwards.callback(_say_help, dialogue)
            raise


def _open(
    keys: ExitStack, drawing: ExitStack, lines: PlainView, when_idle: WhenIdle, *, is_plain: bool
) -> tuple[Reader, View, Keyboard | None]:
    if sys.stdin is None:
        raise InputNotFound(
            "There is nobody to ask: standard input is closed",
            mend="Start moodcheck at a terminal, or use --answers FILE",
        )
    if not takes_single_keys():
        return LineReader(sys.stdin.buffer), lines, None
    reader = KeyReader(sys.stdin.fileno(), when_idle)
    keys.enter_context(reader.single_keys())
    screen = Screen(sys.stderr)
    keyboard = Keyboard(reader, screen, when_idle)
    keys.enter_context(when_idle.on("SIGTSTP", keyboard.pause))
    if is_plain:
        return reader, lines, keyboard
    drawing.enter_context(screen.opened())
    drawing.enter_context(when_idle.on("SIGWINCH", screen.redraw))
    return reader, screen, keyboard


def _say_help_if_left(asker: TerminalAsker, afterwards: ExitStack) -> None:
    if asker.left_after_alert and not asker.dialogue.setting.is_discreet:
        afterwards.callback(_say_help, asker.dialogue)


def _say_help(dialogue: Dialogue) -> None:
    # After a hang-up there is nobody left to read it.
    with contextlib.suppress(OSError):
        width, _rows = size_of(sys.stderr)
        say(render(help_document(dialogue.panel), width=width))
