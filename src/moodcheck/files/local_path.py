"""Paths that a person names. moodcheck opens no network connection, so a URL is never one."""

from __future__ import annotations

import os
import re
from pathlib import Path

from moodcheck.errors import UsageError
from moodcheck.safe_text import safe_text

_URL = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:/")


def refuse_url(name: str) -> None:
    """Raise UsageError when `name` looks like an address on a network."""
    if _URL.match(name) or name.startswith("\\\\"):
        raise UsageError(
            f"'{safe_text(name)}' looks like a network address, and moodcheck never goes online",
            mend="Use the path of a local file",
        )


def whole_path(name: str) -> Path:
    """Return the path of a file that a person names: `~` is their home folder, and none is short.

    Raises:
        UsageError: when `name` looks like an address on a network, or names nobody's home folder.
    """
    refuse_url(name)
    try:
        home_filled_in = Path(name).expanduser()
    except (RuntimeError, ValueError):
        raise UsageError(
            f"'{safe_text(name)}' begins with the home folder of a user who does not exist here",
            mend="Use ~/ for your own, or give the whole path",
        ) from None
    # Path.resolve would follow links, which the person did not name.
    return Path(os.path.abspath(home_filled_in))  # noqa: PTH100
