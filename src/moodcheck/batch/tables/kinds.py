"""What kind of file somebody gave, told by its first bytes and then by its name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from moodcheck.errors import BadData
from moodcheck.safe_text import safe_text

ENOUGH = 4_096
"""Bytes from the beginning of a file that tell what it is."""

GZIP = b"\x1f\x8b"

_PARQUET = b"PAR1"
_NOT_UTF_8 = (b"\xff\xfe", b"\xfe\xff", b"\x00")
_COMPRESSED = (b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")


class TableKind(StrEnum):
    """How the rows of a file are written."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def kind_of(start: bytes, name: str) -> TableKind:
    """Return the kind of the file that begins like that, decompressed, and has that name.

    Raises:
        BadData: when it is none that can be read; says what to do.
    """
    if start.startswith(_PARQUET):
        return TableKind.PARQUET
    shown = safe_text(name)
    if start.startswith(_COMPRESSED):
        raise BadData(
            f"{shown} is compressed in a way that moodcheck cannot read",
            mend="Use gzip, or no compression",
        )
    if start.startswith(_NOT_UTF_8) or b"\0" in start[:4]:
        raise BadData(f"{shown} is not UTF-8 text", mend="Save it as UTF-8, and score it again")
    suffixes = Path(name.lower().removesuffix(".gz")).suffix
    if suffixes == ".parquet":
        raise BadData(
            f"{shown} is not a Parquet file, or its beginning is missing", mend="Make it anew"
        )
    if suffixes in {".jsonl", ".ndjson"} or start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return TableKind.JSONL
    return TableKind.CSV
