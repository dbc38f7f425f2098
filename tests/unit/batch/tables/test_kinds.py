"""A file is told by how it begins, and what cannot be read is named as what it is."""

from __future__ import annotations

import pytest

from moodcheck.batch.tables.kinds import TableKind, kind_of
from moodcheck.errors import BadData


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"PAR1\x15", TableKind.PARQUET),
        (b"PK\x03\x04\x14", TableKind.EXCEL),
        (b"$FL2@(#) SPSS", TableKind.STATISTICS),
        (b"$FL3@(#) SPSS", TableKind.STATISTICS),
        (b"<stata_dta><header>", TableKind.STATISTICS),
        (b"\x72\x02\x01\x00\x0a", TableKind.STATISTICS),
        (b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!", TableKind.STATISTICS),
        (bytes(12) + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\x00", TableKind.STATISTICS),
        (b'\n {"id": 1}', TableKind.JSONL),
        (b"id,a\n", TableKind.CSV),
        (b"r,s,t\n", TableKind.CSV),
        (b"", TableKind.CSV),
    ],
)
@pytest.mark.parametrize("name", ["answers", "answers.csv", "answers.txt"])
def test_a_kind_is_told_by_the_first_bytes_and_not_by_a_name(
    start: bytes, kind: TableKind, name: str
) -> None:
    assert kind_of(start, name) is kind


@pytest.mark.parametrize(
    ("start", "what", "mend"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file", "as .xlsx"),
        (b"BZh91AY", "bzip2", "gzip"),
        (b"\xfd7zXZ\0", "xz", "gzip"),
        (b"SQLite format 3\0", "a SQLite database", "CSV"),
        (b"RDX3\n", "a file of R", "write.csv"),
        (b"%PDF-1.7", "a PDF", "CSV"),
    ],
)
def test_what_is_not_read_is_named_with_the_way_out(start: bytes, what: str, mend: str) -> None:
    with pytest.raises(BadData) as refused:
        kind_of(start, "answers.csv")

    assert what in str(refused.value)
    assert mend in str(refused.value)


@pytest.mark.parametrize("ending", [".parquet", ".xlsx", ".sav", ".dta", ".sas7bdat", ".xpt"])
def test_text_that_calls_itself_otherwise_is_not_read_as_text(ending: str) -> None:
    with pytest.raises(BadData, match="not what its name says"):
        kind_of(b"id,a\n", f"answers{ending}")
