"""What was done to a store and when; never what stood in it.

Every entry has a digest of what it says and is chained: hashed together with the entry before.
When a record is deleted, what its entries say is taken out with the salt of their digests, so
that nobody can guess it from them; the digests stay, and the chain with them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from moodcheck.errors import Problem
from moodcheck.history.record import AuditAction, AuditEntry, Head
from moodcheck.history.store.connection import rows_of
from moodcheck.installation import own_version

if TYPE_CHECKING:
    import apsw

_START = bytes(32)
"""What the first entry is chained to."""
_SALT = 16
"""Bytes; without it, somebody could try all likely client codes."""

OWN = """
    SELECT sequence, at, action, record, detail, client, program, '', hex(digest), hex(chained)
    FROM audit
"""
IMPORTED = "SELECT origin, sequence, record, client, entry FROM imported_audit"
_FORGET = "UPDATE audit SET record = NULL, client = NULL, detail = '', salt = NULL WHERE"
_OF_A_CLIENT = "(client = ?1 OR record IN (SELECT id FROM record WHERE client = ?1))"
_LINKS = """
    SELECT sequence, at, action, program, record, client, detail, salt, digest, chained
    FROM audit ORDER BY sequence
"""


def enter(  # noqa: PLR0913 - each is something an entry says
    connection: apsw.Connection,
    action: AuditAction,
    at: datetime,
    record: str | None = None,
    detail: str = "",
    *,
    client: str | None = None,
) -> None:
    """Add an entry for the running change; the client of a record is looked up."""
    if record is not None and client is None:
        whose = rows_of(connection, "SELECT client FROM record WHERE id = ?", (record,))
        ((client,),) = whose or [(None,)]
    sequence, before = _end(connection)
    salt = os.urandom(_SALT)
    digest = _digest(salt, record, client, detail)
    moment, program = at.isoformat(), own_version()
    chained = _chained(before, sequence, (moment, action.value, program), digest)
    connection.execute(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (sequence, moment, action, record, detail, client, program, salt, digest, chained),
    )


def read_audit(connection: apsw.Connection, client: str | None = None) -> Iterator[AuditEntry]:
    """Yield the entries of a client, or all: first this store's own, then those of imports."""
    where, bound = (f"WHERE {_OF_A_CLIENT}", (client,)) if client is not None else ("", ())
    yield from map(entry_of, connection.execute(f"{OWN} {where} ORDER BY sequence", bound))
    imported = f"{IMPORTED} {where} ORDER BY origin, sequence"
    yield from map(imported_entry_of, connection.execute(imported, bound))


def entry_of(row: Sequence[Any]) -> AuditEntry:
    """Return the entry in a row of `OWN`.

    Raises:
        ValueError, TypeError, AttributeError: when they are no entry's.
    """
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
    """Return the entry in a row of `IMPORTED`. Raises as `entry_of`."""
    origin, sequence, record, client, entry = row
    at, action, detail, program, digest, chained = json.loads(entry)
    return entry_of(
        (sequence, at, action, record, detail, client, program, origin, digest, chained)
    )


def read_head(connection: apsw.Connection) -> Head | None:
    """Return the last entry's number, time and hash; None for an audit without entries."""
    last = "SELECT sequence, at, hex(chained) FROM audit ORDER BY sequence DESC LIMIT 1"
    for sequence, at, chained in rows_of(connection, last):
        return Head(sequence, datetime.fromisoformat(at), chained.lower())
    return None


def keep_imported(
    connection: apsw.Connection, entries: Iterable[AuditEntry], import_id: str
) -> None:
    """Keep the entries that an import brought; those that are here already stay as they are."""
    connection.executemany(
        "INSERT OR IGNORE INTO imported_audit VALUES (?, ?, ?, ?, ?, ?)",
        (
            (one.origin, one.sequence, one.record, one.client, import_id, _as_json(one))
            for one in entries
        ),
    )


def forget_record(connection: apsw.Connection, record: str) -> None:
    """Take out of the audit what it says of a deleted record: what was done and when stays."""
    connection.execute(f"{_FORGET} record = ?", (record,))
    connection.execute("DELETE FROM imported_audit WHERE record = ?", (record,))


def forget_clients(connection: apsw.Connection) -> None:
    """Take out of the store the codes of clients who have no record any more."""
    known = {client for (client,) in rows_of(connection, "SELECT lower(client) FROM record")}
    named = rows_of(connection, "SELECT client FROM audit UNION SELECT client FROM imported_audit")
    interval = rows_of(connection, "SELECT code FROM client")
    for (client,) in {*named, *interval}:
        if client is not None and client.lower() not in known:
            connection.execute(f"{_FORGET} client = ?", (client,))
            connection.execute("DELETE FROM imported_audit WHERE client = ?", (client,))
            connection.execute("DELETE FROM client WHERE code = ?", (client,))


def chain_anew(connection: apsw.Connection) -> None:
    """Chain all entries of a store that has none chained yet."""
    before = _START
    rows: list[Any] = connection.execute(_LINKS).fetchall()
    for sequence, at, action, program, record, client, detail, *_rest in rows:
        salt = os.urandom(_SALT)
        digest = _digest(salt, record, client, detail)
        before = _chained(before, sequence, (at, action, program), digest)
        connection.execute(
            "UPDATE audit SET salt = ?, digest = ?, chained = ? WHERE sequence = ?",
            (salt, digest, before, sequence),
        )


def broken_links(connection: apsw.Connection) -> Iterator[Problem]:
    """Yield a problem for each entry that was changed or is missing.

    Raises:
        apsw.Error: when a page of the audit cannot be read.
    """
    before, expected = _START, 1
    for row in connection.execute(_LINKS):
        sequence, at, action, program, record, client, detail, salt, digest, chained = row
        if sequence != expected:
            yield _broken(expected, "it is missing")
        is_itself = salt is None or digest == _digest(salt, record, client, detail)
        if not is_itself or chained != _chained(before, sequence, (at, action, program), digest):
            yield _broken(sequence, "it is not what was written")
        before, expected = chained, sequence + 1
    for (last,) in connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'"):
        if last >= expected:
            yield _broken(last, "it is missing")


def _as_json(entry: AuditEntry) -> str:
    at, action = entry.at.isoformat(), entry.action.value
    return json.dumps(
        [at, action, entry.detail, entry.program, entry.digest, entry.chained],
        separators=(",", ":"),
    )


def _end(connection: apsw.Connection) -> tuple[int, bytes]:
    """Return the number of the next entry, and what it is chained to."""
    last = "SELECT sequence, chained FROM audit ORDER BY sequence DESC LIMIT 1"
    rows = rows_of(connection, last)
    return (rows[0][0] + 1, rows[0][1]) if rows else (1, _START)


def _digest(salt: bytes, record: str | None, client: str | None, detail: str) -> bytes:
    """Return the digest of what an entry names: record, client and detail."""
    return sha256(salt + _canonical(record, client, detail)).digest()


def _chained(before: bytes, number: int, done: tuple[str, str, str], digest: bytes) -> bytes:
    """Return the hash of an entry and of the one before it.

    Args:
        before: the hash of the entry before; `_START` for the first.
        number: the entry's sequence number.
        done: when, what, and by which version of the program.
        digest: the entry's, as `_digest` makes it.
    """
    return sha256(before + _canonical(number, *done, digest.hex())).digest()


def _canonical(*parts: object) -> bytes:
    return json.dumps(parts, separators=(",", ":")).encode()


def _broken(sequence: int, what: str) -> Problem:
    return Problem(
        f"audit entry {sequence}", what, "Somebody changed the audit: find out who could have"
    )
