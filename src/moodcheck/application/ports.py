"""What the use cases need from outside, and what they say to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from moodcheck.domain.administration import Administration, Given, Unanswered
from moodcheck.domain.history import Acknowledgement, AuditEntry, Record, SittingMode
from moodcheck.domain.questionnaire import Item, Questionnaire, ResponseOption
from moodcheck.errors import Problem

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
    """Leave without a summary; what was not kept is gone."""


Kept = Callable[[str, int | str | Unanswered], None]
"""Is told the id of an item and what was given for it, and has committed it when it returns."""


class Asker(Protocol):
    """Whoever puts the questions to a person."""

    def welcome(self) -> bool:
        """Say what this is; return whether the person wants to begin."""

    def ask(self, question: Question) -> int | str | Unanswered | Move:
        """Ask until there is a value that the item offers, own words, why not, or a move."""

    def help_after_alert(self) -> bool:
        """Show help lines at once; return whether the person wants to go on."""

    def how_to_stop(self, *, has_answers: bool) -> AfterStop:
        """Say what happens to the answers, and ask what is wanted."""

    def review(self, questions: Sequence[Question]) -> str | Move | None:
        """Show all answers; return the id of one to change, STOP, or None to go on."""


class HistoryStore(Protocol):
    """An unlocked store. Every method that changes something has committed when it returns.

    Raises:
        IOFailed: from every method, when the disk is full or gone; what was committed stays.
        BadData: when what is stored cannot be read as it was written.
        InputNotFound: for a record id that is not there.
    """

    def begin(
        self, client: str, questionnaire: Questionnaire, mode: SittingMode, taken_at: datetime
    ) -> str:
        """Begin a record and return its id."""

    def put(self, record: str, item: str, given: int | str | Unanswered, at: datetime) -> None:
        """Keep what was given for an item; an answer that is an alert stays known as one.

        Raises:
            BadData: when the item does not take that.
        """

    def note(self, record: str, item: str, text: str, at: datetime) -> None:
        """Keep what the counselor notes at an item; an empty text takes the note away."""

    def finish(self, record: str, administration: Administration, at: datetime) -> None:
        """Keep the administration as it ended; critical items without an answer are entered.

        A person's own record is closed by that, any other is `answered`.
        """

    def acknowledge(self, record: str, item: str, acknowledgement: Acknowledgement) -> None:
        """Keep that a human has seen a critical entry."""

    def close(self, record: str, at: datetime) -> None:
        """Close an answered record.

        Raises:
            UsageError: while a critical entry of it is not acknowledged.
        """

    def record(self, record: str) -> Record:
        """Return one record."""

    def records(self, client: str | None = None) -> tuple[Record, ...]:
        """Return the records of a client, or all, in the order in which they were begun."""

    def clients(self) -> tuple[str, ...]:
        """Return all client codes, as they were first written."""

    def unacknowledged(self) -> tuple[Record, ...]:
        """Return every record in which a critical entry is not acknowledged, oldest first.

        A sitting that broke off after an alert is among them.
        """

    def move(self, record: str, client: str, at: datetime) -> None:
        """File a record under another client code."""

    def add(self, record: Record, at: datetime) -> bool:
        """Keep a record that was exported; return False where its id is already there.

        Raises:
            BadData: when a record of that id is there and is not equal.
        """

    def exported(self, records: Sequence[str], at: datetime) -> None:
        """Enter into the audit that these records were exported."""

    def delete(self, records: Sequence[str], at: datetime) -> None:
        """Delete records for real: afterwards no byte of them is in any file of the store."""

    def audit(self) -> tuple[AuditEntry, ...]:
        """Return what was done, in order."""

    def verify(self) -> tuple[Problem, ...]:
        """Read every page and every record; return what is wrong."""

    def change_passphrase(self, passphrase: str, at: datetime) -> None:
        """Encrypt the store anew."""
