"""A new store: made whole under another name in its folder, and only then put in its place."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from moodcheck.errors import CannotCreate, IOFailed
from moodcheck.files.local_path import refuse_url
from moodcheck.files.processes import is_running
from moodcheck.history.store.store_file import SIDE_FILES
from moodcheck.safe_text import safe_text

_MARK = ".moodcheck-new-"
_LONG = 3_600
"""Seconds after which nobody makes a store any more: another process may have the same id."""
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.EINVAL, errno.EMLINK, errno.ENOSYS, errno.ENOTSUP}
"""What a disk says that gives no file a second name."""


@contextmanager
def being_made(path: Path, *, is_copy: bool = False) -> Iterator[Path]:
    """Give an empty file, 0600, beside `path`; put it there when the block ends well.

    `is_copy`: of a history that is elsewhere, as messages then say.

    A folder that is not there is made, 0700. What stands at `path` stays, also when another
    program has put it there meanwhile.

    Raises:
        UsageError: when the path looks like a URL.
        CannotCreate: when something has that name, or the folder cannot be made or written to.
        IOFailed: when the disk fails while it is put there; says so where it is there already.
    """
    refuse_url(str(path))
    part = path.with_name(f"{_MARK}{os.getpid()}-{secrets.token_hex(4)}")
    try:
        _refuse_taken(path)
        _make_folder(path.parent)
        sweep(path.parent)
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except (OSError, ValueError) as error:
        raise _cannot_create(path, error, is_copy=is_copy) from None
    try:
        try:
            os.fchmod(descriptor, 0o600)  # the umask may have taken away what the owner needs
        finally:
            os.close(descriptor)
        yield part
        _put(part, path)
    except FileExistsError as error:
        raise _cannot_create(path, error, is_copy=is_copy) from None
    except OSError as error:
        raise IOFailed(
            f"{_called(path, is_copy=is_copy)} could not be made: {error.strerror}",
            mend=f"Make room, or {_elsewhere(is_copy=is_copy)}",
        ) from None
    finally:
        for file in (part, *_beside(part)):
            with suppress(OSError):
                file.unlink()
    _keep_names(path, _called(path, is_copy=is_copy))


def sweep(folder: Path) -> None:
    """Remove the new stores in a folder that this user's programs did not live to finish."""
    with suppress(OSError):
        for left in folder.iterdir():
            process = left.name.removeprefix(_MARK).partition("-")[0]
            if left.name.startswith(_MARK) and process.isdecimal():
                _remove_orphan(left, int(process))


def sync_folder(folder: Path) -> None:
    """Have the disk keep which names a folder has. Raises OSError when the disk fails."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError:  # a folder may be written to and not be listed
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_LINKS:  # nor can every disk do this
            raise
    finally:
        os.close(descriptor)


def _refuse_taken(path: Path) -> None:
    # What a lost store left beside itself would be taken for a part of the new one.
    for file in (path, *_beside(path)):
        with suppress(FileNotFoundError):
            file.lstat()
            raise FileExistsError(errno.EEXIST, f"{safe_text(file.name)} is there already")


def _beside(path: Path) -> list[Path]:
    return [path.with_name(path.name + end) for end in SIDE_FILES]


def _make_folder(folder: Path) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    if missing:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    for one in missing:
        sync_folder(one.parent)


def _put(part: Path, path: Path) -> None:
    """Give the file its name, unless something has it. Raises OSError."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(part, path)  # a rename would take the place of what is there
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _put_without_link(part, path)


def _put_without_link(part: Path, path: Path) -> None:
    # A kill between the two leaves an empty file, of which opening it says what to do.
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        part.replace(path)
    except BaseException:
        path.unlink()
        raise


def _keep_names(path: Path, called: str) -> None:
    try:
        sync_folder(path.parent)
    except OSError as error:
        # It is not taken back: another program may have it open already.
        raise IOFailed(
            f"{called} is made, and may be gone after a power cut: {error.strerror}",
            mend="Check the disk, and do it again",
        ) from None


def _remove_orphan(left: Path, process: int) -> None:
    with suppress(OSError):
        found = left.lstat()
        is_ours = not hasattr(os, "getuid") or found.st_uid == os.getuid()
        is_over = not is_running(process) or time.time() - found.st_mtime > _LONG
        if stat.S_ISREG(found.st_mode) and is_ours and is_over:
            left.unlink()


def _cannot_create(path: Path, error: OSError | ValueError, *, is_copy: bool) -> CannotCreate:
    reason = getattr(error, "strerror", None) or "no file can be called that"
    mend = _elsewhere(is_copy=is_copy)
    mend = mend[0].upper() + mend[1:]
    if isinstance(error, FileExistsError) and not is_copy:
        mend += "; or do it again, if another program has just made it"
    return CannotCreate(f"{_called(path, is_copy=is_copy)} cannot be made: {reason}", mend=mend)


def _called(path: Path, *, is_copy: bool) -> str:
    return f"The {'backup' if is_copy else 'history'} {safe_text(str(path))}"


def _elsewhere(*, is_copy: bool) -> str:
    return "choose another name or folder" if is_copy else "choose another place with --store FILE"
