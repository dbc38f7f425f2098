"""Passphrases: typed unseen by a person, or read from a file descriptor."""

from __future__ import annotations

import getpass
import os
import re
import sys
import unicodedata
import warnings
from collections.abc import Callable
from typing import BinaryIO

from moodcheck.errors import Locked, UsageError
from moodcheck.terminal.console import is_terminal, say, tell
from moodcheck.terminal.plain_view import CLEAR_ALL
from moodcheck.translation import gettext as _

SHORTEST = 8
"""Characters of a new passphrase that a person types."""

LONGEST = 1_024
"""Bytes of a passphrase or a code; a descriptor that gives more was given by mistake."""

_WEAK = (
    "That passphrase would not take long to guess. A few words that do not belong together are "
    "better."
)

_STRONG = 3
"""Of zxcvbn's 0 to 4: it would take a good deal of guessing."""


def passphrase_from(descriptor: int) -> str:
    """Return the first line that an open file descriptor gives.

    Raises:
        UsageError: when it is not open, is no text, or gives nothing.
    """
    passphrase = _text_from(descriptor, "passphrase", lambda stream, size: stream.readline(size))
    if not passphrase:
        raise UsageError(
            f"Descriptor {descriptor} gives no passphrase",
            mend="Let its first line be the passphrase",
        )
    return passphrase


def code_from(descriptor: int) -> str:
    """Return the recovery code that an open file descriptor gives, on one line or several.

    Raises:
        UsageError: when it is not open, or is no text.
        Locked: when it gives no digits.
    """
    text = _text_from(descriptor, "recovery code", lambda stream, size: stream.read(size))
    code = " ".join(text.split())
    if not re.fullmatch(r"[\d -]+", code):
        raise Locked(
            f"Descriptor {descriptor} gives no recovery code, which has digits alone",
            mend="Give what 'moodcheck history recovery-code' showed",
        )
    return code


def _text_from(descriptor: int, what: str, read: Callable[[BinaryIO, int], bytes]) -> str:
    try:
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            given = read(stream, LONGEST + 1).rstrip(b"\r\n")
        text = given.decode()
    except (OSError, ValueError):
        raise UsageError(
            f"No {what} can be read from descriptor {descriptor}",
            mend="Open it for reading, as in: moodcheck … --passphrase-fd 3 3<file",
        ) from None
    if len(given) > LONGEST:
        raise UsageError(
            f"Descriptor {descriptor} gives over {LONGEST} bytes, which is no {what}",
            mend=f"Let it give the {what} and nothing else",
        )
    return text


def asked_passphrase(prompt: str) -> str:
    """Ask a person for a passphrase; nothing of it is shown.

    Raises:
        Locked: when there is no terminal at which it could be typed unseen.
    """
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise Locked(
            "The history is locked, and there is no terminal at which to ask for its passphrase",
            mend="Use a terminal, or give it with --passphrase-fd N",
        )
    with warnings.catch_warnings():
        # It would be shown while it is typed.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt, stream=sys.stderr)
        except (getpass.GetPassWarning, EOFError):
            raise Locked("No passphrase was typed", mend="Try again") from None


def new_passphrase(about: str) -> str:
    """Ask a person for a new passphrase, twice, until it is long enough and typed alike.

    Args:
        about: what they should know before they choose one.

    Raises:
        Locked: as `asked_passphrase`.
    """
    tell(about)
    while True:
        chosen = _normal(asked_passphrase(_("New passphrase: ")))
        if len(chosen) < SHORTEST:
            said = _("Please use at least {count} characters; a few words are easy to remember.")
            tell(said.format(count=SHORTEST))
            continue
        if is_easily_guessed(chosen):
            said = _("Type it once more to use it all the same, or something else to begin again.")
            tell(f"{_(_WEAK)} {said}")
        if _normal(asked_passphrase(_("The same once more: "))) == chosen:
            return chosen
        tell(_("The two were not the same."))


def warn_if_weak(passphrase: str) -> None:
    """Say so where a new passphrase that a program gave would soon be guessed."""
    chosen = _normal(passphrase)
    if len(chosen) < SHORTEST or is_easily_guessed(chosen):
        tell(_(_WEAK))


def offer_recovery_code(make: Callable[[], str]) -> None:
    """Ask whether a person wants a recovery code; show it until they have written it down.

    Args:
        make: returns the code.
    """
    question = _(
        "If you forget the passphrase, a recovery code opens the history without it. It is 25 "
        "groups of digits to write down. Whoever has it can read everything. Make one now? "
        "Type y, or press Enter for no; 'moodcheck history recovery-code' makes one later."
    )
    tell(question)
    say("> ")
    if not sys.stdin.readline().strip().lower().startswith("y"):
        return
    done = _("Write it down, and press Enter: the screen and its scrollback will be cleared.")
    tell("", *make().split("\n"), "", done)
    sys.stdin.readline()
    if os.environ.get("TERM", "dumb") != "dumb":
        say(CLEAR_ALL)


def _normal(passphrase: str) -> str:
    """Return it as the store takes it, however a keyboard composed its letters."""
    return unicodedata.normalize("NFC", passphrase)


def is_easily_guessed(passphrase: str) -> bool:
    """Return whether common guesses would find it soon."""
    from zxcvbn import zxcvbn

    # Its time grows with the square of the length; the beginning tells enough.
    return bool(zxcvbn(passphrase[:72])["score"] < _STRONG)
