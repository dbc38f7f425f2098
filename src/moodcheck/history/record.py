"""The values that a history keeps: records, clients, imports and the audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from moodcheck.core.administration import Administration, Unanswered
from moodcheck.errors import Problem
from moodcheck.history.client_code import OWN, same_client

SHORTEST_ID = 6
"""Characters of an id that are shown. To name a record, as many as make it unique are enough."""


class SittingMode(StrEnum):
    """Who sits at the keyboard."""

    OWN = "own"
    """A person by themselves."""
    READ_ALOUD = "read_aloud"
    """The counselor reads the items and enters the answers."""
    HAND_OVER = "hand_over"
    """The client enters the answers and can see nothing else."""


class RecordState(StrEnum):
    """How far a sitting has come."""

    OPEN = "open"
    """Questions are still being answered, or the sitting broke off; it can be resumed."""
    ANSWERED = "answered"
    """Everything was asked; the counselor has not closed it yet."""
    CLOSED = "closed"
    """Its answers stay. It may still be given notes, acknowledged, moved and deleted."""


class CriticalKind(StrEnum):
    """Why a human has to see an item."""

    ALERT = "alert"
    """A critical item was answered at or above its value."""
    UNANSWERED = "unanswered"
    """A critical item has no answer: it was skipped, or the sitting stopped before it."""
    ADVICE = "advice"
    """Its answer led to advice that does not wait: `now` or `today`."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """That a human has seen a critical entry, and what they did. One of the texts is not empty."""

    initials: str
    """1–8 characters."""
    at: datetime
    action: str = ""
    """What was done, in the counselor's words; at most 2,000 characters, as each of these."""
    spoken_with: str = ""
    told: str = ""
    """Who was told."""
    plan: str = ""
    next_contact: str = ""
    """When and how they will be in touch next."""

    @property
    def says_something(self) -> bool:
        """Whether it says what was done, in any of its texts."""
        texts = (self.action, self.spoken_with, self.told, self.plan, self.next_contact)
        return any(text.strip() for text in texts)


@dataclass(frozen=True, slots=True)
class CriticalEntry:
    """An item that a human has to see. What was entered stays, whatever it is changed to later.

    Only a critical item without an answer is taken back when it is answered after all, as long
    as nobody has acknowledged it.
    """

    item: str
    kind: CriticalKind
    alerted: int | None
    """The highest answer that was an alert or led to advice; None where it has no answer."""
    now: int | Unanswered
    """What stands there now."""
    raised_at: datetime
    acknowledgement: Acknowledgement | None


@dataclass(frozen=True, slots=True)
class Correction:
    """An answer that a counselor had entered by mistake, and put right after the sitting."""

    item: str
    before: int | str | Unanswered
    """What stood there until then."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """An administration as it is kept."""

    id: str
    """Unique in a store: 12 lower-case letters and digits."""
    client: str
    """The client code; `me` for the person's own."""
    origin: str
    """Id of the store in which it was begun; empty where that is not known."""
    sequence: int
    """Order in which records were begun at their origin; a clock set back does not change it."""
    mode: SittingMode
    state: RecordState
    administration: Administration
    """While the sitting is open, what was not asked yet is `not_reached`."""
    notes: Mapping[str, str]
    """Item id → what the counselor noted there."""
    critical: tuple[CriticalEntry, ...]
    """What a human has to see, in the order of the items' ids. Of a sitting that broke off, also
    the critical items that have no answer yet."""
    note: str = ""
    """What the counselor noted of the sitting as a whole; empty where nothing."""
    corrections: tuple[Correction, ...] = ()
    """In their order."""
    brought_by: str | None = field(default=None, compare=False)
    """Id of the import that brought it; None where it was begun in this store. Records are equal
    whichever way they came."""
    changed_outside: bool = False
    """Whether it was changed between its export and its import."""

    @property
    def short_id(self) -> str:
        """The beginning of its id, to be shown and typed."""
        return self.id[:SHORTEST_ID]

    @property
    def needs_acknowledgement(self) -> bool:
        """Whether a human has to acknowledge what is critical in it.

        They do, unless it is a person's own and stays with them: under the code `me`.
        """
        return self.mode is not SittingMode.OWN or not same_client(self.client, OWN)

    @property
    def unacknowledged(self) -> tuple[CriticalEntry, ...]:
        """What nobody has acknowledged, though somebody has to."""
        if not self.needs_acknowledgement:
            return ()
        return tuple(entry for entry in self.critical if entry.acknowledgement is None)


@dataclass(frozen=True, slots=True)
class Client:
    """What is known of a client without reading their sittings."""

    code: str
    """As it was first written."""
    sittings: int
    last: str
    """Id of the latest sitting; see `history.order`."""
    last_at: datetime
    """When that was taken."""
    before: str | None
    """Id of the sitting before that one; None where there is only one."""
    every_days: int | None
    """How many days there should be from one sitting to the next; None where nobody said."""

    def is_due(self, now: datetime) -> bool:
        """Return whether the next sitting should have been by now."""
        return self.every_days is not None and now - self.last_at >= timedelta(self.every_days)


@dataclass(frozen=True, slots=True)
class Import:
    """One import of an exported file."""

    id: str
    """12 lower-case letters and digits."""
    at: datetime
    source: str
    """What the file was called, without its folder; at most 200 characters."""
    origin: str
    """Id of the store that wrote it; empty where that is not known."""
    records: tuple[str, ...]
    """Ids of the records that it brought and that are still there."""


class AuditAction(StrEnum):
    """What was done to a store or to a record in it."""

    STORE_MADE = "store_made"
    UNLOCK_FAILED = "unlock_failed"
    """The detail is how many times since it was last unlocked."""
    UNLOCKED_BY_CODE = "unlocked_by_code"
    BEGUN = "begun"
    CHANGED = "changed"
    """An answer was committed; until version 2 of the tables also a note."""
    NOTED = "noted"
    CORRECTED = "corrected"
    FINISHED = "finished"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"
    MOVED = "moved"
    RENAMED = "renamed"
    """A client code was changed into another."""
    INTERVAL_SET = "interval_set"
    LISTED = "listed"
    SHOWN = "shown"
    TREND_SHOWN = "trend_shown"
    REPORTED = "reported"
    EXPORTED = "exported"
    """The detail says as what and where to."""
    IMPORTED = "imported"
    IMPORT_UNDONE = "import_undone"
    BACKED_UP = "backed_up"
    DELETED = "deleted"
    """One record; the detail is `unacknowledged` where something in it was, and no more."""
    PASSPHRASE_CHANGED = "passphrase_changed"  # noqa: S105 - the name of an action
    RECOVERY_CODE_SHOWN = "recovery_code_shown"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that was done to a store; never what an answer or note said."""

    sequence: int
    """From 1, without gaps."""
    at: datetime
    action: AuditAction
    record: str | None
    """Id of the record; None where it was several or the whole store, or was deleted since."""
    detail: str
    """Client codes for a move, an item id for a change; empty for what was deleted since."""
    client: str | None = None
    """Whose it was then; None where it was nobody's in particular, or was deleted since."""
    program: str = ""
    """The version of moodcheck that did it; empty before version 2 of the tables."""
    origin: str = ""
    """Id of the store in which it was done; empty for this one."""
    digest: str = ""
    """SHA-256 of what the entry names, in hexadecimal; it stays when that is taken out."""
    chained: str = ""
    """SHA-256 of the entry before and this one, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Salvage:
    """What can still be read of a store, and what cannot."""

    records: tuple[Record, ...]
    audit: tuple[AuditEntry, ...]
    lost: tuple[Problem, ...]
    """Names every record and every part of the audit that is missing here; empty if none is."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the audit. Whoever notes it elsewhere can tell an older copy from this store."""

    sequence: int
    at: datetime
    chained: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What reading a whole store found."""

    problems: tuple[Problem, ...]
    head: Head | None
    """None where the end of the audit cannot be read."""
