"""The faults of one file → the error that reports them all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from moodcheck.core.data_model import Fault
from moodcheck.errors import BadData, Problem

MOST_REPORTED = 100
"""How many problems of one file are reported; a file with more is probably no such file."""

_LONGEST_NAME = 40
_LONGEST_SENTENCE = 500


class Position(NamedTuple):
    """A place in a text, as an editor shows it: both numbers start at 1.

    It is the path (`Fault.path`) of what is found in a text that is not a document yet.
    """

    line: int
    column: int


START = Position(1, 1)


def bad_data(name: str, faults: Iterable[Fault]) -> BadData:
    """Return the error that reports each fault once, in the order of the file.

    Args:
        name: the name of the file, already fit to show.
        faults: the path of each is a `Position`.
    """
    found = sorted(dict.fromkeys(faults), key=lambda fault: fault.path)
    count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
    problems = [
        Problem(":".join(map(str, (name, *fault.path))), _shown(fault.what), _shown(fault.mend))
        for fault in found[:MOST_REPORTED]
    ]
    if len(found) > MOST_REPORTED:
        count = f"more than {MOST_REPORTED} problems"
        problems.append(Problem(name, "there are more problems", "Fix these first"))
    return BadData(f"{name} cannot be used: {count}", problems=problems)


def quoted(key: str) -> str:
    """Return the name of a key as messages show it: in quotes, fit to show, not too long."""
    shown = key[:_LONGEST_NAME]
    return f"'{shown}{'…' if len(key) > _LONGEST_NAME else ''}'"


def _shown(sentence: str) -> str:
    # Some list every name that a file has.
    is_long = len(sentence) > _LONGEST_SENTENCE
    return sentence[:_LONGEST_SENTENCE] + ("…" if is_long else "")
