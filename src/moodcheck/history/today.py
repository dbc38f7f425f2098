"""Who needs a counselor today, and why. Plain numbers, and no verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from moodcheck.core.crisis import HelpPanel
from moodcheck.core.language import Language
from moodcheck.history.change import are_comparable, changes
from moodcheck.history.critical import CriticalLine, critical_lines, needs_help_first
from moodcheck.history.listing import AdvisedList
from moodcheck.history.record import Client, Record, RecordState


@dataclass(frozen=True, slots=True)
class Higher:
    """An item whose answer has a higher value than last time."""

    item: str
    """Its id."""
    label: str
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class ClientToday:
    """What there is to do about one client."""

    client: str
    sittings: int
    last_at: datetime | None
    """When the last sitting was; None where there is none yet."""
    every_days: int | None
    """How many days there should be between two sittings; None where nobody said."""
    waiting: tuple[CriticalLine, ...]
    """What nobody has acknowledged, oldest first."""
    unfinished: tuple[Record, ...]
    """Sittings that are not closed, oldest first."""
    overdue_days: int | None
    """How many whole days the next sitting is due; None where it is not."""
    higher: tuple[Higher, ...]
    """What is higher than last time, what rose furthest first."""

    @property
    def is_waiting(self) -> bool:
        """Whether there is anything at all to do or to look at."""
        due = self.overdue_days is not None
        return bool(self.waiting or self.unfinished or self.higher) or due

    @property
    def urgency(self) -> tuple[int, float]:
        """What clients are sorted by: what nobody acknowledged, unfinished, due, higher."""
        if self.waiting:
            return 0, min(line.entry.raised_at.timestamp() for line in self.waiting)
        if self.unfinished:
            return 1, self.unfinished[0].administration.taken_at.timestamp()
        if self.overdue_days is not None:
            return 2, -self.overdue_days
        return 3, -max((one.now - one.before for one in self.higher), default=0)


@dataclass(frozen=True, slots=True)
class Today(AdvisedList):
    """All who wait."""

    at: datetime
    clients: tuple[ClientToday, ...]
    """Those who wait, the most urgent first."""
    of: int
    """How many clients there are."""
    help_first: bool


def today(
    clients: Sequence[ClientToday], language: Language, panel: HelpPanel, now: datetime
) -> Today:
    """Return those of the clients who wait."""
    waiting = sorted((one for one in clients if one.is_waiting), key=lambda one: one.urgency)
    unseen = [line.record for one in waiting for line in one.waiting]
    return Today(
        at=now,
        clients=tuple(waiting),
        of=len(clients),
        help_first=any(map(needs_help_first, unseen)),
        notice=language.notice,
        help=panel,
    )


def client_today(
    known: Client, open_: Sequence[Record], higher: Sequence[Higher], language: Language,
    now: datetime,
) -> ClientToday:  # fmt: skip
    """Return what there is to do about a client.

    Args:
        known: what is known of them.
        open_: their sittings that are not closed, or hold something that nobody acknowledged.
        higher: what is higher than last time.
        language: the words that the promises rest on.
        now: what days are counted to.
    """
    unseen = (line for line in critical_lines(open_, language, now) if line.needs_acknowledgement)
    since = (now - known.last_at).days
    is_due = known.is_due(now) and known.every_days is not None
    return ClientToday(
        client=known.code,
        sittings=known.sittings,
        last_at=known.last_at,
        every_days=known.every_days,
        waiting=tuple(unseen),
        unfinished=tuple(one for one in open_ if one.state is not RecordState.CLOSED),
        overdue_days=since - (known.every_days or 0) if is_due else None,
        higher=tuple(higher),
    )


def higher_than(before: Record | None, now: Record) -> tuple[Higher, ...]:
    """Return what is higher than in an earlier sitting; nothing where they are not comparable."""
    asked = now.administration.questionnaire
    if before is None or not are_comparable(before.administration.questionnaire, asked):
        return ()
    found = [
        Higher(one.item, asked.item(one.item).label, one.before, one.now)
        for one in changes(before.administration, now.administration)
        if isinstance(one.before, int) and isinstance(one.now, int) and one.now > one.before
    ]
    return tuple(sorted(found, key=lambda one: one.before - one.now))
