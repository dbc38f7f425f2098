"""Errors of the cipher library, translated into those of moodcheck."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from moodcheck.errors import BadData, IOFailed, Locked


class DamagedError(BadData):
    """Something in the store cannot be read as it was written."""


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Translate every error of the database inside; the messages never say what stands in it.

    Raises:
        IOFailed: when the disk is full or gone, or another program holds the store.
        BadData: when a page cannot be read as it was written.
    """
    name = str(path)
    try:
        yield
    except apsw.FullError:
        raise IOFailed(
            f"The disk of the history {name} is full; what was saved before is still there",
            mend="Make room, and do it again",
        ) from None
    except (apsw.BusyError, apsw.LockedError):
        raise IOFailed(
            f"Another program is using the history {name}",
            mend="Close the other one, and do it again",
        ) from None
    except (apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError):
        raise IOFailed(
            f"The history {name} cannot be read or written; what was saved before is still there",
            mend="Check the disk, the folder and who may write there",
        ) from None
    except apsw.SQLError:
        raise BadData(
            f"The tables in the history {name} are not those of moodcheck",
            mend="Run 'moodcheck history verify', and restore a backup",
        ) from None
    except (apsw.NotADBError, apsw.CorruptError, UnicodeDecodeError):
        raise DamagedError(
            f"The history {name} is damaged",
            mend="Run 'moodcheck history verify' to see what can still be read",
        ) from None
    except apsw.Error as error:
        raise IOFailed(
            f"The history {name} could not be used ({type(error).__name__})",
            mend="Run 'moodcheck history verify'",
        ) from None


@contextmanager
def wrong_key_as_locked(path: Path) -> Iterator[None]:
    """Translate what a wrong key looks like into `Locked`; a damaged first page looks the same."""
    try:
        yield
    except apsw.NotADBError:  # a file that was cut off between two pages is another error
        raise Locked(
            f"The history {path} could not be unlocked: "
            "the passphrase is wrong, or the file is damaged",
            mend="Try again",
        ) from None
