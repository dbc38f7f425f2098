"""Joins the commands about saved sittings to the encrypted file, exports, age and the keyring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.installation import part_missing
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from moodcheck.core.language import Language
    from moodcheck.history.exported import Exported
    from moodcheck.history.store.store import EncryptedStore

_NEEDED = ("apsw", "zxcvbn")


def is_installed() -> bool:
    """Return whether the part `history` is installed; nothing of it is loaded to find out."""
    return all(find_spec(name) for name in _NEEDED)


def refuse_missing() -> None:
    """Raise PartNotInstalled where it is not, before anybody is asked for a passphrase."""
    if not is_installed():
        raise part_missing("The history", "history")


def default_store() -> Path:
    """Return where this platform keeps the history of this user."""
    from moodcheck.history.store.store_file import default_store as place

    return place()


def refuse_unusable_history(path: Path) -> None:
    """Hold a history's file to what it must be, before anybody is asked for a passphrase.

    Raises:
        InputNotFound, BadData, UsageError: as `history.store.store_file.refuse_unusable`.
        PartNotInstalled: when the part `history` is not installed.
    """
    with _part("history"):
        from moodcheck.history.store.store_file import refuse_unusable

        refuse_unusable(path)


def open_history(path: Path, typed: str) -> EncryptedStore:
    """Return the history at `path`, unlocked by its passphrase or its recovery code.

    Wrong tries count. Raises as `history.store.unlocking.unlock`.
    """
    with _part("history"):
        from moodcheck.history.store.unlocking import unlock

        return unlock(path, typed, _now())


def wait_before_unlocking(path: Path) -> float:
    """Return how many seconds have to pass before the next try at a passphrase: 0 to 30.

    They grow with each wrong one, 1, 2, 4 … 30, also from one run to the next.
    """
    with _part("history"):
        from moodcheck.history.store.unlocking import wait_before_unlocking as wait

        return wait(path, _now())


def make_history(path: Path, passphrase: str, at: datetime) -> EncryptedStore:
    """Make a history at `path`, and return it. Raises as `history.store.store.make_store`."""
    with _part("history"):
        from moodcheck.history.store.lock_state import remove_lock_state
        from moodcheck.history.store.store import make_store
        from moodcheck.history.store.unlocking import forbid_core_dumps

        forbid_core_dumps()
        store = make_store(path, passphrase, at)
        remove_lock_state(path)
        return store


def delete_history(path: Path) -> None:
    """Remove the history at `path` with everything in it, unlocked or not.

    Raises:
        IOFailed, InputNotFound, BadData, UsageError, PartNotInstalled: as opening it.
    """
    with _part("history"):
        from moodcheck.history.store.deleting import delete_store
        from moodcheck.history.store.store_file import refuse_unusable

        refuse_unusable(path)
        delete_store(path)


def written_history(exported: Exported, *, notice: str, client: str | None) -> str:
    """Return records as the JSON that `read_history` takes; arguments as `write_history`."""
    from moodcheck.history.exchange.writing import write_history

    return write_history(exported, notice=notice, client=client)


def read_history(path: Path, language: Language, *, passphrase: Callable[[], str]) -> Exported:
    """Return what an exported file holds.

    Args:
        path: plain or encrypted.
        language: what the words of the questionnaires in it are held to.
        passphrase: asked where the file is encrypted.

    Raises:
        InputNotFound, BadData, UsageError: as `history.exchange.reading`.
        Locked, PartNotInstalled: as `history.exchange.age_file`.
    """
    from moodcheck.history.exchange import age_file, reading

    content = reading.read_export(path)
    if age_file.is_encrypted(content):
        content = age_file.decrypted(content, passphrase())
    return reading.read_history(safe_text(str(path)), content, language)


def refuse_without_age() -> None:
    """Say that files cannot be encrypted, before anything is done. Raises PartNotInstalled."""
    from moodcheck.history.exchange.age_file import refuse_if_not_installed

    refuse_if_not_installed()


def encrypted(content: str, passphrase: str) -> bytes:
    """Return content as an age file. Raises PartNotInstalled."""
    from moodcheck.history.exchange.age_file import encrypted as encrypt

    return encrypt(content, passphrase)


def history_schema() -> str:
    """Return the JSON Schema of an exported history."""
    from moodcheck.history.exchange.document import history_schema as generated

    return generated()


def passphrase_in_keyring(path: Path) -> str | None:
    """Return what the operating system keeps. Raises as `history.store.os_keyring`."""
    from moodcheck.history.store.os_keyring import passphrase_in_keyring as kept

    return kept(path)


def keep_in_keyring(path: Path, passphrase: str) -> None:
    """Let the operating system keep the passphrase. Raises as `history.store.os_keyring`."""
    from moodcheck.history.store.os_keyring import keep_in_keyring as keep

    keep(path, passphrase)


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _part(part: str) -> Iterator[None]:
    """Say which part is missing when an import inside fails for want of it."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _NEEDED:
            raise part_missing("The history", part) from None
        raise
