"""A header tells what separates cells, and where the records begin."""

from __future__ import annotations

import io

import pytest

from moodcheck.batch.tables.csv_header import Header, read_header
from moodcheck.errors import BadData


def header(content: str | bytes, delimiter: str | None = None, rows: int = 1) -> Header:
    raw = content if isinstance(content, bytes) else content.encode()
    return read_header(io.BytesIO(raw), "f.csv", delimiter, rows)


@pytest.mark.parametrize(
    ("line", "delimiter"),
    [
        ("id,a,b", ","),
        ("id;a;b", ";"),
        ("id\ta\tb", "\t"),
        ("id|a|b", "|"),
        ('"id";"a, b";"c"', ";"),
        ('"id","a; b","c"', ","),
        ("id,a;b,c", ","),
        ('id;"a, b\nor c, d";"e ""f"""', ";"),
        ('"id, or";c', ";"),
        ("alone", ","),
    ],
)
def test_what_separates_cells_is_told_by_the_header(line: str, delimiter: str) -> None:
    assert header(f"{line}\n1\n").delimiter == delimiter


@pytest.mark.parametrize("line", ["id;a, b;c;d", "id;a|b"])
def test_a_header_that_two_signs_might_separate_is_refused_until_one_is_named(line: str) -> None:
    with pytest.raises(BadData, match="--delimiter ';'"):
        header(line)

    assert header(line, ";").names == tuple(line.split(";"))


@pytest.mark.parametrize("said", ["sep=;", "\ufeffsep=;", '"sep=;"', "SEP=;"])
def test_a_first_line_may_say_what_separates_cells(said: str) -> None:
    found = header(f"{said}\r\nid;a,b\r\n1;2\r\n")

    assert (found.names, found.delimiter, found.rest) == (("id", "a,b"), ";", b"1;2\r\n")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_quoted_name_may_run_over_several_lines(ending: str) -> None:
    found = header(ending.join(['id,"Little', "", 'interest?",b', "1,2,3", ""]))

    assert found.names == ("id", "Little\n\ninterest?", "b")
    assert found.rest == f"1,2,3{ending}".encode()
    assert not found.is_one_line


def test_rows_below_the_names_belong_to_the_header_where_a_map_says_so() -> None:
    found = header('id,a\nWho,"How\noften?"\n\n"{""ImportId"":""x""}",y\n1,2\n', rows=3)

    assert found.names == ("id", "a")
    assert found.labels == (("Who", "How\noften?"), ('{"ImportId":"x"}', "y"))
    assert found.rest == b"1,2\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n\r\n\n", "is empty"),
        ("id,größe\n".encode("cp1252"), "not UTF-8 text"),
        (b'id,"a\n1,2\n', "quotation mark"),
        (b'id,"a"b\n', "quotation mark"),
    ],
)
def test_a_header_that_cannot_be_read_is_refused_with_the_way_out(
    content: bytes, says: str
) -> None:
    with pytest.raises(BadData, match=says):
        header(content)


def test_a_file_that_ends_within_its_header_is_refused() -> None:
    with pytest.raises(BadData, match="ends before its header does"):
        header("id,a\nWho,How\n", rows=3)
