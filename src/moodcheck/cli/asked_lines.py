"""Questions to somebody at a terminal, each answered by a line and asked until that can be used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import NoReturn, TypeVar

from moodcheck.errors import MoodcheckError, UsageError
from moodcheck.terminal.console import is_terminal, say, tell
from moodcheck.terminal.line_reader import LineReader
from moodcheck.terminal.reader import SPACE, Key, LineEditor
from moodcheck.terminal.signals import LeftAtOnce
from moodcheck.translation import gettext as _

Result = TypeVar("Result")


def can_be_asked() -> bool:
    """Return whether somebody at a terminal sees questions and can answer them."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


class AskedLines:
    """Asks on standard error, one thing a line, and redraws nothing: for the eye and the ear."""

    def __init__(self) -> None:
        self._reader = LineReader(sys.stdin.buffer)

    def ask(self, question: str, use: Callable[[str], Result], default: str = "") -> Result:
        """Return what `use` makes of a line; it refuses one by raising a MoodcheckError.

        Args:
            question: what is asked, without the default.
            use: called again with the next line after it refused one.
            default: what Enter alone stands for; empty where something has to be typed.

        Raises:
            LeftAtOnce: when Ctrl-D, or Esc twice and Enter, was typed.
        """
        self._tell(f"{question} [{default}]" if default else question)
        while True:
            try:
                return use(self._line() or default or _nothing())
            except MoodcheckError as error:
                tell(error)

    def ask_or_end(self, question: str, use: Callable[[str], Result]) -> Result | None:
        """Return what `use` makes of a line, as `ask` has it; None after Enter alone."""
        self._tell(question)
        while typed := self._line():
            try:
                return use(typed)
            except MoodcheckError as error:
                tell(error)
        return None

    def choose(self, question: str, choices: Sequence[str]) -> int:
        """Return the position of one of the choices, which are numbered from 1."""
        numbers = {str(number): number - 1 for number in range(1, len(choices) + 1)}

        def use(typed: str) -> int:
            if typed not in numbers:
                mend = _("Type a number from 1 to {most}").format(most=len(choices))
                raise UsageError(_("That is not one of them"), mend=mend)
            return numbers[typed]

        numbered = [f"  {number}. {text}" for number, text in enumerate(choices, start=1)]
        return self.ask("\n".join([question, *numbered, _("Type its number.")]), use)

    def agrees(self, question: str, default: str = "") -> bool:
        """Return whether the answer is yes; without a default one of the two has to be typed."""
        return self.ask(_("{question} (y or n)").format(question=question), yes_or_no, default)

    @staticmethod
    def _tell(question: str) -> None:
        tell(*question.split("\n"))

    def _line(self) -> str:
        say("> ")
        entry = self._reader.entry(_never, _no_echo, LineEditor(is_own_words=True))
        if entry is Key.END:
            raise LeftAtOnce
        return "" if isinstance(entry, Key) or entry == SPACE else entry


def _never(_key: str) -> bool:
    return False


def _no_echo(_line: LineEditor) -> None:
    """Show nothing: the terminal does."""


def _nothing() -> NoReturn:
    raise UsageError(_("Something has to be typed here"), mend=_("Ctrl-C leaves"))


def yes_or_no(typed: str) -> bool:
    """Return whether yes was typed.

    Raises:
        UsageError: when neither yes nor no was.
    """
    known = {"y": True, "yes": True, "n": False, "no": False}
    if typed.lower() not in known:
        raise UsageError(_("That is neither yes nor no"), mend=_("Type y or n"))
    return known[typed.lower()]
