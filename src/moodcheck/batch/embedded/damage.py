"""A damaged file told from a disk that is full or fails: the engine often says the same of both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from moodcheck.batch.embedded.connection import NOT_OF_AN_INPUT, has_no_room
from moodcheck.batch.embedded.scans import TOO_LONG
from moodcheck.batch.tables.strict_csv import LONGEST
from moodcheck.errors import BadData, IOFailed

if TYPE_CHECKING:
    from moodcheck.batch.tables.intake import Source

_CHUNK = 1024 * 1024


@contextmanager
def damage_named(source: Source) -> Iterator[None]:
    """While an input is read inside, name it where it cannot be read because of what is in it.

    It is a disk's fault where the engine names another file of the spool, where there is no room
    to spill to, and where the input cannot be read by anybody. Anything else the input's bytes
    have brought about: they promise what is not there, or more than fits.

    Raises:
        BadData: when the input is damaged, or one of its cells is too long.
        IOFailed: when the input cannot be read to its end.
        duckdb.Error: when it is not about the input.
    """
    try:
        yield
    except NOT_OF_AN_INPUT:
        raise
    except duckdb.OutOfMemoryException as error:
        if _is_about_the_spool(error, source):
            raise
        raise BadData(
            f"{source.shown} asks for more memory than scoring may use: a cell of many megabytes "
            "is in it, or it is damaged; nothing was scored",
            mend="Look for such a cell, or export the file again",
        ) from None
    except duckdb.Error as error:
        if _is_about_the_spool(error, source):
            raise
        if TOO_LONG in str(error):
            raise BadData(
                f"{source.shown} has a cell of over {LONGEST:,} bytes, and nothing was scored",
                mend="Look for it among the ids, the answers and what is kept, and shorten it",
            ) from None
        _refuse_unreadable(source)
        raise BadData(
            f"{source.shown} is damaged: it is not what its beginning or end promises, and "
            "nothing was scored",
            mend="Copy or export the file again",
        ) from None


def _is_about_the_spool(error: duckdb.Error, source: Source) -> bool:
    # The lines after the first quote the statement, with its path cut short.
    of_others = str(error).partition("\n")[0].replace(str(source.path), "")
    return has_no_room(error) or str(source.path.parent) in of_others


def _refuse_unreadable(source: Source) -> None:
    try:
        with source.path.open("rb") as file:
            while file.read(_CHUNK):
                pass
    except OSError as error:
        raise IOFailed(
            f"{source.shown} cannot be read to its end: {error.strerror}",
            mend="Copy it from where it is whole, and score the copy",
        ) from None
