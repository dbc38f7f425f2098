"""How one entry of the audit is held to the one before it.

Every entry has a digest of what it says and is chained: hashed together with the entry before.
When a record is deleted, what its entries say is taken out with the salt of their digests, so
that nobody can guess it from them; the digests stay, and the chain with them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from moodcheck.errors import Problem

if TYPE_CHECKING:
    import apsw

START = bytes(32)
"""What the first entry is chained to."""

SALT = 16
"""Bytes; a client code alone is guessed in no time."""

_ROWS = """
    SELECT sequence, at, action, program, record, client, detail, salt, digest, chained
    FROM audit ORDER BY sequence
"""


def digest_of(salt: bytes, record: str | None, client: str | None, detail: str) -> bytes:
    """Return the digest of what an entry says beside what was done and when."""
    return sha256(salt + _canonical(record, client, detail)).digest()


def chained_to(before: bytes, number: int, done: tuple[str, str, str], digest: bytes) -> bytes:
    """Return what chains an entry to the one before.

    Args:
        before: the same of the entry before; `START` for the first.
        number: its sequence number.
        done: when, what, and by which version of the program.
        digest: of what it says beside that.
    """
    return sha256(before + _canonical(number, *done, digest.hex())).digest()


def chain_anew(connection: apsw.Connection) -> None:
    """Chain every entry, of a store whose entries were not chained yet."""
    before = START
    rows: list[Any] = connection.execute(_ROWS).fetchall()
    for sequence, at, action, program, record, client, detail, *_rest in rows:
        salt = os.urandom(SALT)
        digest = digest_of(salt, record, client, detail)
        before = chained_to(before, sequence, (at, action, program), digest)
        connection.execute(
            "UPDATE audit SET salt = ?, digest = ?, chained = ? WHERE sequence = ?",
            (salt, digest, before, sequence),
        )


def broken_links(connection: apsw.Connection) -> Iterator[Problem]:
    """Yield where an entry is not what was written, or one is missing.

    Raises:
        apsw.Error: when a page of the audit cannot be read.
    """
    before, expected = START, 1
    for row in connection.execute(_ROWS):
        sequence, at, action, program, record, client, detail, salt, digest, chained = row
        if sequence != expected:
            yield _wrong(expected, "it is missing")
        is_itself = salt is None or digest == digest_of(salt, record, client, detail)
        if not is_itself or chained != chained_to(before, sequence, (at, action, program), digest):
            yield _wrong(sequence, "it is not what was written")
        before, expected = chained, sequence + 1
    for (last,) in connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'"):
        if last >= expected:
            yield _wrong(last, "it is missing")


def _canonical(*parts: object) -> bytes:
    return json.dumps(parts, separators=(",", ":")).encode()


def _wrong(sequence: int, what: str) -> Problem:
    return Problem(
        f"audit entry {sequence}", what, "Somebody changed the audit: find out who could have"
    )
