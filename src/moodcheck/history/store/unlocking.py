"""Unlocking a store: wrong tries are counted, and no crash writes its key to a disk."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from moodcheck.errors import Locked, MoodcheckError
from moodcheck.history.record import AuditAction
from moodcheck.history.store.keys import StoreKey, secret_of
from moodcheck.history.store.lock_state import (
    count_wrong_try,
    forget_wrong_tries,
    note_damage,
    read_lock_state,
)
from moodcheck.history.store.store import EncryptedStore, open_store

_PR_SET_DUMPABLE = 4
"""Of `linux/prctl.h`."""

_LARGEST_LOOKED_AT = 2 * 1024 * 1024
"""Bytes: a store up to this size is checked at every unlock, in a hundredth of a second."""


def unlock(path: Path, typed: str, now: datetime) -> EncryptedStore:
    """Open a store with what was typed: its passphrase, or its recovery code.

    A wrong try counts, and how many there were is entered into the audit at the next right one.

    Raises:
        Locked: when it is wrong, or a recovery code that is not typed right.
        InputNotFound, BadData, IOFailed, UsageError: as `open_store`.
    """
    forbid_core_dumps()
    secret = secret_of(typed)
    try:
        store = open_store(path, secret)
    except Locked:
        count_wrong_try(path, now)
        raise
    store.on_damage(lambda found: note_damage(path, now if found else None))
    try:
        _look_through(store, path)
        _enter(store, path, now, by_code=isinstance(secret, StoreKey))
    except BaseException:
        store.close_file()
        raise
    store.damage = read_lock_state(path).damaged
    return store


def forbid_core_dumps() -> None:
    """Let no crash write this process's memory to a disk, and no other program look into it.

    It holds until the process ends. Where the system offers no such thing, nothing happens.
    """
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _look_through(store: EncryptedStore, path: Path) -> None:
    if path.stat().st_size <= _LARGEST_LOOKED_AT:
        # Damage is remembered, and does not keep anybody from reading the rest.
        with suppress(MoodcheckError):
            store.look_through()


def _enter(store: EncryptedStore, path: Path, now: datetime, *, by_code: bool) -> None:
    """Enter wrong tries and the recovery code into the audit, as far as it can be written."""
    known = read_lock_state(path)
    with suppress(MoodcheckError):
        if known.wrong_tries:
            store.log_access(AuditAction.UNLOCK_FAILED, now, detail=str(known.wrong_tries))
            forget_wrong_tries(path)
        if by_code:
            store.log_access(AuditAction.UNLOCKED_BY_CODE, now)
