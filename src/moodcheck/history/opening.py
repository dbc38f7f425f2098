"""The encrypted history: opened, made and removed, where the optional part for it is installed."""

from __future__ import annotations

from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.installation import part_missing

if TYPE_CHECKING:
    from moodcheck.history.store.store import EncryptedStore

_NEEDED = ("apsw", "zxcvbn")
"""The packages of the part; whatever imports them here is imported once they were found."""


def is_installed() -> bool:
    """Return whether the part `history` is installed; nothing of it is loaded to find out."""
    return all(find_spec(name) for name in _NEEDED)


def refuse_if_not_installed() -> None:
    """Raise PartNotInstalled where it is not, before anybody is asked for a passphrase."""
    if not is_installed():
        raise part_missing("The history", "history")


def open_history(path: Path, typed: str, now: datetime) -> EncryptedStore:
    """Return the history at `path`, unlocked by its passphrase or its recovery code.

    Wrong tries count. Raises as `history.store.unlocking.unlock`, and PartNotInstalled.
    """
    refuse_if_not_installed()
    from moodcheck.history.store.unlocking import unlock

    return unlock(path, typed, now)


def make_history(path: Path, passphrase: str, now: datetime) -> EncryptedStore:
    """Make a history at `path`, and return it.

    Raises as `history.store.store.make_store`, and PartNotInstalled.
    """
    refuse_if_not_installed()
    from moodcheck.history.store.lock_state import remove_lock_state
    from moodcheck.history.store.store import make_store
    from moodcheck.history.store.unlocking import forbid_core_dumps

    forbid_core_dumps()
    store = make_store(path, passphrase, now)
    remove_lock_state(path)
    return store


def delete_history(path: Path) -> None:
    """Remove the history at `path` with everything in it, unlocked or not.

    Raises:
        IOFailed, InputNotFound, BadData, UsageError, PartNotInstalled: as opening it.
    """
    refuse_if_not_installed()
    from moodcheck.history.store.deleting import delete_store
    from moodcheck.history.store.store_file import refuse_unusable

    refuse_unusable(path)
    delete_store(path)
