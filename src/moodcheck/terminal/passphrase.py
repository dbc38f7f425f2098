"""A passphrase from a person, hidden while it is typed, or from another program's descriptor."""

from __future__ import annotations

import getpass
import os
import sys
import warnings

from moodcheck.errors import Locked, UsageError
from moodcheck.terminal.console import is_terminal, say
from moodcheck.translation import gettext as _

SHORTEST = 8
"""Characters of a new passphrase that a person types."""

LONGEST = 1_024
"""Bytes; what a descriptor gives beyond that is a mistake."""

_STRONG = 3
"""Of zxcvbn's 0 to 4: it would take a good deal of guessing."""


def passphrase_from(descriptor: int) -> str:
    """Return the first line that an open file descriptor gives.

    Raises:
        UsageError: when it is not open, is no text, or gives nothing.
    """
    try:
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            line = stream.readline(LONGEST + 1).rstrip(b"\r\n")
        passphrase = line.decode()
    except (OSError, ValueError):
        raise UsageError(
            f"No passphrase can be read from descriptor {descriptor}",
            mend="Open it for reading: moodcheck … --passphrase-fd 3 3<file",
        ) from None
    if not passphrase or len(line) > LONGEST:
        raise UsageError(
            f"Descriptor {descriptor} gives no passphrase, or one over {LONGEST} bytes",
            mend="Let its first line be the passphrase",
        )
    return passphrase


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
    say(f"{about}\n")
    while True:
        chosen = asked_passphrase(_("New passphrase: "))
        if len(chosen) < SHORTEST:
            said = _("Please use at least {count} characters; a few words are easy to remember.")
            say(f"{said.format(count=SHORTEST)}\n")
            continue
        if is_easily_guessed(chosen):
            said = _(
                "That would not take long to guess. A few words that do not belong together are "
                "better. Type it once more to use it all the same, or something else to begin anew."
            )
            say(f"{said}\n")
        if asked_passphrase(_("The same once more: ")) == chosen:
            return chosen
        say(_("The two were not the same.") + "\n")


def is_easily_guessed(passphrase: str) -> bool:
    """Return whether common guesses would find it soon."""
    from zxcvbn import zxcvbn

    # Its time grows with the square of the length; the beginning tells enough.
    return bool(zxcvbn(passphrase[:72])["score"] < _STRONG)
