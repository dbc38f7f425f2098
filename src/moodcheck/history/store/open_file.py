"""An open store file: reading, changing, and noticing that it is damaged, gone or rekeyed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from moodcheck.errors import IOFailed, Locked, MoodcheckError
from moodcheck.history.store.connection import (
    DamagedError,
    Opened,
    open_connection,
    rows_of,
    transaction,
    translated_errors,
)
from moodcheck.history.store.keys import StoreKey

if TYPE_CHECKING:
    import apsw


class OpenFile:
    """The file behind a store, open; everything is read and written through it."""

    def __init__(self, opened: Opened, path: Path) -> None:
        self._connection, self._key = opened.connection, opened.key
        self._path = path
        self._identity = _identity(path)
        """None for a store that is being made and does not have its name yet."""
        self._held: set[str] = set()
        self._notice: Callable[[bool], None] = lambda _found: None
        self.damage: datetime | None = None
        """When damage was last noticed in it; None where it never was, or is mended."""

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store; nothing can be read from it afterwards."""
        self.close_file()

    def close_file(self) -> None:
        """Close the store; nothing can be read from it afterwards."""
        self._connection.close(force=True)

    def was_opened_by(self, typed: str) -> bool:
        """Return whether this passphrase opened it; works also when the file is gone or changed."""
        key = StoreKey.new(typed, self._key.salt)
        return secrets.compare_digest(key.key, self._key.key)

    def on_damage(self, notice: Callable[[bool], None]) -> None:
        """Have `notice` called: True when damage is met, False when all is found whole."""
        self._notice = notice

    def look_through(self) -> None:
        """Read every page once. Raises DamagedError when one cannot be read."""
        with self._reading() as connection:
            if rows_of(connection, "PRAGMA quick_check") != [("ok",)]:
                raise DamagedError("A page of the history does not fit the others")

    @contextmanager
    def _changing(self) -> Iterator[apsw.Connection]:
        self._refuse_gone()
        with self._noticing_damage(), transaction(self._connection, self._path) as change:
            yield change
        # What is written to a file that has lost its name is gone when the file is closed.
        self._refuse_gone()

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        self._refuse_gone()
        with self._noticing_damage(), translated_errors(self._path):
            yield self._connection

    @contextmanager
    def _noticing_damage(self) -> Iterator[None]:
        try:
            yield
        except DamagedError:
            if self._is_locked_anew():
                raise IOFailed(
                    f"The history {self._path} was given another passphrase while "
                    "it was open here (or its first page is damaged); nothing more can be saved",
                    mend="Open it again with the passphrase that it has now",
                ) from None
            self._notice(True)  # noqa: FBT003 - it is what was found
            raise

    def _is_locked_anew(self) -> bool:
        try:
            open_connection(self._path, self._key).connection.close(force=True)
        except Locked:
            return True
        except MoodcheckError:
            return False
        return False

    def _refuse_gone(self) -> None:
        """Raise IOFailed when the file was deleted or replaced while it was open."""
        if self._identity is not None and _identity(self._path) != self._identity:
            raise IOFailed(
                f"The history {self._path} was deleted or replaced while it was "
                "open here; nothing more can be saved in it",
                mend="Write down what is not saved, and restore a backup",
            )


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another of the same name; None where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
