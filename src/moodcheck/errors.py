"""Every way moodcheck can fail on purpose, with its exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from moodcheck.safe_text import safe_text


class ExitCode(IntEnum):
    """What the process says when it ends. Never a person's score or alert, unless asked for."""

    OK = 0
    """Done."""
    BUG = 1
    """A mistake of ours."""
    USAGE = 2
    """The command line asks for something that does not exist."""
    SOME_REJECTED = 3
    """Done, but some rows were rejected; the file of rejects says which and why."""
    ALERTS_FOUND = 4
    """Done, and there are alerts; only where that was asked for."""
    BAD_DATA = 65
    """A file was read and cannot be used as it is."""
    INPUT_NOT_FOUND = 66
    """What was to be read is not there."""
    PART_MISSING = 69
    """An optional part of moodcheck is not installed."""
    CANNOT_CREATE = 73
    """What was to be written cannot be created there."""
    IO_FAILED = 74
    """Reading or writing broke off: disk full, device gone."""
    LOCKED = 77
    """The history stayed locked: no passphrase, or a wrong one."""
    INTERRUPTED = 130
    """Ctrl-C, or a signal that ends programs."""
    READER_GONE = 141
    """Whoever read our output stopped reading; said to nobody."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in something that was read. Every text in it comes out fit to show."""

    where: str
    """`file:line:column`, or the name of the item or column; may be empty."""
    what: str
    """What is wrong there and why that matters, as a sentence without its full stop."""
    mend: str
    """What to do about it, as a sentence without its full stop."""

    def __post_init__(self) -> None:
        for name in ("where", "what", "mend"):
            object.__setattr__(self, name, safe_text(getattr(self, name)))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}. {self.mend}."


class MoodcheckError(Exception):
    """A failure that moodcheck understands: what happened, where, why, and what to do.

    Outside text in it comes out fit to show. Whoever raises one puts in no answer, no passphrase
    and no person's name.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, what: str, *, mend: str = "", problems: Iterable[Problem] = ()) -> None:
        self.what = safe_text(what)
        self.mend = safe_text(mend)
        super().__init__(self.what)
        self.problems = tuple(problems)
        self.report: object = None
        """What is known of the rows all the same, alerts too: a `BatchReport` or `RowCounts`."""

    def __str__(self) -> str:
        end = "" if self.what.endswith("?") else "."
        first = f"{self.what}{end} {self.mend}." if self.mend else f"{self.what}{end}"
        return "\n".join([first, *(f"  {problem}" for problem in self.problems)])


class UsageError(MoodcheckError):
    """The command line, or an argument of the Python API, names something that does not exist."""

    exit_code = ExitCode.USAGE


class BadData(MoodcheckError):
    """Something was read and breaks the rules for its kind."""

    exit_code = ExitCode.BAD_DATA


class AnswersRefused(BadData):
    """One person's answers cannot be used as they are, so nothing was scored."""

    def __init__(
        self,
        what: str,
        *,
        mend: str = "",
        problems: Iterable[Problem] = (),
        alerts_cannot_be_ruled_out: bool,
    ) -> None:
        super().__init__(what, mend=mend, problems=problems)
        self.alerts_cannot_be_ruled_out = alerts_cannot_be_ruled_out
        """Whether an answer about death or suicide is an alert, or cannot be read."""


class InputNotFound(MoodcheckError):
    """A questionnaire, file or answer that was to be read is not there."""

    exit_code = ExitCode.INPUT_NOT_FOUND


class PartNotInstalled(MoodcheckError):
    """What was asked for needs an optional part that is not installed; names the install line."""

    exit_code = ExitCode.PART_MISSING

    def __init__(self, what_for: str, *, install: str) -> None:
        super().__init__(
            f"{what_for} needs a part of moodcheck that is not installed",
            mend=f"Install it with: {install}",
        )


class CannotCreate(MoodcheckError):
    """The output cannot be made where it was asked for."""

    exit_code = ExitCode.CANNOT_CREATE


class IOFailed(MoodcheckError):
    """Reading or writing began and broke off."""

    exit_code = ExitCode.IO_FAILED


class Locked(MoodcheckError):
    """The history could not be unlocked; says nothing more than that."""

    exit_code = ExitCode.LOCKED


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return the hint `did you mean 'x'?` for a near miss, else an empty string."""
    # Imported here: only a mistake pays for it.
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), [name.lower() for name in known], n=1, cutoff=0.6)
    names = [name for name in known if near and name.lower() == near[0]]
    return f"Did you mean '{names[0]}'? " if names else ""
