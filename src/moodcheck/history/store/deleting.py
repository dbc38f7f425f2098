"""Deleting for real: no page and no log keeps what is gone, or what an old passphrase opens."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.errors import IOFailed
from moodcheck.files.atomic_output import sweep_new, sync_folder
from moodcheck.history.record import AuditAction
from moodcheck.history.store.audit import enter, forget_clients, forget_record
from moodcheck.history.store.connection import transaction, translated_errors
from moodcheck.history.store.importing import forget_import, import_of
from moodcheck.history.store.keys import StoreKey
from moodcheck.history.store.lock_state import remove_lock_state
from moodcheck.history.store.reading import key_of, read_record
from moodcheck.history.store.store_file import SIDE_FILES

if TYPE_CHECKING:
    import apsw

_CHUNK = 1024 * 1024


def delete_records(
    connection: apsw.Connection, path: Path, records: Sequence[str], at: datetime
) -> None:
    """Delete records, and leave no page of the store that holds anything of them.

    Raises:
        InputNotFound: for an id that is not there; nothing is deleted then.
        IOFailed: when there is no room for it, or another program holds the old pages.
    """
    with transaction(connection, path):
        _remove(connection, records, at)
    leave_no_page(connection, path)


def undo_import(connection: apsw.Connection, path: Path, name: str, at: datetime) -> int:
    """Delete what an import brought, as `delete_records` does; return how many records that were.

    Raises:
        InputNotFound: when there is no such import.
        IOFailed: as `delete_records`.
    """
    with transaction(connection, path):
        undone = import_of(connection, name)
        _remove(connection, undone.records, at)
        forget_import(connection, undone, at)
    leave_no_page(connection, path)
    return len(undone.records)


def _remove(connection: apsw.Connection, records: Sequence[str], at: datetime) -> None:
    for record in records:
        found = "unacknowledged" if read_record(connection, record).unacknowledged else ""
        connection.execute("DELETE FROM record WHERE key = ?", (key_of(connection, record),))
        forget_record(connection, record)
        enter(connection, AuditAction.DELETED, at, detail=found)
    forget_clients(connection)
    connection.execute("DELETE FROM document WHERE hash NOT IN (SELECT document FROM record)")


def leave_no_page(connection: apsw.Connection, path: Path) -> None:
    """Write every page anew and empty the log, since free and old pages can still be read.

    Raises:
        IOFailed: when that failed; what was deleted may then still be read from old pages.
    """
    try:
        with translated_errors(path):
            connection.execute("VACUUM")
            ((is_busy, _frames, _moved),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            free = connection.pragma("freelist_count")
    except IOFailed:
        # Its own message says that everything is still there, which is no longer true.
        raise IOFailed(
            f"What was deleted may still lie in old pages of {path}, "
            "because the disk has no room or fails, or another program is using the history",
            mend="Mend that, and run 'moodcheck history change-passphrase': it writes all anew",
        ) from None
    log = path.with_name(path.name + "-wal")
    if is_busy or free or (log.exists() and log.stat().st_size):
        raise IOFailed(
            f"What was deleted may still lie in old pages of {path}, "
            "because another program is using the history",
            mend="Close the other one: whichever closes the history last clears them",
        )


def encrypt_anew(connection: apsw.Connection, path: Path, key: StoreKey, at: datetime) -> None:
    """Encrypt every page with another key.

    Raises:
        IOFailed: when that breaks off; says which of the two passphrases opens it.
    """
    with translated_errors(path):
        connection.pragma("rekey", key.pragma)  # all pages, in one transaction
    try:
        with transaction(connection, path):
            enter(connection, AuditAction.PASSPHRASE_CHANGED, at)
        leave_no_page(connection, path)
    except IOFailed as error:
        raise IOFailed(
            "The new passphrase holds from now on, but old pages may still open with the old "
            f"one. {error.what}",
            mend="Change it once more when that is mended",
        ) from None


def delete_store(path: Path) -> None:
    """Remove a store with everything in it; it need not be unlocked.

    Its bytes are overwritten first, which a disk that keeps old blocks need not do in place.

    Raises:
        IOFailed: when one of its files cannot be removed; says so where none was touched.
    """
    if not os.access(path.parent, os.W_OK | os.X_OK):
        # Otherwise its bytes would be overwritten, and a file that nothing opens would stay.
        raise IOFailed(
            f"{path} cannot be removed: its folder cannot be written to. Nothing was deleted",
            mend="Change who may write there, and do it again",
        )
    for file in (*(path.with_name(path.name + end) for end in SIDE_FILES), path):
        try:
            with suppress(FileNotFoundError):
                _overwrite(file)
                file.unlink()
                sync_folder(file.parent)
        except OSError as error:
            raise IOFailed(
                f"{file} could not be removed: {error.strerror}",
                mend="Remove it yourself; what it holds is encrypted or overwritten",
            ) from None
    remove_lock_state(path)
    sweep_new(path.parent)


def _overwrite(file: Path) -> None:
    with file.open("r+b") as opened:
        left = os.fstat(opened.fileno()).st_size
        while left > 0:
            left -= opened.write(os.urandom(min(left, _CHUNK)))
        opened.flush()
        os.fsync(opened.fileno())
