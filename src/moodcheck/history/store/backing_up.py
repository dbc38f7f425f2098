"""A copy of a store while it is in use: whole, encrypted alike, and read once before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.errors import BadData, Problem
from moodcheck.history.store.connection import opened
from moodcheck.history.store.faults import told
from moodcheck.history.store.keys import StoreKey
from moodcheck.history.store.store_file import new_store_file, refuse_unusable
from moodcheck.history.store.verifying import verified

if TYPE_CHECKING:
    import apsw


_PAGES = 1_000
"""That are copied at once."""


def copy_to(copy: Path, connection: apsw.Connection, key: StoreKey) -> None:
    """Write a copy of an open store to a new file, 0600, that the same passphrase opens.

    Raises:
        CannotCreate: when something is there already, or it cannot be made there.
        BadData: when the store is damaged, so that its copy is, too; there is no copy then.
        IOFailed: when there is no room for it, or the disk fails.
    """
    with new_store_file(copy, is_copy=True) as part:
        made = opened(copy, key, part=part).connection
        try:
            problems = _copied(connection, made, copy)
        finally:
            made.close(force=True)
        if problems:
            raise BadData(
                "The history is damaged, and no copy of it was made",
                mend="Export what can be read: moodcheck history export --all --output FILE",
                problems=problems,
            )
        refuse_unusable(part)  # without its key it would be plain to read


def _copied(connection: apsw.Connection, made: apsw.Connection, copy: Path) -> Sequence[Problem]:
    """Copy, and return what is wrong with what was copied."""
    try:
        with told(copy):
            with made.backup("main", connection, "main") as copying:
                while not copying.done:
                    copying.step(_PAGES)
            problems = verified(made, copy).problems
            made.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except BadData:
        return (Problem("pages", "one cannot be read", "See 'moodcheck history verify'"),)
    return problems
