"""A connection to a store, and what its failures mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from moodcheck.errors import BadData, IOFailed, Locked, UsageError
from moodcheck.history.store.keys import Secret, StoreKey, keys_of
from moodcheck.history.store.store_file import close_to_others


class DamagedError(BadData):
    """Something in the store cannot be read as it was written."""


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Translate every error of the database inside; the messages never say what stands in it.

    Raises:
        IOFailed: when the disk is full or gone, or another program holds the store.
        BadData: when a page cannot be read as it was written.
    """
    name = str(path)
    try:
        yield
    except apsw.FullError:
        raise IOFailed(
            f"The disk of the history {name} is full; what was saved before is still there",
            mend="Make room, and do it again",
        ) from None
    except (apsw.BusyError, apsw.LockedError):
        raise IOFailed(
            f"Another program is using the history {name}",
            mend="Close the other one, and do it again",
        ) from None
    except (apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError):
        raise IOFailed(
            f"The history {name} cannot be read or written; what was saved before is still there",
            mend="Check the disk, the folder and who may write there",
        ) from None
    except apsw.SQLError:
        raise BadData(
            f"The tables in the history {name} are not those of moodcheck",
            mend="Run 'moodcheck history verify', and restore a backup",
        ) from None
    except (apsw.NotADBError, apsw.CorruptError, UnicodeDecodeError):
        raise DamagedError(
            f"The history {name} is damaged",
            mend="Run 'moodcheck history verify' to see what can still be read",
        ) from None
    except apsw.Error as error:
        raise IOFailed(
            f"The history {name} could not be used ({type(error).__name__})",
            mend="Run 'moodcheck history verify'",
        ) from None


@contextmanager
def wrong_key_as_locked(path: Path) -> Iterator[None]:
    """Translate what a wrong key looks like into `Locked`; a damaged first page looks the same."""
    try:
        yield
    except apsw.NotADBError:  # a file that was cut off between two pages is another error
        raise Locked(
            f"The history {path} could not be unlocked: "
            "the passphrase is wrong, or the file is damaged",
            mend="Try again",
        ) from None


PATIENCE = 5_000
"""Milliseconds to wait while another program writes."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A store that is open, and what opened it."""

    connection: apsw.Connection
    key: StoreKey


def open_connection(path: Path, secret: Secret, *, part: Path | None = None) -> Opened:
    """Open the store at `path`.

    Args:
        path: a file that `refuse_unusable` takes; or where a new store will be.
        secret: a passphrase, any text that is not empty; or a key.
        part: the empty file in which a new one is made.

    Raises:
        Locked: when the secret is wrong, or the first page is damaged.
        UsageError: when it cannot be a passphrase.
        IOFailed, BadData: as `translated_errors`.
    """
    if isinstance(secret, str):
        refuse_no_passphrase(secret)
    file = part or path
    close_to_others(file)
    if part:
        key = StoreKey.new(secret) if isinstance(secret, str) else secret
        return Opened(_connection(path, file, key, is_new=True), key)
    wrong: Locked | None = None
    for key in keys_of(secret, path):
        try:
            return Opened(_connection(path, file, key, is_new=False), key)
        except Locked as error:
            wrong = error
    raise wrong or AssertionError


def _connection(path: Path, file: Path, key: StoreKey, *, is_new: bool) -> apsw.Connection:
    with translated_errors(path):
        connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        with translated_errors(path):
            connection.set_busy_timeout(PATIENCE)
            # The format of SQLCipher 4, which other programs open too.
            connection.pragma("cipher", "sqlcipher")
            connection.pragma("legacy", 4)
            connection.pragma("key", key.pragma)
            connection.pragma("temp_store", "memory")
            if is_new:
                connection.pragma("journal_mode", "wal")
            with wrong_key_as_locked(path):
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            connection.pragma("synchronous", "full")
            connection.pragma("secure_delete", 1)
            connection.pragma("foreign_keys", 1)
    except BaseException:
        connection.close(force=True)
        raise
    return connection


def refuse_no_passphrase(passphrase: str) -> None:
    """Raise UsageError for a passphrase that would leave the store unencrypted, or is cut short."""
    if not passphrase or "\0" in passphrase:
        raise UsageError(
            "A passphrase cannot be empty or hold a NUL character", mend="Choose another one"
        )


def rows_of(
    connection: apsw.Connection, query: str, bound: Sequence[str | int] = ()
) -> list[tuple[Any, ...]]:
    """Return every row of a query: one that is not read to its end would block a VACUUM."""
    return list(connection.execute(query, bound))


@contextmanager
def transaction(connection: apsw.Connection, path: Path) -> Iterator[apsw.Connection]:
    """Commit every change inside together, or none of them."""
    with translated_errors(path):
        # A deferred transaction fails at once where another program writes, whatever the timeout.
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # A full disk ends some transactions by itself; one that stays would block the next.
            if not connection.get_autocommit():
                connection.execute("ROLLBACK")
            raise
