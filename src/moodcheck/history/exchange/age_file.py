"""Content encrypted with a passphrase, so that the public tools age and rage open it too."""

from __future__ import annotations

from types import ModuleType

from moodcheck.errors import Locked
from moodcheck.installation import part_missing

_STARTS = (b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")


def is_encrypted(content: bytes) -> bool:
    """Return whether the content is an age file, armoured or not."""
    return content.startswith(_STARTS)


def refuse_if_not_installed() -> None:
    """Raise PartNotInstalled where the part `age` is not installed."""
    _pyrage()


def encrypted(content: str, passphrase: str) -> bytes:
    """Return the content as an age file that the passphrase opens.

    Raises:
        PartNotInstalled: when the part `age` is not installed.
    """
    return bytes(_pyrage().passphrase.encrypt(content.encode(), passphrase))


def decrypted(content: bytes, passphrase: str) -> bytes:
    """Return the content of an age file.

    Raises:
        Locked: when the passphrase does not open it, or somebody changed the file.
        PartNotInstalled: when the part `age` is not installed.
    """
    pyrage = _pyrage()
    try:
        return bytes(pyrage.passphrase.decrypt(content, passphrase))
    except pyrage.DecryptError:
        raise Locked(
            "The encrypted export stayed locked", mend="Check the passphrase and the file"
        ) from None


def _pyrage() -> ModuleType:
    try:
        import pyrage
    except ModuleNotFoundError:
        raise part_missing("An encrypted export", "age") from None
    module: ModuleType = pyrage
    return module
