"""Files that only their owner can read, made where nothing is yet."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from moodcheck.errors import CannotCreate, IOFailed
from moodcheck.files.paths import refuse_url


def open_private(path: Path, *, may_exist: bool = False) -> BinaryIO:
    """Open a file for writing, 0600 whatever the umask is. A link is never followed.

    Args:
        path: where the file is made.
        may_exist: whether a file that is there already may be emptied.

    Raises:
        OSError: when that cannot be done; FileExistsError when something has that name.
    """
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    flags |= os.O_TRUNC if may_exist else os.O_EXCL
    file = os.fdopen(os.open(path, flags, 0o600), "wb")
    if hasattr(os, "fchmod") and not may_exist:
        os.fchmod(file.fileno(), 0o600)  # the umask may have taken away what the owner needs
    return file


def refuse_unwritable(path: Path) -> None:
    """Say before the questions, not after them, that a file cannot be created there.

    Raises:
        UsageError: when the path looks like a URL.
        CannotCreate: when something has that name already, or the folder is not there or
            cannot be written to.
    """
    refuse_url(str(path))
    name = str(path)
    if "\0" in str(path):
        raise CannotCreate(f"This cannot be a file name: {name}", mend="Choose another name")
    if os.path.lexists(path):
        raise CannotCreate(
            f"{name} already exists, and moodcheck does not overwrite files",
            mend="Choose another name, or remove it first",
        )
    refuse_unwritable_folder(path)


def refuse_unwritable_folder(path: Path) -> None:
    """Raise CannotCreate when the folder of `path` is not there, or cannot be written to."""
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise CannotCreate(
            f"{path} cannot be created: its folder does not exist or is read-only",
            mend="Choose another folder",
        )


def write_private(path: Path, content: str | bytes) -> None:
    """Create `path` with permissions 0600 and write to it; a text as UTF-8.

    Raises:
        UsageError, CannotCreate: as `refuse_unwritable`.
        IOFailed: when writing breaks off; nothing is left behind then.
    """
    refuse_unwritable(path)
    name = str(path)
    try:
        file = open_private(path)
    except OSError as error:
        raise CannotCreate(
            f"{name} cannot be created: {error.strerror}", mend="Choose another name or folder"
        ) from None
    with ExitStack() as undo:
        undo.callback(path.unlink, missing_ok=True)
        try:
            with file:
                file.write(content.encode() if isinstance(content, str) else content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise IOFailed(
                f"Writing {name} stopped before the end ({error.strerror}); nothing was left there",
                mend="Free some space, or choose another folder",
            ) from None
        undo.pop_all()
