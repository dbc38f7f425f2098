"""A database that lives in the spool for one run: bounded, offline, and gone afterwards."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from moodcheck.batch.embedded import sql
from moodcheck.batch.plan import damaged_input
from moodcheck.errors import IOFailed

if TYPE_CHECKING:
    from moodcheck.batch.row_engine import Progress

MEMORY = "288MB"
"""What the database may hold in memory; the rest of the process comes on top of it."""

_OURS = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)
"""What the engine raises for a statement that is wrong; what else it raises, an input does."""

NOT_OF_AN_INPUT = (
    *_OURS,
    duckdb.InterruptException,
    duckdb.TransactionException,
    duckdb.FatalException,
)
"""What the engine never raises for the bytes of an input."""

# The setting that the engine names where it cannot spill; it is what the disk has room for.
_NO_ROOM = "max_temp_directory_size"

_POLL = 0.3
"""Seconds between two looks at how far a statement is."""


@contextmanager
def opened(spool: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in the spool, and close it.

    Raises:
        IOFailed: when there is no room left.
    """
    with translated_errors(), duckdb.connect() as connection:
        for setting, value in (
            ("memory_limit", MEMORY),
            ("temp_directory", str(spool)),
            ("autoinstall_known_extensions", "false"),
            ("autoload_known_extensions", "false"),
            ("allow_community_extensions", "false"),
            # Rows come out in the order in which they went in, and their numbers are their places.
            ("preserve_insertion_order", "true"),
            # The table is read a few times and thrown away: to compress it takes longer than that.
            ("force_compression", "uncompressed"),
            # Some statements show a bar of their own.
            ("enable_progress_bar", "false"),
        ):
            connection.execute(f"SET {setting} = '{value}'")
        # Nobody will recover it, and to keep a log of long texts takes twice the memory.
        place = sql.text(str(spool / "rows.duckdb"))
        connection.execute(f"ATTACH {place} AS spool (RECOVERY_MODE no_wal_writes)")
        connection.execute("USE spool")
        yield connection


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn what the engine says into what moodcheck says. Never repeats it: it may quote a cell.

    Raises:
        IOFailed: when the disk is full or the memory does not suffice.
        BadData: when an input is not what its beginning promised.
    """
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        if has_no_room(error):
            raise _broken_off() from None
        raise IOFailed(
            "The input holds longer texts than fit into the memory that scoring may use",
            mend="Look for cells of many kilobytes among the ids and the columns that are kept",
        ) from None
    except (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException):
        raise _broken_off() from None
    except _OURS:
        raise
    except (duckdb.InterruptException, RuntimeError) as error:
        # The engine takes the exception of a signal for its own, and raises another.
        if "interrupt" not in str(error).lower():
            raise
        raise KeyboardInterrupt from None
    except duckdb.Error:
        raise damaged_input() from None


def has_no_room(error: duckdb.Error) -> bool:
    """Return whether the engine could not spill what does not fit into memory."""
    return _NO_ROOM in str(error)


def _broken_off() -> IOFailed:
    return IOFailed(
        "Reading or writing failed: the disk is full, or a file is gone",
        mend="Free some space, or choose a folder with more room with --spool",
    )


@contextmanager
def watched(connection: duckdb.DuckDBPyConnection, rows: int, progress: Progress) -> Iterator[None]:
    """While inside, tell how far the running statement is, out of so many rows (0: not known)."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(_POLL):
            share = max(0.0, min(connection.query_progress() / 100, 1.0))
            progress(int(rows * share), share)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
