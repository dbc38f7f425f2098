"""What was done to a store and when; never what stood in it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from moodcheck.history.record import AuditAction, AuditEntry, Head
from moodcheck.history.store.chain import SALT, START, chained_to, digest_of
from moodcheck.history.store.connection import rows_of

if TYPE_CHECKING:
    import apsw

OWN = """
    SELECT sequence, at, action, record, detail, client, program, '', hex(digest), hex(chained)
    FROM audit
"""
IMPORTED = "SELECT origin, sequence, record, client, entry FROM imported_audit"
_FORGET = "UPDATE audit SET record = NULL, client = NULL, detail = '', salt = NULL WHERE"
_OF_A_CLIENT = "(client = ?1 OR record IN (SELECT id FROM record WHERE client = ?1))"


def enter(  # noqa: PLR0913 - each is something an entry says
    connection: apsw.Connection,
    action: AuditAction,
    at: datetime,
    record: str | None = None,
    detail: str = "",
    *,
    client: str | None = None,
) -> None:
    """Enter into the audit what the running change does; whose record it is is looked up."""
    if record is not None and client is None:
        whose = rows_of(connection, "SELECT client FROM record WHERE id = ?", (record,))
        ((client,),) = whose or [(None,)]
    sequence, before = _end(connection)
    salt = os.urandom(SALT)
    digest = digest_of(salt, record, client, detail)
    moment, program = at.isoformat(), _program()
    chained = chained_to(before, sequence, (moment, action.value, program), digest)
    connection.execute(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (sequence, moment, action, record, detail, client, program, salt, digest, chained),
    )


def read_audit(connection: apsw.Connection, client: str | None = None) -> Iterator[AuditEntry]:
    """Yield the audit in order, then what imports told of their origins; of a client, or all."""
    where, bound = (f"WHERE {_OF_A_CLIENT}", (client,)) if client is not None else ("", ())
    yield from map(entry_of, connection.execute(f"{OWN} {where} ORDER BY sequence", bound))
    imported = f"{IMPORTED} {where} ORDER BY origin, sequence"
    yield from map(imported_entry_of, connection.execute(imported, bound))


def entry_of(row: Sequence[Any]) -> AuditEntry:
    """Return an entry of its columns. Raises ValueError for what is no entry."""
    sequence, at, action, record, detail, client, program, origin, digest, chained = row
    return AuditEntry(
        sequence=sequence,
        at=datetime.fromisoformat(at),
        action=AuditAction(action),
        record=record,
        detail=detail,
        client=client,
        program=program,
        origin=origin,
        digest=digest.lower(),
        chained=chained.lower(),
    )


def imported_entry_of(row: Sequence[Any]) -> AuditEntry:
    """Return what was told of another store. Raises ValueError for what is no entry."""
    origin, sequence, record, client, entry = row
    at, action, detail, program, digest, chained = json.loads(entry)
    return AuditEntry(
        sequence=sequence,
        at=datetime.fromisoformat(at),
        action=AuditAction(action),
        record=record,
        detail=detail,
        client=client,
        program=program,
        origin=origin,
        digest=digest,
        chained=chained,
    )


def read_head(connection: apsw.Connection) -> Head | None:
    """Return where the audit ends."""
    last = "SELECT sequence, at, hex(chained) FROM audit ORDER BY sequence DESC LIMIT 1"
    for sequence, at, chained in rows_of(connection, last):
        return Head(sequence, datetime.fromisoformat(at), chained.lower())
    return None


def keep_imported(connection: apsw.Connection, entries: Iterable[AuditEntry], came: str) -> None:
    """Keep what an import tells of its origin; what is known of it already stays as it is."""
    connection.executemany(
        "INSERT OR IGNORE INTO imported_audit VALUES (?, ?, ?, ?, ?, ?)",
        ((one.origin, one.sequence, one.record, one.client, came, _told(one)) for one in entries),
    )


def forget_record(connection: apsw.Connection, record: str) -> None:
    """Leave of a record that is deleted only that something was done, and when."""
    connection.execute(f"{_FORGET} record = ?", (record,))
    connection.execute("DELETE FROM imported_audit WHERE record = ?", (record,))


def forget_clients(connection: apsw.Connection) -> None:
    """Leave nothing of clients that have no record any more."""
    known = {client for (client,) in rows_of(connection, "SELECT lower(client) FROM record")}
    named = rows_of(connection, "SELECT client FROM audit UNION SELECT client FROM imported_audit")
    interval = rows_of(connection, "SELECT code FROM client")
    for (client,) in {*named, *interval}:
        if client is not None and client.lower() not in known:
            connection.execute(f"{_FORGET} client = ?", (client,))
            connection.execute("DELETE FROM imported_audit WHERE client = ?", (client,))
            connection.execute("DELETE FROM client WHERE code = ?", (client,))


def _told(entry: AuditEntry) -> str:
    at, action = entry.at.isoformat(), entry.action.value
    return json.dumps(
        [at, action, entry.detail, entry.program, entry.digest, entry.chained],
        separators=(",", ":"),
    )


def _end(connection: apsw.Connection) -> tuple[int, bytes]:
    """Return the number of the next entry, and what it is chained to."""
    last = "SELECT sequence, chained FROM audit ORDER BY sequence DESC LIMIT 1"
    rows = rows_of(connection, last)
    return (rows[0][0] + 1, rows[0][1]) if rows else (1, START)


@lru_cache(maxsize=1)
def _program() -> str:
    from importlib.metadata import version

    return version("moodcheck")
