from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from moodcheck.batch.csv_preview import MOST_BYTES, CsvPreview, csv_preview
from moodcheck.errors import BadData, InputNotFound, UsageError
from moodcheck.safe_text import safe_lines


def preview(folder: Path, content: bytes) -> CsvPreview:
    file = folder / "answers.csv"
    file.write_bytes(content)
    return csv_preview(file)


ROWS = b'\xef\xbb\xbfid,"a, b",c\r\n1,x,\r\n\r\n2,"y\nz",\r\n3,x\r\n'


@pytest.mark.parametrize("content", [ROWS, gzip.compress(ROWS)], ids=["plain", "gzip"])
def test_the_first_rows_tell_names_and_texts(tmp_path: Path, content: bytes) -> None:
    shown = preview(tmp_path, content)

    assert shown.names == ("id", "a, b", "c")
    assert [set(texts) for texts in shown.texts] == [{"1", "2", "3"}, {"x", "y\nz"}, {""}]


def test_a_column_of_many_or_long_texts_holds_no_answers(tmp_path: Path) -> None:
    rows = b"".join(b"%d,%s\n" % (i, b"x" * 100) for i in range(30))

    assert not any(preview(tmp_path, b"id,words\n" + rows).texts)


def test_a_large_file_is_looked_at_and_not_read(tmp_path: Path) -> None:
    line = "é,1\n".encode()
    content = b"name,a\n" + line * (MOST_BYTES // len(line) + 99)

    assert preview(tmp_path, content).texts == (frozenset("é"), frozenset("1"))
    assert preview(tmp_path, gzip.compress(content)).texts == (frozenset("é"), frozenset("1"))


def test_what_is_broken_further_down_keeps_no_map_from_being_proposed(tmp_path: Path) -> None:
    assert preview(tmp_path, b'a,b\n1,2\n"x"y,3\n').texts == (frozenset("1"), frozenset("2"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"\n\n \n", "it is empty"),
        (b",,\n1,2,3\n", "its first line has no column names"),
        (b'"a,b\n1,2\n', "its first line is not CSV"),
        (b'"a"b,c\n', "its first line is not CSV"),
        (b"a" * 200_000 + b",b\n", "its first line is not CSV"),
        ("a,b\n".encode("utf-16"), "it is not UTF-8 text"),
        (b"a,\xff\n", "it is not UTF-8 text"),
        (b"a,b\n\0,1\n", "it is not UTF-8 text"),
        (b"\x1f\x8bnothing", "it is a damaged gzip file"),
        (b"PAR1....", "it is JSON or Parquet, not CSV"),
        (b'{"a": 1}\n', "it is JSON or Parquet, not CSV"),
    ],
)
def test_what_has_no_header_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(BadData) as refused:
        preview(tmp_path, content)

    assert refused.value.what.endswith(f"answers.csv: {why}")
    assert refused.value.mend
    assert str(refused.value) == safe_lines(str(refused.value))


def test_a_file_must_be_there_and_here(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound):
        csv_preview(tmp_path / "none.csv")
    with pytest.raises(UsageError):
        csv_preview(Path("https://example.org/answers.csv"))
