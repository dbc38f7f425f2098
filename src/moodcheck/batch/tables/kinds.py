"""The beginning of a file → what it is, whatever its name says."""

from __future__ import annotations

import io
import re
from enum import StrEnum
from pathlib import Path

from moodcheck.batch.tables.json_array import BEGINS
from moodcheck.batch.tables.layout import UTF_8, as_utf_8
from moodcheck.batch.tables.packed import PACKED, SUFFIXES
from moodcheck.errors import BadData
from moodcheck.interop.fhir.bundle import is_document as is_fhir_document
from moodcheck.safe_text import safe_text

ENOUGH = 4_096
"""Bytes from the beginning of a file that tell what it is."""


class TableKind(StrEnum):
    """How the rows of a file are written."""

    CSV = "csv"
    JSONL = "jsonl"
    JSON_ARRAY = "json"
    """Records in one array."""
    FHIR = "fhir"
    """One document of FHIR: a Bundle, an array of resources, or a single one."""
    FHIR_LINES = "fhir_lines"
    """A resource of FHIR a line."""
    PARQUET = "parquet"
    EXCEL = "excel"
    STATISTICS = "statistics"
    """SPSS, Stata or SAS."""


NEED_A_FILE = frozenset({TableKind.PARQUET, TableKind.EXCEL, TableKind.STATISTICS})
"""What is not read from its beginning to its end, and so not as a stream."""

OF_FHIR = frozenset({TableKind.FHIR, TableKind.FHIR_LINES})

_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK\x03\x04"
_SPSS_OR_SAS_TRANSPORT = (b"$FL2@(#)", b"$FL3@(#)", b"HEADER RECORD*******LIB")
_SAS = bytes(12) + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92"
_STATA = b"<stata_dta>"
_XML_OF_FHIR = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml|<(?:\w+:)?(?:Bundle|Questionnaire(?:Response)?)[\s>])"
)
_OLD_STATA = range(104, 116)
"""The first byte of files that Stata wrote before version 13."""

_NOT_READ = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": (
        "an old Excel file (.xls), or an Excel file with a password",
        "Save it in Excel as .xlsx, without a password",
    ),
    b"BZh": ("compressed with bzip2", "Use gzip, zstd or no compression"),
    b"\xfd7zXZ": ("compressed with xz", "Use gzip, zstd or no compression"),
    b"SQLite format 3": ("a SQLite database", "Export the table as CSV"),
    b"RDX": ("a file of R", "Write the table with write.csv in R"),
    b"%PDF": ("a PDF", "Get the table as CSV"),
    **dict.fromkeys(PACKED, ("compressed twice", "Unpack it once, and score that")),
}


def kind_of(start: bytes, name: str, encoding: str = UTF_8) -> TableKind:
    """Return the kind of the file that begins like that, decompressed, and has that name.

    Args:
        start: as it lies there.
        name: what the file is called.
        encoding: how its characters are written, where it is text.

    Raises:
        BadData: when it is none that can be read; says what it is and what to do.
    """
    if start.startswith(b"PAR1"):
        return TableKind.PARQUET
    if start.startswith(_ZIP):
        return TableKind.EXCEL
    if start.startswith((*_SPSS_OR_SAS_TRANSPORT, _SAS, _STATA)) or _is_old_stata(start):
        return TableKind.STATISTICS
    shown = safe_text(name)
    for sign, (what, mend) in _NOT_READ.items():
        if start.startswith(sign):
            raise BadData(f"{shown} is {what}, which moodcheck cannot read", mend=mend)
    start = _as_utf_8(start, encoding, shown)
    if _XML_OF_FHIR.match(start):
        raise BadData(f"{shown} is XML", mend="Ask for JSON, if it is FHIR; else for a table")
    inner = Path(name.lower())
    suffix = (inner.with_suffix("") if inner.suffix in SUFFIXES else inner).suffix
    if suffix in {".parquet", ".xlsx", ".sav", ".zsav", ".dta", ".sas7bdat", ".xpt"}:
        raise BadData(
            f"{shown} is not what its name says, or its beginning is missing", mend="Make it anew"
        )
    if (is_document := is_fhir_document(start)) is not None:
        return TableKind.FHIR if is_document else TableKind.FHIR_LINES
    if suffix in {".jsonl", ".ndjson"} or start.lstrip(_BOM + b" \t\r\n").startswith(b"{"):
        return TableKind.JSONL
    return TableKind.JSON_ARRAY if BEGINS.match(start) else TableKind.CSV


def _is_old_stata(start: bytes) -> bool:
    """Return whether a file begins as those of Stata did: release, order of bytes, 1, 0."""
    return start[:1] != b"" and start[0] in _OLD_STATA and start[1:4] in {b"\1\1\0", b"\2\1\0"}


def _as_utf_8(start: bytes, encoding: str, shown: str) -> bytes:
    if encoding != UTF_8:
        if start.startswith(_BOM):
            raise BadData(
                f"{shown} begins as UTF-8 does, and --encoding says {encoding}",
                mend="Leave --encoding out, or score it apart from the others",
            )
        return as_utf_8(io.BytesIO(start), encoding).read()
    called = "utf-16" if start.startswith(_UTF_16) else _utf_16_without_a_mark(start)
    if called:
        raise BadData(
            f"{shown} is not UTF-8 but UTF-16 text",
            mend=f"Add --encoding {called}, or save it as UTF-8",
        )
    if b"\0" in start[:4]:
        raise BadData(f"{shown} is not UTF-8 text", mend="Save it as UTF-8, and score it again")
    return start


def _utf_16_without_a_mark(start: bytes) -> str | None:
    """Return how text is called that begins with two characters of which a half is NUL, if so."""
    match [not byte for byte in start[:4]]:
        case [False, True, False, True]:
            return "utf-16-le"
        case [True, False, True, False]:
            return "utf-16-be"
    return None
