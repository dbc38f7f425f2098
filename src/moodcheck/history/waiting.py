"""What nobody has acknowledged, seen from one client: theirs in full, that of others by count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from moodcheck.core.language import Language
from moodcheck.history.client_code import same_client
from moodcheck.history.critical_line import CriticalLine, critical_lines
from moodcheck.history.record import Record


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody to acknowledge it, oldest first."""

    theirs: tuple[CriticalLine, ...]
    """Of the client who may be looking."""
    others: tuple[CriticalLine, ...]
    """Of other clients: to be counted where a client may be looking, and shown nowhere there."""


def waiting(
    records: Iterable[Record], client: str | None, language: Language, now: datetime
) -> Waiting:
    """Return what nobody has acknowledged in the records.

    Args:
        records: those that were not acknowledged, or any others beside them.
        client: who may be looking; None where everything is somebody else's.
        language: the words that the promises rest on.
        now: what the age of an entry is counted to.
    """
    found = critical_lines(records, language, now)
    open_ = [line for line in found if line.needs_acknowledgement]
    theirs = tuple(
        line for line in open_ if client is not None and same_client(line.record.client, client)
    )
    return Waiting(theirs, tuple(line for line in open_ if line not in theirs))
