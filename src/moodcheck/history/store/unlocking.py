"""A store is unlocked: wrong tries count, and what is known of it beside it is told."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from moodcheck.errors import Locked, MoodcheckError
from moodcheck.history.record import AuditAction
from moodcheck.history.store.beside import forget_wrong, note_damage, note_wrong, read_beside
from moodcheck.history.store.core_dumps import forbid_core_dumps
from moodcheck.history.store.keys import StoreKey, secret_of
from moodcheck.history.store.store import EncryptedStore, open_store

_LARGEST_LOOKED_AT = 2 * 1024 * 1024
"""Bytes of a store that is looked through at every unlock, which takes a hundredth of a second."""


def wait_before_unlocking(path: Path, now: datetime) -> float:
    """Return how many seconds have to pass before the next try at a passphrase; often none."""
    return read_beside(path).wait(now)


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
        note_wrong(path, now)
        raise
    store.notices_damage(lambda found: note_damage(path, now if found else None))
    try:
        _look_through(store, path)
        _enter(store, path, now, by_code=isinstance(secret, StoreKey))
    except BaseException:
        store.close_file()
        raise
    store.damage = read_beside(path).damaged
    return store


def _look_through(store: EncryptedStore, path: Path) -> None:
    if path.stat().st_size <= _LARGEST_LOOKED_AT:
        # Whatever it finds is remembered; what can still be read is read all the same.
        with suppress(MoodcheckError):
            store.look_through()


def _enter(store: EncryptedStore, path: Path, now: datetime, *, by_code: bool) -> None:
    """Enter into the audit how it was unlocked; what cannot be written keeps nobody out."""
    known = read_beside(path)
    with suppress(MoodcheckError):
        if known.wrong:
            store.looked(AuditAction.UNLOCK_FAILED, now, detail=str(known.wrong))
            forget_wrong(path)
        if by_code:
            store.looked(AuditAction.UNLOCKED_BY_CODE, now)
