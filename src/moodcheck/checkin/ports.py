"""What the walk needs of whoever puts the questions to a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from moodcheck.core.administration import Given, Unanswered
from moodcheck.core.questionnaire_parts import Item, ResponseOption


@dataclass(frozen=True, slots=True)
class Question:
    """One item as it is asked."""

    item: Item
    options: tuple[ResponseOption, ...]
    stem: str | None
    """What stands above the item; None where it has its own time, as context items do."""
    position: int
    """From 1, among the scored items or among the context items."""
    of: int
    is_context: bool
    given: Given
    """What was given before; None at first."""


class Move(Enum):
    """What a person may want at a question other than answering it."""

    BACK = auto()
    SKIP = auto()
    FINISH = auto()
    """Leave out the remaining context items."""
    STOP = auto()


@dataclass(frozen=True, slots=True)
class MovedOn:
    """Own words that were being written when the person went elsewhere; they are kept."""

    words: str
    move: Move


class AfterStop(Enum):
    """What a person may want when they stopped."""

    BACK = auto()
    SUMMARY = auto()
    LEAVE = auto()
    """Leave without a summary; what was not kept is gone."""


Kept = Callable[[str, int | str | Unanswered], None]
"""Is told the id of an item and what was given for it, and has committed it when it returns."""


class Asker(Protocol):
    """Whoever puts the questions to a person."""

    def welcome(self) -> bool:
        """Say what this is; return whether the person wants to begin."""

    def ask(self, question: Question) -> int | str | Unanswered | Move | MovedOn:
        """Ask until there is a value that the item offers, own words, why not, or a move."""

    def between_parts(self, context: int) -> Move | None:
        """Say that the scored items are done and how many context items follow.

        Returns BACK, FINISH or STOP, or None to go on.
        """

    def help_after_alert(self) -> bool:
        """Show help lines at once; return whether the person wants to go on."""

    def how_to_stop(self, *, has_answers: bool) -> AfterStop:
        """Say what happens to the answers, and ask what is wanted."""

    def review(self, questions: Sequence[Question]) -> str | Move | None:
        """Show all answers; return the id of one to change, STOP, or None to go on."""
