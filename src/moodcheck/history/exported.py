"""What an export holds, and what its hashes say about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from moodcheck.errors import Problem
from moodcheck.history.record import AuditEntry, Record


@dataclass(frozen=True, slots=True)
class Exported:
    """What an exported file holds."""

    records: tuple[Record, ...]
    """Those changed since the export are marked (`Record.changed_outside`)."""
    exported_at: datetime
    store: str = ""
    """Id of the history that wrote it; empty where the file does not say."""
    audit: tuple[AuditEntry, ...] = ()
    """Each entry with the history in which it was made."""
    lost: tuple[Problem, ...] = ()
    """What could not be read when the history was exported."""
    has_hashes: bool = True
    """Files of version 1 have none, so nobody can tell what was changed in them."""
    is_as_written: bool = True
    """Whether everything in it is as it was exported."""
    written_by: str = ""
    """What another program's file is; empty for one that a history was exported to."""
    changed: frozenset[str] = field(default=frozenset())
    """Ids of the sittings that were changed since, or beside which one was taken out."""
