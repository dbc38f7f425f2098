"""What is wrong with a file and where: kept sortable until it is told."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from moodcheck.errors import BadData, Problem
from moodcheck.safe_text import safe_text

MOST_TOLD = 100
"""How many problems of one file are told; a file with more has another kind of trouble."""

_LONGEST_NAME = 40
_LONGEST_SENTENCE = 500


class Position(NamedTuple):
    """A place in a file, as an editor shows it: both numbers start at 1."""

    line: int
    column: int


START = Position(1, 1)


class Finding(NamedTuple):
    """One thing to mend."""

    position: Position
    what: str
    mend: str


def bad_data(name: str, findings: Iterable[Finding]) -> BadData:
    """Return the error that tells the findings, each once, in the order of the file.

    `name` is the name of the file, already fit to show.
    """
    found = sorted(dict.fromkeys(findings), key=attrgetter("position"))
    count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
    problems = [
        Problem(f"{name}:{at.line}:{at.column}", _shown(what), _shown(mend))
        for at, what, mend in found[:MOST_TOLD]
    ]
    if len(found) > MOST_TOLD:
        count = f"more than {MOST_TOLD} problems"
        problems.append(Problem(name, "there are more problems", "Fix these first"))
    return BadData(f"{name} cannot be used: {count}", problems=problems)


def _shown(sentence: str) -> str:
    # Some list every name that a file has.
    is_long = len(sentence) > _LONGEST_SENTENCE
    return safe_text(sentence[:_LONGEST_SENTENCE]) + ("…" if is_long else "")


def quoted(key: str) -> str:
    """Return the name of a key as messages show it: in quotes, fit to show, not too long."""
    shown = safe_text(key[:_LONGEST_NAME])
    return f"'{shown}{'…' if len(key) > _LONGEST_NAME else ''}'"
