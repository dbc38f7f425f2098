"""The tables of a store, and the steps from every earlier version of them to this one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.adapters.history.connection import changing
from moodcheck.errors import BadData
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    import apsw

Step = str
"""SQL that takes a store from one version to the next."""

STEPS: Sequence[Step] = (
    """
    CREATE TABLE document (hash TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE record (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        sequence INTEGER NOT NULL,
        client TEXT NOT NULL COLLATE NOCASE,
        document TEXT NOT NULL REFERENCES document,
        mode TEXT NOT NULL,
        state TEXT NOT NULL,
        taken_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX record_by_client ON record (client, sequence);
    CREATE INDEX record_by_sequence ON record (sequence);
    CREATE INDEX record_by_document ON record (document);
    CREATE TABLE given (
        record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
        item TEXT NOT NULL,
        value INTEGER,
        words TEXT,
        reason TEXT,
        PRIMARY KEY (record, item)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE note (
        record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
        item TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (record, item)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE critical (
        record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
        item TEXT NOT NULL,
        alerted INTEGER,
        raised_at TEXT NOT NULL,
        initials TEXT,
        acknowledged_at TEXT,
        action TEXT,
        PRIMARY KEY (record, item)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX critical_unacknowledged ON critical (record) WHERE acknowledged_at IS NULL;
    CREATE TABLE audit (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        action TEXT NOT NULL,
        record TEXT,
        detail TEXT NOT NULL
    ) STRICT;
    CREATE INDEX audit_by_record ON audit (record);
    """,
)
"""Each takes a store from the version of its place to the next; none is ever changed."""


def migrate(connection: apsw.Connection, path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Bring a store to the newest version, all at once or not at all.

    Raises:
        BadData: when a newer moodcheck has written it.
        IOFailed: as every change of a store.
    """
    version = connection.pragma("user_version")
    if version == len(steps):
        return
    if version == 0 and connection.execute("SELECT 1 FROM sqlite_schema").fetchall():
        raise BadData(
            f"{safe_text(str(path))} is a database, and no history of moodcheck's",
            mend="Name another file with --store",
        )
    if version > len(steps):
        raise BadData(
            f"The history {safe_text(str(path))} was written by a newer moodcheck "
            f"(version {version} of its tables; this one reads {len(steps)})",
            mend="Bring moodcheck up to date",
        )
    with changing(connection, path):
        # Another program may have done the same since.
        for step in steps[connection.pragma("user_version") :]:
            connection.execute(step)
        connection.pragma("user_version", len(steps))
