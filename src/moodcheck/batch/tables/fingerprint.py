"""The size and hash of what is read, taken while it is read."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast

_CHUNK = 1024 * 1024

_AT_ONCE = 256 * 1024
"""Bytes that are read and hashed at a time, so that hashing finds them near."""


class Fingerprint:
    """How many bytes came past, and their SHA-256."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.size = 0
        self._sum = sha256()

    @property
    def sha256(self) -> str:
        """The SHA-256, in hexadecimal."""
        return self._sum.hexdigest()

    def over(self, file: BinaryIO) -> BinaryIO:
        """Return a stream of what `file` has; what is read of it counts, from nothing on."""
        self._begin()
        return cast("BinaryIO", io.BufferedReader(_Counted(file, self), _CHUNK))

    def add(self, content: memoryview) -> None:
        """Count bytes that came past."""
        self.size += len(content)
        self._sum.update(content)

    def read(self, path: Path) -> None:
        """Read a whole file for nothing else: one that is read in no order.

        Raises:
            OSError: when it cannot be read.
        """
        with path.open("rb") as file:
            stream = self.over(file)
            while stream.read(_CHUNK):
                pass


class _Counted(io.RawIOBase):
    def __init__(self, file: BinaryIO, counted: Fingerprint) -> None:
        self._file, self._counted = file, counted

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        read = self._file.readinto(buffer[:_AT_ONCE])  # type: ignore[attr-defined]
        self._counted.add(buffer[:read])
        return cast("int", read)
