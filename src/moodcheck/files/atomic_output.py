"""Output that is there whole or not at all: written beside its place, then moved there."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from moodcheck.errors import CannotCreate, IOFailed
from moodcheck.files.leftovers import remove, sweep, working_name
from moodcheck.files.paths import refuse_url
from moodcheck.files.private_file import open_private, refuse_unwritable_folder

_NOT_SUPPORTED = {
    errno.EPERM, errno.EACCES, errno.EINVAL, errno.EMLINK, errno.ENOSYS, errno.ENOTSUP,
}  # fmt: skip
"""What a system answers that cannot give a file a second name, or open or sync a folder."""

_PART, _NEW = ".moodcheck-part-", ".moodcheck-new-"
_LONGEST_CREATION = 3_600
"""Seconds; a file that is made and not changed for longer was left by a run that was killed."""


def refuse_unplaceable(path: Path) -> None:
    """Say before the work, not after it, that `atomic_output` cannot put a file there.

    Raises:
        UsageError: when the path looks like a URL.
        CannotCreate: when the folder is not there or cannot be written to, or when what has that
            name is no file.
    """
    refuse_url(str(path))
    name = str(path)
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
    refuse_unwritable_folder(path)


def next_free(path: Path) -> Path:
    """Return `path`, or its first numbered sibling that does not exist: `alerts-2.csv`."""
    found, number = path, 1
    while os.path.lexists(found):
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def set_aside(path: Path) -> Path:
    """Give the file at `path` its first free numbered name instead, and return that.

    Raises:
        IOFailed: when that cannot be done; FileNotFoundError when there is no file.
    """
    while True:
        path.lstat()
        aside = next_free(path)
        try:
            open_private(aside).close()
        except FileExistsError:
            continue  # another run was faster
        except OSError as error:
            raise IOFailed(
                f"{path} could not be kept as {aside} ({error.strerror}), so it was not replaced",
                mend="Choose another folder",
            ) from None
        try:
            return path.replace(aside)
        except BaseException:
            remove(aside)
            raise


@contextmanager
def atomic_output(path: Path, *, replaces: bool = True) -> Iterator[Path]:
    """Give an empty file, 0600, beside `path`; move it there when the block ends without an error.

    What an earlier run left beside it, because it was killed, is removed. A cluster may put a
    folder of parts in place of the empty file.

    Args:
        path: where it goes.
        replaces: whether it may take the place of what is there.

    Raises:
        CannotCreate: when no file can be made there, or something is there that may not be
            replaced.
        IOFailed: when writing it out breaks off; the old file stays then.
    """
    name, mark = str(path), f".{path.name}{_PART}"
    sweep(path.parent, mark, folders=True)
    part = path.with_name(working_name(mark))
    try:
        open_private(part).close()
    except OSError as error:
        raise CannotCreate(
            f"{name} cannot be created: {error.strerror}", mend="Choose another name or folder"
        ) from None
    try:
        yield part
        put_in_place(part, path, replaces=replaces)
    except BaseException:
        remove(part)
        raise


def put_in_place(part: Path, path: Path, *, replaces: bool = True) -> None:
    """Move what was written to where it belongs, for its owner alone; as `atomic_output`."""
    name = str(path)
    try:
        part.chmod(0o700 if part.is_dir() else 0o600)
        _sync(part)
        if replaces:
            part.replace(path)
        else:
            _name(part, path)
            remove(part)
    except FileExistsError:
        raise CannotCreate(
            f"{name} appeared while this ran, and it is not replaced", mend="Do it again"
        ) from None
    except OSError as error:
        raise IOFailed(
            f"Writing {name} stopped before the end ({error.strerror}); "
            "what was there before is still there",
            mend="Free some space, or choose another folder",
        ) from None


@contextmanager
def atomic_create(
    path: Path, *, called: str, elsewhere: str, if_taken: str = "", side_files: Sequence[str] = ()
) -> Iterator[Path]:
    """Give an empty file, 0600, beside `path`; name it so when the block ends without an error.

    What is at `path` stays, also when another program has put it there meanwhile. A folder that
    is not there is made, 0700.

    Args:
        path: where nothing is yet.
        called: what messages call the file.
        elsewhere: how to choose another place, as messages end.
        if_taken: what they say beyond that where something has the name.
        side_files: endings of the files that the block may leave beside its own, which are
            removed; beside `path` there may be none.

    Raises:
        UsageError: when the path looks like a URL.
        CannotCreate: when something has that name, or the folder cannot be made or written to.
        IOFailed: when the disk fails; says so where the file is there all the same.
    """

    def cannot_create(error: OSError | ValueError) -> CannotCreate:
        reason = getattr(error, "strerror", None) or "no file can be called that"
        mend = elsewhere[0].upper() + elsewhere[1:]
        mend += if_taken if isinstance(error, FileExistsError) else ""
        return CannotCreate(f"{called} cannot be made: {reason}", mend=mend)

    refuse_url(str(path))
    part = path.with_name(working_name(_NEW))
    try:
        # What a lost file left beside itself would be taken for a part of the new one.
        _refuse_taken([path, *_beside(path, side_files)])
        _make_folder(path.parent)
        sweep_new(path.parent)
        open_private(part).close()
    except (OSError, ValueError) as error:
        raise cannot_create(error) from None
    try:
        yield part
        _sync(part)
        _name(part, path)
    except FileExistsError as error:
        raise cannot_create(error) from None
    except OSError as error:
        raise IOFailed(
            f"{called} could not be made: {error.strerror}", mend=f"Make room, or {elsewhere}"
        ) from None
    finally:
        for file in (part, *_beside(part, side_files)):
            remove(file)
    try:
        sync_folder(path.parent)
    except OSError as error:
        # It is not taken back: another program may have it open already.
        raise IOFailed(
            f"{called} is made, and may be gone after a power cut: {error.strerror}",
            mend="Check the disk, and do it again",
        ) from None


def sweep_new(folder: Path) -> None:
    """Remove what `atomic_create` left in a folder where it was killed."""
    sweep(folder, _NEW, abandoned_after=_LONGEST_CREATION)


def sync_folder(folder: Path) -> None:
    """Have the disk keep which names a folder has. Raises OSError when the disk fails."""
    try:
        _sync(folder)
    except OSError as error:
        if error.errno not in _NOT_SUPPORTED:
            raise


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(path: Path, endings: Sequence[str]) -> list[Path]:
    return [path.with_name(path.name + ending) for ending in endings]


def _refuse_taken(files: Sequence[Path]) -> None:
    for file in files:
        with suppress(FileNotFoundError):
            file.lstat()
            raise FileExistsError(errno.EEXIST, f"{file.name} is there already")


def _make_folder(folder: Path) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    if missing:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    for one in missing:
        sync_folder(one.parent)


def _name(part: Path, path: Path) -> None:
    """Give the file its name, unless something has it. Raises OSError."""
    try:
        os.link(part, path)  # a rename would take the place of what is there
    except OSError as error:
        if error.errno not in _NOT_SUPPORTED:
            raise
        # A kill between the two leaves an empty file, which is refused when it is read.
        open_private(path).close()
        try:
            part.replace(path)
        except BaseException:
            path.unlink()
            raise
