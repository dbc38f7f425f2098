"""The tables of a store, and the steps from every earlier version of them to this one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.errors import BadData
from moodcheck.history.store.audit import chain_anew
from moodcheck.history.store.connection import transaction

if TYPE_CHECKING:
    import apsw

Step = str | Callable[["apsw.Connection"], None]
"""Takes a store from one version to the next: SQL, or a function where SQL is not enough."""

# On few lines: SQLite stores this text as it is, and it has to fit into the first page. If it went
# on into a second one, damage to that page would keep the whole store from being opened.
_VERSION_2 = """
    CREATE TABLE store (id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
    INSERT INTO store VALUES (lower(hex(randomblob(8))));

    CREATE TABLE import (id TEXT PRIMARY KEY, at TEXT NOT NULL, source TEXT NOT NULL, origin TEXT NOT NULL) STRICT, WITHOUT ROWID;
    ALTER TABLE record ADD COLUMN origin TEXT NOT NULL DEFAULT '';
    ALTER TABLE record ADD COLUMN import TEXT REFERENCES import;
    ALTER TABLE record ADD COLUMN changed_outside INTEGER NOT NULL DEFAULT 0;
    UPDATE record SET origin = (SELECT id FROM store);
    DROP INDEX record_by_sequence;
    DROP INDEX record_by_document;
    CREATE INDEX record_by_origin ON record (origin, sequence);
    CREATE INDEX record_by_import ON record (import) WHERE import IS NOT NULL;
    CREATE INDEX record_unfinished ON record (state, mode, client) WHERE state <> 'closed';

    ALTER TABLE critical ADD COLUMN kind TEXT NOT NULL DEFAULT 'alert';
    ALTER TABLE critical ADD COLUMN spoken_with TEXT;
    ALTER TABLE critical ADD COLUMN told TEXT;
    ALTER TABLE critical ADD COLUMN plan TEXT;
    ALTER TABLE critical ADD COLUMN next_contact TEXT;
    UPDATE critical SET kind = 'unanswered' WHERE alerted IS NULL;

    CREATE TABLE correction (record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE, number INTEGER NOT NULL, item TEXT NOT NULL, value INTEGER, words TEXT, reason TEXT, at TEXT NOT NULL, PRIMARY KEY (record, number)) STRICT, WITHOUT ROWID;
    CREATE TABLE client (code TEXT PRIMARY KEY COLLATE NOCASE, every_days INTEGER NOT NULL) STRICT, WITHOUT ROWID;

    ALTER TABLE audit ADD COLUMN client TEXT COLLATE NOCASE;
    ALTER TABLE audit ADD COLUMN program TEXT NOT NULL DEFAULT '';
    ALTER TABLE audit ADD COLUMN salt BLOB;
    ALTER TABLE audit ADD COLUMN digest BLOB NOT NULL DEFAULT x'';
    ALTER TABLE audit ADD COLUMN chained BLOB NOT NULL DEFAULT x'';
    UPDATE audit SET client = (SELECT client FROM record WHERE record.id = audit.record);
    -- Nothing names what was deleted.
    UPDATE audit SET record = NULL, detail = ''
        WHERE record IS NOT NULL AND record NOT IN (SELECT id FROM record);
    CREATE TABLE imported_audit (origin TEXT NOT NULL, sequence INTEGER NOT NULL, record TEXT, client TEXT COLLATE NOCASE, import TEXT NOT NULL REFERENCES import ON DELETE CASCADE, entry TEXT NOT NULL, PRIMARY KEY (origin, sequence)) STRICT, WITHOUT ROWID;
    CREATE INDEX imported_audit_by_record ON imported_audit (record);
"""  # noqa: E501 - as above


def _to_version_2(connection: apsw.Connection) -> None:
    connection.execute(_VERSION_2)
    chain_anew(connection)


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
    _to_version_2,
)
"""The step at index n takes a store from version n to n + 1; a released step never changes."""


def migrate(connection: apsw.Connection, path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Upgrade a store to the newest version, completely or not at all.

    Raises:
        BadData: when a newer moodcheck has written it.
        IOFailed: as every change of a store.
    """
    version = connection.pragma("user_version")
    if version == len(steps):
        return
    if version == 0 and connection.execute("SELECT 1 FROM sqlite_schema").fetchall():
        raise BadData(
            f"{path} is a database, and no history of moodcheck's",
            mend="Name another file with --store",
        )
    if version > len(steps):
        raise BadData(
            f"The history {path} was written by a newer moodcheck "
            f"(version {version} of its tables; this one reads {len(steps)})",
            mend="Upgrade moodcheck",
        )
    with transaction(connection, path):
        # Another program may have upgraded it in the meantime.
        for step in steps[connection.pragma("user_version") :]:
            if callable(step):
                step(connection)
            else:
                connection.execute(step)
        connection.pragma("user_version", len(steps))
