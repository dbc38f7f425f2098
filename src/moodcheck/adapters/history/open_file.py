"""An encrypted file that is open: read, changed as a whole or not, and closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from moodcheck.adapters.history.connection import Opened, changing, rows_of
from moodcheck.adapters.history.faults import DamagedError, told

if TYPE_CHECKING:
    import apsw


class OpenFile:
    """What every part of a store is read and written through."""

    def __init__(self, opened: Opened, path: Path) -> None:
        self._connection, self._key = opened.connection, opened.key
        self._path = path
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

    def notices_damage(self, notice: Callable[[bool], None]) -> None:
        """Have it told whenever damage is met, and when all was read and there is none."""
        self._notice = notice

    def look_through(self) -> None:
        """Read every page once. Raises DamagedError when one cannot be read."""
        with self._reading() as connection:
            if rows_of(connection, "PRAGMA quick_check") != [("ok",)]:
                raise DamagedError("A page of the history does not fit the others")

    @contextmanager
    def _changing(self) -> Iterator[apsw.Connection]:
        with self._noticing(), changing(self._connection, self._path) as change:
            yield change

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        with self._noticing(), told(self._path):
            yield self._connection

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        try:
            yield
        except DamagedError:
            self._notice(True)  # noqa: FBT003 - it is what was found
            raise
