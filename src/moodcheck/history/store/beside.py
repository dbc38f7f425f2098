"""What has to be known of a store while it is locked, in a small file beside it, 0600.

Without it nothing breaks: whoever removes it removes only what it tells.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

END = "-unlocking"
"""Of the name; the rest is the store's."""
LONGEST_WAIT = 30
"""Seconds."""
_LARGEST = 1_000


@dataclass(frozen=True, slots=True)
class Beside:
    """What the file tells."""

    wrong: int = 0
    """How often a wrong passphrase was tried since the store was last unlocked."""
    last: datetime | None = None
    """When that was last."""
    damaged: datetime | None = None
    """When damage was last noticed in the store; None where it never was, or is mended."""

    def wait(self, now: datetime) -> float:
        """Return how many seconds have to pass before the next try: 1, 2, 4 … 30 after each."""
        if not self.wrong or self.last is None:
            return 0
        pause = min(2.0 ** min(self.wrong - 1, 10), LONGEST_WAIT)
        passed = (now - self.last).total_seconds()
        # A clock that was set back makes nobody wait longer than that.
        return pause - passed if 0 <= passed < pause else (pause if passed < 0 else 0)


def read_beside(path: Path) -> Beside:
    """Return what is known of the store at `path`; nothing where the file tells nothing."""
    try:
        file = _file(path)
        if not stat.S_ISREG(file.lstat().st_mode):
            return Beside()
        with file.open("rb") as opened:
            told = json.loads(opened.read(_LARGEST))
        wrong = told["wrong"]
        return Beside(
            wrong=wrong if isinstance(wrong, int) and 0 <= wrong < 10**9 else 0,
            last=_moment(told["last"]),
            damaged=_moment(told["damaged"]),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Beside()


def note_wrong(path: Path, now: datetime) -> None:
    """Count one more wrong try."""
    known = read_beside(path)
    _write(path, replace(known, wrong=known.wrong + 1, last=now))


def forget_wrong(path: Path) -> None:
    """Begin to count anew."""
    _write(path, Beside(damaged=read_beside(path).damaged))


def note_damage(path: Path, found: datetime | None) -> None:
    """Keep that damage was noticed, or with None that there is none."""
    known = read_beside(path)
    if (known.damaged is None) != (found is None):
        _write(path, replace(known, damaged=found))


def forget_beside(path: Path) -> None:
    """Remove the file."""
    with suppress(OSError):
        _file(path).unlink()


def _file(path: Path) -> Path:
    return path.with_name(path.name + END)


def _write(path: Path, known: Beside) -> None:
    if known == Beside():
        forget_beside(path)
        return
    told = {
        "wrong": known.wrong,
        "last": known.last and known.last.isoformat(),
        "damaged": known.damaged and known.damaged.isoformat(),
    }
    # On a full disk nobody is kept out, and nobody is told a lie.
    with suppress(OSError):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(_file(path), flags, 0o600), "w", encoding="ascii") as file:
            json.dump(told, file)


def _moment(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    at = datetime.fromisoformat(text)
    return at if at.tzinfo is not None and at.utcoffset() is not None else None
