"""An output that is there whole or not at all: written beside its place, then moved there."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from moodcheck.errors import CannotCreate, IOFailed
from moodcheck.files.local_path import refuse_url
from moodcheck.files.processes import is_running
from moodcheck.safe_text import safe_text

_MARK = ".moodcheck-part-"


def refuse_unplaceable(path: Path) -> None:
    """Say before the work, not after it, that a file cannot be put there.

    Raises:
        UsageError: when the path looks like a URL.
        CannotCreate: when the folder is not there or cannot be written to, or when what has that
            name is no file.
    """
    refuse_url(str(path))
    name = safe_text(str(path))
    try:
        found = path.lstat()
    except FileNotFoundError:
        found = None
    except (OSError, ValueError):
        raise CannotCreate(
            f"This cannot be a file name: {name}", mend="Choose another name"
        ) from None
    if found is not None and not stat.S_ISREG(found.st_mode):
        raise CannotCreate(
            f"{name} is a link, a folder or a device, not a file that can be replaced",
            mend="Name the file itself, or another one",
        )
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise CannotCreate(
            f"{name} cannot be created: its folder does not exist or is read-only",
            mend="Choose another folder",
        )


def next_free(path: Path) -> Path:
    """Return `path`, or its first numbered sibling that does not exist: `alerts-2.csv`."""
    found, number = path, 1
    while os.path.lexists(found):
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Give an empty file, 0600, beside `path`; put it there when the block ends well.

    What an earlier run left beside it, because it was killed, is removed.

    Raises:
        CannotCreate: when no file can be made there.
        IOFailed: when writing it out breaks off; the old file stays then.
    """
    name = safe_text(str(path))
    sweep(path)
    beside = path.with_name(f".{path.name}{_MARK}{os.getpid()}-{secrets.token_hex(4)}")
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise CannotCreate(
            f"{name} cannot be created: {error.strerror}", mend="Choose another name or folder"
        ) from None
    try:
        yield beside
        _move(beside, path, name)
    except BaseException:
        _remove(beside)
        raise


def sweep(path: Path) -> None:
    """Remove what runs that are no longer there left beside `path`."""
    for left in path.parent.glob(f".{_literal(path.name)}{_MARK}*"):
        process = left.name.partition(_MARK)[2].partition("-")[0]
        if process.isdecimal() and not is_running(int(process)):
            _remove(left)


def _move(beside: Path, path: Path, name: str) -> None:
    try:
        beside.chmod(0o700 if beside.is_dir() else 0o600)  # a cluster writes a folder of parts
        descriptor = os.open(beside, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        beside.replace(path)
    except OSError as error:
        raise IOFailed(
            f"Writing {name} stopped before the end ({error.strerror}); "
            "what was there before is still there",
            mend="Free some space, or choose another folder",
        ) from None


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _literal(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)
