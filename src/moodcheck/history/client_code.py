"""A client code: a counselor's pseudonym for a person, and never a name or a file name."""

from __future__ import annotations

import re

from moodcheck.errors import UsageError

OWN = "me"
"""The client code under which a person keeps their own check-ins."""

LONGEST = 64

# ASCII alone: two codes that look alike in two alphabets would be two people.
_CODE = re.compile(r"[A-Za-z0-9._-]{1,64}")
_NO_FILE_NAME = frozenset({".", ".."})


def client_code(text: str) -> str:
    """Return `text` as a client code, as it was typed.

    Raises:
        UsageError: when it is not 1–64 letters, digits or any of `-_.`.
    """
    if not _CODE.fullmatch(text) or text in _NO_FILE_NAME:
        raise UsageError(
            f"'{text[:LONGEST]}' cannot be a client code",
            mend=f"Use 1 to {LONGEST} letters (a–z), digits, or any of - _ . and no name",
        )
    return text


def counselors_code(text: str) -> str:
    """Return `text` as the code of a counselor's client.

    Raises:
        UsageError: when it cannot be one, or is the code of the person's own check-ins.
    """
    code = client_code(text)
    if same_client(code, OWN):
        raise UsageError(
            f"'{OWN}' is where a person's own check-ins are kept",
            mend=f"Use another client code, or moodcheck check --save for '{OWN}'",
        )
    return code


def same_client(one: str, other: str) -> bool:
    """Return whether two client codes are one: case does not tell people apart."""
    return one.lower() == other.lower()
