"""Whatever somebody named as input → a plain file of a known kind."""

from __future__ import annotations

import gzip
import shutil
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from moodcheck.batch.tables.kinds import ENOUGH, GZIP, TableKind, kind_of
from moodcheck.errors import BadData, InputNotFound, IOFailed
from moodcheck.files.paths import refuse_url
from moodcheck.files.private_file import open_private
from moodcheck.safe_text import safe_text

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """One input, ready to be read."""

    shown: str
    """What outputs and messages call it; fit to show."""
    path: Path
    """A file that is not compressed, in the spool or linked from there by a plain name."""
    kind: TableKind


def stage_input(name: str, spool: Path, number: int) -> Source:
    """Return the input of that name; `-` is standard input.

    What is not a plain file already is copied into the spool, 0600, so that it can be read twice.

    Raises:
        UsageError: when the name looks like a URL.
        InputNotFound: when there is no such file, or it cannot be read.
        BadData: when it is of no kind that is read, or its compression breaks off.
        IOFailed: when the spool has no room.
    """
    if name == "-":
        if sys.stdin is None:
            raise InputNotFound("There is no standard input to read", mend="Name a file")
        return _staged(sys.stdin.buffer, "standard input", spool, number, link_to=None)
    refuse_url(name)
    shown = safe_text(name)
    path = Path(name)
    try:
        with path.open("rb") as file:
            is_plain = path.is_file()
            return _staged(file, shown, spool, number, link_to=path if is_plain else None)
    except (FileNotFoundError, IsADirectoryError, PermissionError, NotADirectoryError) as error:
        raise InputNotFound(
            f"{shown} cannot be read: {error.strerror}", mend="Check the name"
        ) from None
    except ValueError:
        raise InputNotFound(f"This cannot be a file name: {shown}", mend="Check the name") from None


@contextmanager
def opened_plain(path: Path, shown: str) -> Iterator[BinaryIO]:
    """Open a file for reading, decompressed where it is compressed.

    Raises:
        OSError: when it cannot be opened.
        BadData: when its compression breaks off.
    """
    with path.open("rb") as file:
        is_compressed = file.read(len(GZIP)) == GZIP
        file.seek(0)
        if not is_compressed:
            yield file
            return
        try:
            with gzip.open(file) as content:
                yield cast("BinaryIO", content)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise _broken_off(shown) from None


def _broken_off(shown: str) -> BadData:
    return BadData(
        f"{shown} is compressed and ends too early, so nothing was scored",
        mend="Get the file again; this copy is incomplete",
    )


def _staged(
    file: BinaryIO, shown: str, spool: Path, number: int, *, link_to: Path | None
) -> Source:
    target = spool / f"input-{number}"
    start = file.read(ENOUGH)
    if start.startswith(GZIP):
        _copy_decompressed(start, file, target, shown)
    elif link_to is None:
        _copy(start, file, target)
    else:
        # A plain name: an engine would take the * and ? of the real one for patterns.
        target.symlink_to(link_to.absolute())
    with target.open("rb") as plain:
        return Source(shown, target, kind_of(plain.read(ENOUGH), shown))


def _copy_decompressed(start: bytes, file: BinaryIO, target: Path, shown: str) -> None:
    try:
        with open_private(target) as copy, gzip.open(_Replayed(start, file)) as content:
            shutil.copyfileobj(content, copy, _CHUNK)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise _broken_off(shown) from None
    except OSError as error:
        raise _no_room(error) from None


def _copy(start: bytes, file: BinaryIO, target: Path) -> None:
    try:
        with open_private(target) as copy:  # closing it writes too
            copy.write(start)
            shutil.copyfileobj(file, copy, _CHUNK)
    except OSError as error:
        raise _no_room(error) from None


def _no_room(error: OSError) -> IOFailed:
    return IOFailed(
        f"The temporary copy could not be written: {error.strerror}",
        mend="Choose a folder with more room with --spool",
    )


class _Replayed:
    """A stream with its beginning, which was read already, before it."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = start, rest

    def read(self, size: int = -1) -> bytes:
        if self._start:
            part, self._start = self._start[:size], self._start[size:] if size >= 0 else b""
            return part if size >= 0 else part + self._rest.read()
        return self._rest.read(size)

    def seek(self, *_: int) -> int:
        raise OSError
