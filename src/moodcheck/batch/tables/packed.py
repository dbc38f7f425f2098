"""Files that are compressed as gzip or zstd, told by their first bytes."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import BinaryIO, cast

GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
PACKED = (GZIP, _ZSTD)

SIGN = max(map(len, PACKED))
"""How many bytes tell whether a file is compressed."""

SUFFIXES = (".gz", ".zst")

BROKEN_OFF = (EOFError, gzip.BadGzipFile, zlib.error)
"""What reading raises where compression is not whole; for zstd an OSError without a number."""

_CHUNK = 1024 * 1024


def is_packed(start: bytes) -> bool:
    """Return whether a file that begins like that is compressed in a way that can be read."""
    return start.startswith(PACKED)


def fault_of(error: Exception) -> str:
    """Return what is wrong with a compressed file of which reading raised an error."""
    said = str(error)
    if isinstance(error, EOFError) or said.startswith("Truncated"):
        return "ends too early"
    if said.startswith(("Not a gzipped file", "ZSTD decompress failed: Unknown frame")):
        return "goes on after its end with something else"
    return "is damaged: what it unpacks to is not what was compressed"


def unpacked(start: bytes, file: BinaryIO) -> BinaryIO:
    """Return what is in a file, as a stream; the file itself where it is not compressed.

    Args:
        start: how it begins.
        file: stands at its beginning.
    """
    if start.startswith(GZIP):
        return cast("BinaryIO", gzip.GzipFile(fileobj=file))
    if start.startswith(_ZSTD):
        # Comes with what reads Parquet; Python itself reads it from 3.14 on.
        from pyarrow import CompressedInputStream

        return cast("BinaryIO", io.BufferedReader(CompressedInputStream(file, "zstd"), _CHUNK))
    return file
