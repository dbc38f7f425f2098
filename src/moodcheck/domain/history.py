"""What is kept of a sitting, as values. How it is stored is an adapter's business."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from moodcheck.domain.administration import Administration, Unanswered


class SittingMode(StrEnum):
    """Who sits at the keyboard."""

    OWN = "own"
    """A person by themselves; nobody acknowledges anything."""
    READ_ALOUD = "read_aloud"
    """The counselor reads the items and enters the answers."""
    HAND_OVER = "hand_over"
    """The client enters the answers and can see nothing else."""


class RecordState(StrEnum):
    """How far a sitting has come."""

    OPEN = "open"
    """Questions are still being answered, or the sitting broke off; it can be resumed."""
    ANSWERED = "answered"
    """All was asked that will be; the counselor has not closed it."""
    CLOSED = "closed"
    """Nothing about it changes any more, except that it may be moved or deleted."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """That a human has seen a critical answer, and what they did."""

    initials: str
    """1–8 characters."""
    at: datetime
    action: str
    """What was done, in the counselor's words; 1–2,000 characters."""


@dataclass(frozen=True, slots=True)
class CriticalEntry:
    """A critical item that a human has to see: answered with an alert, or not answered.

    An alert once committed stays, whatever the answer is changed to later.
    """

    item: str
    alerted: int | None
    """The highest answer that was an alert; None where the item was only left unanswered."""
    now: int | Unanswered
    """What stands there now."""
    raised_at: datetime
    acknowledgement: Acknowledgement | None


@dataclass(frozen=True, slots=True)
class Record:
    """An administration as it is kept."""

    id: str
    """Unique in a store; safe in a command line: 12 lower-case letters and digits."""
    client: str
    """The client code; `me` for the person's own."""
    sequence: int
    """Order in which records were begun; a clock set back does not change it."""
    mode: SittingMode
    state: RecordState
    administration: Administration
    """While the sitting is open, what was not asked yet is `not_reached`."""
    notes: Mapping[str, str]
    """Item id → what the counselor noted there."""
    critical: tuple[CriticalEntry, ...]
    """What a human has to see; empty for a person's own records only if nothing is critical."""

    @property
    def unacknowledged(self) -> tuple[CriticalEntry, ...]:
        """What nobody has acknowledged; a person's own records need no acknowledgement."""
        if self.mode is SittingMode.OWN:
            return ()
        return tuple(entry for entry in self.critical if entry.acknowledgement is None)


class AuditAction(StrEnum):
    """What was done to a store or to a record in it."""

    STORE_MADE = "store_made"
    BEGUN = "begun"
    CHANGED = "changed"
    """An answer or a note was committed."""
    FINISHED = "finished"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"
    MOVED = "moved"
    EXPORTED = "exported"
    IMPORTED = "imported"
    DELETED = "deleted"
    PASSPHRASE_CHANGED = "passphrase_changed"  # noqa: S105 - the name of an action


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """That something was done; never what stood in it."""

    sequence: int
    at: datetime
    action: AuditAction
    record: str | None
    """Id of the record; None where it was the whole store."""
    detail: str
    """Client codes for a move, an item id for a change; empty for what was deleted."""
