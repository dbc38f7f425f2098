"""What the use cases need from outside, and what they say to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from moodcheck.domain.administration import Given
from moodcheck.domain.questionnaire import Item, ResponseOption

Clock = Callable[[], datetime]
"""Returns now, with its UTC offset."""


@dataclass(frozen=True, slots=True)
class Question:
    """One item as it is asked."""

    item: Item
    options: tuple[ResponseOption, ...]
    recall_period: str | None
    """None where the item has its own time, as context items do."""
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


class AfterStop(Enum):
    """What a person may want when they stopped."""

    BACK = auto()
    SUMMARY = auto()
    LEAVE = auto()
    """Leave without a summary; the answers are gone."""


class Asker(Protocol):
    """Whoever puts the questions to a person."""

    def welcome(self) -> bool:
        """Say what this is; return whether the person wants to begin."""

    def ask(self, question: Question) -> int | str | Move:
        """Ask until there is a value that the item offers, own words, or a move."""

    def help_after_alert(self) -> bool:
        """Show help lines at once; return whether the person wants to go on."""

    def how_to_stop(self, *, has_answers: bool) -> AfterStop:
        """Say what happens to the answers, and ask what is wanted."""

    def review(self, questions: Sequence[Question]) -> str | Move | None:
        """Show all answers; return the id of one to change, STOP, or None to go on."""
