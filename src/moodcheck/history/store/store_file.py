"""The file of a store: where it may be, who may read it, and what it must not be."""

from __future__ import annotations

import os
import stat
from contextlib import AbstractContextManager
from pathlib import Path

from moodcheck.errors import BadData, InputNotFound
from moodcheck.files.atomic_output import atomic_create
from moodcheck.files.paths import refuse_url, user_folder

_PLAINTEXT = b"SQLite format 3\0"
_OTHERS = 0o077
PAGE = 4_096
"""Bytes; a store is made of whole pages."""
SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; encrypted like it."""


def default_store() -> Path:
    """Return where this platform keeps the history of this user."""
    return user_folder() / "history.db"


def new_store_file(path: Path, *, is_copy: bool = False) -> AbstractContextManager[Path]:
    """Give an empty file for a new store, which is named `path` once it is whole.

    Args:
        path: where nothing is yet.
        is_copy: whether it is a backup, as messages then say.

    Raises:
        CannotCreate, IOFailed, UsageError: as `atomic_create`.
    """
    name = str(path)
    if is_copy:
        called, elsewhere, if_taken = "backup", "choose another name or folder", ""
    else:
        called, elsewhere = "history", "choose another place with --store FILE"
        if_taken = "; or do it again, if another program has just made it"
    return atomic_create(
        path,
        called=f"The {called} {name}",
        elsewhere=elsewhere,
        if_taken=if_taken,
        side_files=SIDE_FILES,
    )


def refuse_unusable(path: Path) -> None:
    """Refuse a file that cannot be a store.

    Raises:
        UsageError: when the path looks like a URL.
        InputNotFound: when there is no such file.
        BadData: when it is no regular file of this user's, is empty, or is not encrypted.
    """
    refuse_url(str(path))
    name = str(path)
    try:
        _refuse_what_is_no_file_of_ours(path)
        with path.open("rb") as file:
            start = file.read(len(_PLAINTEXT))
    except FileNotFoundError:
        raise InputNotFound(f"There is no history at {name}", mend=_HOW_TO_BEGIN) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can be called that"
        raise InputNotFound(f"The history {name} cannot be read: {reason}", mend=_CHECK) from None
    if not start:
        raise BadData(
            f"The history {name} is empty: it was cut off, and is not a new one",
            mend="Bring back a copy, or remove the file if there was nothing in it",
        )
    log = path.with_name(path.name + SIDE_FILES[0])
    # A write that broke off leaves half a page; the log then holds the whole page.
    if path.stat().st_size % PAGE and start != _PLAINTEXT and not log.exists():
        raise BadData(f"The history {name} was cut off", mend="Bring back a copy of the file")
    if start == _PLAINTEXT:
        raise BadData(
            f"{name} is a database that is not encrypted, and no history of moodcheck's",
            mend="Name another file with --store",
        )


def _refuse_what_is_no_file_of_ours(path: Path) -> None:
    """Check before opening: opening a pipe could wait for ever, and a link leads elsewhere."""
    side_files = [path.with_name(path.name + end) for end in SIDE_FILES]
    for file in (path, *filter(os.path.lexists, side_files)):
        found = file.lstat()
        name = str(file)
        if not stat.S_ISREG(found.st_mode):
            raise BadData(f"The history {name} is a link or no file", mend="Name the file itself")
        if hasattr(os, "getuid") and found.st_uid != os.getuid():
            raise BadData(f"The history {name} belongs to another user", mend="Use --store FILE")


def close_to_others(path: Path) -> None:
    """Remove all permissions on the file but the owner's."""
    if path.stat().st_mode & _OTHERS:
        path.chmod(0o600)


_HOW_TO_BEGIN = "It is made by 'moodcheck check --save' or 'moodcheck session start CODE'"
_CHECK = "Check the name and who may read it"
