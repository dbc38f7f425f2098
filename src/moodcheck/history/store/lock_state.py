"""What is known of a store while it is locked, in a small file beside it, 0600.

Nothing depends on it: whoever removes the file removes only what it says.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from moodcheck.errors import MoodcheckError
from moodcheck.files.private_file import open_private
from moodcheck.files.reading import read_file
from moodcheck.files.strict_json import NotStrictJsonError, parse

_SUFFIX = "-unlocking"
_LONGEST_WAIT = 30
"""Seconds."""
_LARGEST = 1_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class LockState:
    """What the file says."""

    wrong_tries: int = 0
    """How often a wrong passphrase was typed since the store was last unlocked."""
    last_try: datetime | None = None
    """When that was last."""
    damaged: datetime | None = None
    """When damage was last noticed in the store; None where it never was, or is mended."""

    def wait(self, now: datetime) -> float:
        """Return how many seconds have to pass before the next try: 1, 2, 4 … 30 after each."""
        if not self.wrong_tries or self.last_try is None:
            return 0
        pause = min(2.0 ** min(self.wrong_tries - 1, 10), _LONGEST_WAIT)
        # A clock that was set back makes nobody wait longer than that.
        passed = max((now - self.last_try).total_seconds(), 0)
        return max(pause - passed, 0)


def read_lock_state(store: Path) -> LockState:
    """Return what is known of the store at that path; nothing where the file makes no sense."""
    try:
        content: Any = parse(read_file(_file(store), most=_LARGEST)[1])
        wrong = content["wrong"]
        return LockState(
            wrong_tries=wrong if isinstance(wrong, int) and 0 <= wrong < 10**9 else 0,
            last_try=_moment(content["last"]),
            damaged=_moment(content["damaged"]),
        )
    except (MoodcheckError, NotStrictJsonError, ValueError, KeyError, TypeError):
        return LockState()


def wait_before_unlocking(store: Path, now: datetime) -> float:
    """Return how many seconds have to pass before the next try at a passphrase: 0 to 30."""
    return read_lock_state(store).wait(now)


def count_wrong_try(store: Path, now: datetime) -> None:
    """Count one more wrong passphrase."""
    known = read_lock_state(store)
    _write(store, replace(known, wrong_tries=known.wrong_tries + 1, last_try=now))


def forget_wrong_tries(store: Path) -> None:
    """Start counting anew."""
    _write(store, LockState(damaged=read_lock_state(store).damaged))


def note_damage(store: Path, found: datetime | None) -> None:
    """Keep when damage was first noticed; None says that there is none."""
    known = read_lock_state(store)
    if (known.damaged is None) != (found is None):
        _write(store, replace(known, damaged=found))


def remove_lock_state(store: Path) -> None:
    """Remove the file."""
    with suppress(OSError):
        _file(store).unlink()


def _file(store: Path) -> Path:
    return store.with_name(store.name + _SUFFIX)


def _write(store: Path, known: LockState) -> None:
    if known == LockState():
        remove_lock_state(store)
        return
    content = {
        "wrong": known.wrong_tries,
        "last": known.last_try and known.last_try.isoformat(),
        "damaged": known.damaged and known.damaged.isoformat(),
    }
    # A full disk keeps nobody out of the store.
    with suppress(OSError), open_private(_file(store), may_exist=True) as file:
        file.write(json.dumps(content).encode())


def _moment(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    at = datetime.fromisoformat(text)
    return at if at.tzinfo is not None and at.utcoffset() is not None else None
