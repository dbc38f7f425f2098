"""Paths that a person names. moodcheck opens no network connection, so a URL is never one."""

from __future__ import annotations

import re

from moodcheck.errors import UsageError
from moodcheck.safe_text import safe_text

_URL = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:/")


def refuse_url(name: str) -> None:
    """Raise UsageError when `name` looks like an address on a network."""
    if _URL.match(name) or name.startswith("\\\\"):
        raise UsageError(
            f"'{safe_text(name)}' looks like a network address, and moodcheck never goes online",
            mend="Give the path of a local file",
        )
