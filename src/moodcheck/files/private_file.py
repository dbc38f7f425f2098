"""A file that the person asked for: new, readable by its owner alone, whole or not there."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from moodcheck.errors import CannotCreate, IOFailed
from moodcheck.files.local_path import refuse_url
from moodcheck.safe_text import safe_text


def refuse_unwritable(path: Path) -> None:
    """Say before the questions, not after them, that a file cannot be created there.

    Raises:
        UsageError: when the path looks like a URL.
        CannotCreate: when something has that name already, or the folder is not there or
            cannot be written to.
    """
    refuse_url(str(path))
    name = safe_text(str(path))
    if "\0" in str(path):
        raise CannotCreate(f"This cannot be a file name: {name}", mend="Choose another name")
    if os.path.lexists(path):
        raise CannotCreate(
            f"{name} already exists, and moodcheck does not overwrite files",
            mend="Choose another name, or remove it first",
        )
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise CannotCreate(
            f"{name} cannot be created: its folder does not exist or is read-only",
            mend="Choose another folder",
        )


def write_private(path: Path, content: str | bytes) -> None:
    """Create `path` with permissions 0600 and write to it; a text as UTF-8.

    Raises:
        UsageError, CannotCreate: as `refuse_unwritable`.
        IOFailed: when writing breaks off; nothing is left behind then.
    """
    refuse_unwritable(path)
    try:
        # O_EXCL also refuses a link that appeared since the check.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CannotCreate(
            f"{safe_text(str(path))} cannot be created: {error.strerror}",
            mend="Choose another name or folder",
        ) from None
    with ExitStack() as undo:
        undo.callback(path.unlink, missing_ok=True)
        try:
            with os.fdopen(descriptor, "wb") as file:
                # The umask may have taken away what the owner needs.
                path.chmod(0o600)
                file.write(content.encode() if isinstance(content, str) else content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            name = safe_text(str(path))
            raise IOFailed(
                f"Writing {name} stopped before the end ({error.strerror}); nothing was left there",
                mend="Free some space, or choose another folder",
            ) from None
        undo.pop_all()
