"""The unlocked store as the use cases of a history need it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from moodcheck.core.administration import Administration, Unanswered
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.history.record import (
    Acknowledgement,
    AuditAction,
    AuditEntry,
    Client,
    Import,
    Record,
    Salvage,
    SittingMode,
    Verification,
)


class HistoryStore(Protocol):
    """An unlocked store. Every method that changes something has committed when it returns.

    Raises:
        IOFailed: from every method, when the disk is full or gone; what was committed stays.
        BadData: when what is stored cannot be read as it was written.
        InputNotFound: for a record id that is not there.
    """

    @property
    def id(self) -> str:
        """What this store calls itself in what it exports: 16 hexadecimal digits."""

    @property
    def damage(self) -> datetime | None:
        """When damage was last noticed in it; None where it never was, or is mended."""

    def begin(
        self, client: str, questionnaire: Questionnaire, mode: SittingMode, taken_at: datetime
    ) -> str:
        """Begin a record and return its id. Until `let_go` it does not count as broken off."""

    def put(self, record: str, item: str, given: int | str | Unanswered, at: datetime) -> None:
        """Keep what was given for an item, with every critical entry that follows from it.

        Entries are made for an alert, for a critical item without an answer, and for an answer
        that leads to advice `now` or `today`. Until `let_go` the record does not count as broken
        off.

        Raises:
            BadData: when the item does not take that.
            UsageError: when the record is not open.
        """

    def let_go(self, record: str) -> None:
        """Say that nobody is answering this record here any more; if it is open, it broke off."""

    def correct(self, record: str, item: str, given: int | str | Unanswered, at: datetime) -> None:
        """Correct an answer that was entered by mistake; what stood there before stays known.

        Raises:
            BadData: when the item does not take that.
            UsageError: unless the record is answered, and not closed.
        """

    def note(self, record: str, item: str | None, text: str, at: datetime) -> None:
        """Keep what the counselor notes at an item, or of the whole sitting for None.

        An empty text takes the note away. A closed record takes notes, too.
        """

    def finish(self, record: str, administration: Administration, at: datetime) -> None:
        """Keep the administration as it ended; critical items without an answer are entered.

        A person's own record is closed by that, any other is `answered`.
        """

    def acknowledge(self, record: str, item: str, acknowledgement: Acknowledgement) -> None:
        """Keep that a human has seen a critical entry, also in a sitting that broke off.

        Raises:
            UsageError: when there is no critical entry at that item, or the acknowledgement
                does not say what was done.
        """

    def close(self, record: str, at: datetime) -> None:
        """Close an answered record.

        Raises:
            UsageError: while a critical entry of it is not acknowledged.
        """

    def record(self, record: str) -> Record:
        """Return one record."""

    def find(self, beginning: str) -> str:
        """Return the id of the only record whose id begins with this.

        Raises:
            UsageError: when several do.
        """

    def records(self, client: str | None = None) -> tuple[Record, ...]:
        """Return the records of a client, or all, in the order in which they were begun."""

    def clients(self) -> tuple[str, ...]:
        """Return all client codes, as they were first written."""

    def overview(self) -> tuple[Client, ...]:
        """Return what is known of each client without reading their sittings, by code."""

    def unacknowledged(self) -> tuple[Record, ...]:
        """Return every record in which a critical entry is not acknowledged, oldest first.

        Sittings that broke off, imported ones and those that were a person's own are among them.
        """

    def unfinished(self) -> tuple[Record, ...]:
        """Return every record that is not closed, oldest first; none that stays a person's own."""

    def set_interval(self, client: str, days: int | None, at: datetime) -> None:
        """Keep how many days there should be from one sitting of a client to the next.

        Args:
            client: one that is known; case does not matter.
            days: 1–3,650; None for no interval.
            at: when.

        Raises:
            InputNotFound: when there is no such client.
        """

    def move(self, record: str, client: str, at: datetime) -> None:
        """File a record under another client code."""

    def rename_client(self, old: str, new: str, at: datetime) -> int:
        """Give a client another code, and return how many records that changed.

        Raises:
            InputNotFound: when there is no such client.
            UsageError: when another client has the new code already.
        """

    def import_records(
        self,
        records: Sequence[Record],
        audit: Sequence[AuditEntry],
        incoming: Import,
        *,
        progress: Callable[[int], None] = ...,
    ) -> Import:
        """Keep what an exported file holds, all at once, and return what it brought.

        A record whose id is there already stays as it is, whatever the file says of it.

        Args:
            records: as they should be kept, under the client codes that were agreed on.
            audit: what was done to them at their origin, kept beside this store's own.
            incoming: what is known of the file; its `id` and `records` are filled in here.
            progress: is called now and then with how many records are written.

        Raises:
            BadData: for a record of this store whose sequence number it never reached.
        """

    def imports(self) -> tuple[Import, ...]:
        """Return all imports, oldest first."""

    def undo_import(self, name: str, at: datetime) -> int:
        """Delete for real what an import brought; return how many records that were.

        Raises:
            InputNotFound: when there is no such import.
        """

    def log_access(
        self,
        action: AuditAction,
        at: datetime,
        *,
        client: str | None = None,
        record: str | None = None,
        detail: str = "",
    ) -> None:
        """Enter into the audit what was looked at or exported; nothing else is changed by it."""

    def delete(self, records: Sequence[str], at: datetime) -> None:
        """Delete records for real: afterwards no byte of them is in any file of the store.

        The audit keeps how many were deleted, and nothing that says which.
        """

    def audit(
        self,
        client: str | None = None,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[AuditEntry, ...]:
        """Return the entries in order: first this store's own, then those of imports.

        Args:
            client: only what was done to this client and their records.
            since: nothing before this moment.
            until: nothing from this moment on.
        """

    def verify(self) -> Verification:
        """Read every page, every record and the audit's chain; return what is wrong."""

    def salvage(self, known: Sequence[Questionnaire] = ()) -> Salvage:
        """Return what can be read, however damaged the store is, and name what cannot.

        Args:
            known: questionnaires to read sittings with whose own copy is lost.
        """

    def backup(self, path: Path, at: datetime) -> None:
        """Write a copy to a new file, under the same passphrase, and read all of it once.

        Raises:
            CannotCreate: when something is there, or it cannot be made there.
            BadData: when this store or the copy is damaged; no copy is left then.
        """

    def recovery_code(self, at: datetime) -> str:
        """Return what opens this store without its passphrase, until that is changed."""

    def change_passphrase(self, passphrase: str, at: datetime) -> None:
        """Encrypt the store anew."""
