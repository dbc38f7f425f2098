"""Working files and folders: swept by the next run where the one that made them was killed."""

from __future__ import annotations

import math
import os
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from moodcheck.errors import CannotCreate
from moodcheck.files.paths import refuse_url
from moodcheck.safe_text import safe_text


def working_name(mark: str) -> str:
    """Return a new name for a working file of this process, as `sweep` looks for it."""
    return f"{mark}{os.getpid()}-{secrets.token_hex(4)}"


def sweep(
    folder: Path, mark: str, *, folders: bool = False, abandoned_after: float = math.inf
) -> None:
    """Remove the working files in `folder` that this user's runs did not live to remove.

    Args:
        folder: where they are looked for; one that cannot be listed is left as it is.
        mark: how their names begin; the id of their process follows.
        folders: whether a folder of such a name is a leftover, too.
        abandoned_after: seconds without a change after which a file is a leftover although its
            process seems to run, since another process may have been given the same id.
    """
    with suppress(OSError, ValueError):
        for found in folder.iterdir():
            process = found.name.removeprefix(mark).partition("-")[0]
            if found.name.startswith(mark) and process.isdecimal():
                with suppress(OSError):
                    status = found.lstat()
                    is_abandoned = time.time() - status.st_mtime > abandoned_after
                    is_over = is_abandoned or not _is_running(int(process))
                    if is_over and _may_be_ours(status, folders=folders):
                        remove(found)


def remove(path: Path) -> None:
    """Remove a working file or folder, as far as that is possible."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _may_be_ours(status: os.stat_result, *, folders: bool) -> bool:
    is_kind = stat.S_ISREG(status.st_mode) or (folders and stat.S_ISDIR(status.st_mode))
    return is_kind and (not hasattr(os, "getuid") or status.st_uid == os.getuid())


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


_MARK = "moodcheck-spool-"


@contextmanager
def spool(within: Path | None) -> Iterator[Path]:
    """Make a folder that only this user can open, and remove it with everything in it.

    What runs that are no longer there left behind is removed first.

    Args:
        within: where it is made; where the system keeps temporary files when None.

    Raises:
        UsageError: when `within` looks like a URL.
        CannotCreate: when it cannot be made there.
    """
    place = within if within is not None else Path(tempfile.gettempdir())
    refuse_url(str(place))
    sweep(place, _MARK, folders=True)
    try:
        folder = place / working_name(_MARK)
        folder.mkdir(mode=0o700)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no folder can be called that"
        raise CannotCreate(
            f"No temporary copy can be made in {safe_text(str(place))}: {reason}",
            mend="Name another folder with --spool",
        ) from None
    try:
        yield folder
    finally:
        remove(folder)
