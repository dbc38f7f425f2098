"""Passphrases in the keyring of the operating system, for those who asked for that."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from moodcheck.errors import IOFailed
from moodcheck.installation import part_missing

SERVICE = "moodcheck history"
"""The service name of each entry; its account is the path of the history."""


def passphrase_in_keyring(store: Path) -> str | None:
    """Return the passphrase that is kept for a store, or None.

    Raises:
        PartNotInstalled: when the part `keyring` is not installed.
        IOFailed: when this system has no keyring, or does not open it.
    """
    keyring = _keyring()
    try:
        kept = keyring.get_password(SERVICE, str(store.absolute()))
    except keyring.errors.KeyringError:
        raise _refused() from None
    return str(kept) if kept is not None else None


def keep_in_keyring(store: Path, passphrase: str) -> None:
    """Keep the passphrase of a store. Raises as `passphrase_in_keyring`."""
    keyring = _keyring()
    try:
        keyring.set_password(SERVICE, str(store.absolute()), passphrase)
    except keyring.errors.KeyringError:
        raise _refused() from None


def _keyring() -> ModuleType:
    try:
        import keyring
        import keyring.errors
    except ModuleNotFoundError:
        raise part_missing("Keeping a passphrase in the keyring", "keyring") from None
    return keyring


def _refused() -> IOFailed:
    return IOFailed(
        "The keyring of this system cannot be used", mend="Leave --keyring out, and type it"
    )
