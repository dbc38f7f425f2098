"""Whatever somebody named as input → its bytes, decompressed, of a known kind."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from moodcheck.batch.tables.fingerprint import Fingerprint
from moodcheck.batch.tables.kinds import ENOUGH, NEED_A_FILE, TableKind, kind_of
from moodcheck.batch.tables.layout import UTF_8, as_utf_8
from moodcheck.batch.tables.packed import BROKEN_OFF, SIGN, fault_of, is_packed, unpacked
from moodcheck.errors import BadData, InputNotFound, IOFailed
from moodcheck.files.paths import refuse_url
from moodcheck.files.private_file import open_private
from moodcheck.safe_text import safe_text

_CHUNK = 1024 * 1024
_HEAD = 2 * _CHUNK
"""Bytes of what cannot be read twice that are kept, for its header to be looked at first."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input, ready to be read."""

    shown: str
    """What outputs and messages call it; fit to show."""
    kind: TableKind
    path: Path
    """A file that can be read again; without a meaning for a stream."""
    head: bytes = b""
    """What was read already of a stream."""
    stream: BinaryIO | None = None
    """What follows `head`; None for a file."""
    encoding: str = UTF_8
    """How its characters are written, where they have to be decoded still."""
    fingerprint: Fingerprint = field(default_factory=Fingerprint, compare=False)
    """Of the bytes as they lie there, once `opened` has been read to the end."""

    @property
    def size(self) -> int | None:
        """How many bytes there are to read, where that is known."""
        is_text = self.kind not in {TableKind.EXCEL, TableKind.STATISTICS}
        is_known = is_text and self.stream is None and not _is_compressed(self.path)
        return self.path.stat().st_size if is_known else None

    @contextmanager
    def beginning(self) -> Iterator[BinaryIO]:
        """Open the first megabytes, to look at; errors as `opened`."""
        if self.stream is not None:
            yield io.BytesIO(self.head)
            return
        with translated_errors(self.shown), opened_plain(self.path, self.shown) as file:
            yield as_utf_8(file, self.encoding)

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Open it from its beginning; a stream only once.

        Raises:
            InputNotFound: when the file is gone.
            BadData: when its compression is not whole.
            IOFailed: when it cannot be read to its end.
        """
        with translated_errors(self.shown):
            if self.stream is not None:
                yield joined(self.head, self.stream)
                return
            with opened_plain(self.path, self.shown, self.fingerprint) as file:
                yield as_utf_8(file, self.encoding)

    def take_fingerprint(self) -> Fingerprint:
        """Return the fingerprint; what was read in no order is read for it; errors as `opened`."""
        if not self.fingerprint.size and self.stream is None:
            with translated_errors(self.shown):
                self.fingerprint.read(self.path)
        return self.fingerprint


def open_source(
    name: str, spool: Path, number: int, streams: ExitStack, encoding: str = UTF_8
) -> Source:
    """Return the input of that name; `-` is standard input.

    What is read from its end, and is not a plain file, is copied into the spool, 0600.

    Args:
        name: as the person wrote it.
        spool: a folder for the copy.
        number: its place among the inputs.
        streams: closes what cannot be opened twice once nobody reads it any more.
        encoding: how its characters are written, where it is text.

    Raises:
        UsageError: when the name looks like a URL.
        InputNotFound: when there is no such file, or it cannot be read.
        BadData: when it is of no kind that is read, or its compression breaks off.
        IOFailed: when the spool has no room.
    """
    copy = spool / f"input-{number}"
    if name == "-":
        if sys.stdin is None:
            raise InputNotFound("There is no standard input to read", mend="Name a file")
        return _of_stream(sys.stdin.buffer, "standard input", copy, encoding)
    refuse_url(name)
    shown, path = safe_text(name), Path(name)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            return _of_stream(streams.enter_context(path.open("rb")), shown, copy, encoding)
        with opened_plain(path, shown) as file:
            kind = kind_of(file.read(ENOUGH), shown, encoding)
        if kind in NEED_A_FILE and _is_compressed(path):
            with path.open("rb") as file:
                return _of_stream(file, shown, copy, encoding)
    except (FileNotFoundError, IsADirectoryError, PermissionError, NotADirectoryError) as error:
        raise InputNotFound(
            f"{shown} cannot be read: {error.strerror}", mend="Check the name"
        ) from None
    except ValueError:
        raise InputNotFound(f"This cannot be a file name: {shown}", mend="Check the name") from None
    except OSError as error:
        raise _unreadable(shown, error) from None
    return Source(shown, kind, path, encoding=encoding)


@contextmanager
def opened_plain(
    path: Path, shown: str, fingerprint: Fingerprint | None = None
) -> Iterator[BinaryIO]:
    """Open a file for reading, decompressed where it is compressed.

    Args:
        path: where it is.
        shown: what messages call it.
        fingerprint: is taken of what is read, as it lies there.

    Raises:
        OSError: when it cannot be opened.
        BadData: when its compression is not whole.
    """
    with path.open("rb") as file:
        start = file.read(SIGN)
        file.seek(0)
        raw = file if fingerprint is None else fingerprint.over(file)
        try:
            yield unpacked(start, raw)
        except BROKEN_OFF as error:
            raise _not_whole(shown, error) from None


def _is_compressed(path: Path) -> bool:
    with path.open("rb") as file:
        return is_packed(file.read(SIGN))


def _of_stream(raw: BinaryIO, shown: str, copy: Path, encoding: str) -> Source:
    fingerprint = Fingerprint()
    raw = fingerprint.over(raw)
    with translated_errors(shown):
        start = raw.read(SIGN)
        stream = unpacked(start, joined(start, raw))
        head = stream.read(_HEAD)
        kind = kind_of(head[:ENOUGH], shown, encoding)
        if kind not in NEED_A_FILE:
            decoded = as_utf_8(joined(head, stream), encoding)
            head = decoded.read(_HEAD)
            return Source(shown, kind, copy, head, decoded, fingerprint=fingerprint)
        try:
            with open_private(copy) as to:
                shutil.copyfileobj(joined(head, stream), to, _CHUNK)
        except OSError as error:
            raise IOFailed(
                f"The temporary copy could not be written: {error.strerror}",
                mend="Choose a folder with more room with --spool",
            ) from None
    return Source(shown, kind, copy, fingerprint=fingerprint)


@contextmanager
def translated_errors(shown: str) -> Iterator[None]:
    """Raise the errors of `Source.opened` for those of files and compression."""
    try:
        yield
    except BROKEN_OFF as error:
        raise _not_whole(shown, error) from None
    except FileNotFoundError as error:
        raise InputNotFound(
            f"{shown} cannot be read: {error.strerror}", mend="Check the name"
        ) from None
    except OSError as error:
        raise _unreadable(shown, error) from None


def _not_whole(shown: str, error: Exception) -> BadData:
    return BadData(
        f"{shown} is compressed and {fault_of(error)}, and nothing was scored",
        mend="Get the file again; this copy cannot be trusted",
    )


def _unreadable(shown: str, error: OSError) -> BadData | IOFailed:
    if error.errno is None:
        return _not_whole(shown, error)
    return IOFailed(
        f"{shown} cannot be read to its end: {error.strerror}",
        mend="Copy it from where it is whole, and score the copy",
    )


def joined(start: bytes, rest: BinaryIO) -> BinaryIO:
    """Return a stream with what was read of it already before it again."""
    if not start:
        return rest
    return cast("BinaryIO", io.BufferedReader(_Joined(start, rest), _CHUNK))


class _Joined(io.RawIOBase):
    """A stream with its beginning, which was read already, before it."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._start[: len(buffer)] or self._rest.read(len(buffer))
        self._start = self._start[len(part) :] if self._start else b""
        buffer[: len(part)] = part
        return len(part)
