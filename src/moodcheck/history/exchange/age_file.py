"""Content encrypted with a passphrase, so that the public tools age and rage open it too."""

from __future__ import annotations

from types import ModuleType

from moodcheck.errors import Locked
from moodcheck.installation import part_missing

_STARTS = (b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")


_TOO_MUCH_WORK = "Excessive work"
"""What is said where a passphrase would have to be worked on for longer than was measured here."""


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
        Locked: when the passphrase does not open it, somebody changed the file, or it was made
            where a passphrase may take more work than here.
        PartNotInstalled: when the part `age` is not installed.
    """
    pyrage = _pyrage()
    try:
        return bytes(pyrage.passphrase.decrypt(content, passphrase))
    except pyrage.DecryptError as error:
        if _TOO_MUCH_WORK in str(error):
            raise Locked(
                "The encrypted export was made on a faster computer, and this one would take long "
                "to open it",
                mend="Try again when it has less to do; or open it with the program age, and "
                "import the JSON that comes out",
            ) from None
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
