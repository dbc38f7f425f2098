"""Files as they lie: the same rows, however they are separated, encoded and headed."""

from __future__ import annotations

import gzip
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.tables.layout import Layout
from moodcheck.errors import BadData, PartNotInstalled, UsageError
from tests.unit.batch.embedded.runs import KEEPING, read

CSV = 'id,note,a,b,c\np1,x,0,1,2\np2,"say ""no"" é",0,9,0\np3,x,0,0\np4,"two\n\nlines",3,3,0\n'


def outputs(folder: Path, content: str | bytes, **options: object) -> list[str]:
    with read(folder, {"f.csv": content}, answer_map=KEEPING, **options) as rows:  # type: ignore[arg-type]
        rows.write_alerts(folder / "alerts")
        rows.write_rejects(folder / "rejects")
    made = [(folder / name).read_text() for name in ("scores", "alerts", "rejects")]
    return [one.replace(str(folder), "") for one in made]


@pytest.fixture(scope="module")
def expected() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        return outputs(Path(folder), CSV)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("piece_bytes", [1, 2**20])
def test_any_separator_gives_the_same_rows(
    delimiter: str, piece_bytes: int, expected: list[str], tmp_path: Path
) -> None:
    content = CSV.replace(",", delimiter)

    scores, alerts, rejects = outputs(tmp_path, content, piece_bytes=piece_bytes)

    assert scores == expected[0]
    # What a record holds, and what is shown of a broken one, has the separator in it.
    assert [one.rpartition(",")[0] for one in alerts.splitlines()] == [
        one.rpartition(",")[0] for one in expected[1].splitlines()
    ]
    where, reasons = rejects.split("p3"), expected[2].split("p3")
    assert where[0].rstrip('"') == reasons[0].rstrip('"')


@settings(max_examples=20, deadline=None)
@given(
    records=st.lists(
        st.sampled_from(
            [
                *("p;0;1;2", "p;0;1", '"p;q";0;0;0', 'p;"0";1;1', '"p;0;0;0', 'p"q;0;0;0'),
                *("p,q;1;1;1", ""),
            ]
        ),
        max_size=10,
    ),
)
def test_semicolons_get_the_verdicts_of_commas(records: list[str]) -> None:
    swap = str.maketrans(",;", ";,")
    lines = ["id;a;b;c", *["p;0;0;0"] * 9, *records]
    found = []
    for text in ("\n".join(lines), "\n".join(lines).translate(swap)):
        with tempfile.TemporaryDirectory() as name, read(Path(name), {"f.csv": text}) as rows:
            counts = rows.counts
            found.append((counts.read, counts.scored, counts.blank_lines, counts.rejected))
    assert found[0] == found[1]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_any_encoding_gives_the_same_rows(
    encoding: str, pack: object, expected: list[str], tmp_path: Path
) -> None:
    content = pack(CSV.encode(encoding))  # type: ignore[operator]

    assert outputs(tmp_path, content, layout=Layout(encoding=encoding)) == expected


def test_a_byte_that_is_no_character_of_the_encoding_costs_its_own_record(tmp_path: Path) -> None:
    content = b"id,a,b,c\np\xe9,0,0,0\np\x81,0,0,0\np,0,0,0\n"

    with read(tmp_path, {"f.csv": content}, layout=Layout(encoding="cp1252")) as rows:
        assert (rows.counts.scored, dict(rows.counts.rejected)) == (2, {"bad_encoding": 1})


def test_an_encoding_that_the_file_contradicts_is_refused(tmp_path: Path) -> None:
    files = {"f.csv": b"\xef\xbb\xbfid,a,b,c\np,0,0,0\n"}

    with (
        pytest.raises(BadData, match="begins as UTF-8"),
        read(tmp_path, files, layout=Layout(encoding="cp1252")),
    ):
        pass


SURVEY = AnswerMap.model_validate({"schema": 1, "header_rows": 3})
LABELS = 'Who,"How\noften?",B,C\n"{""ImportId"":""r""}",x,y,z\n'


def test_records_are_counted_from_below_all_rows_of_the_header(tmp_path: Path) -> None:
    files = {"f.csv": f"id,a,b,c\n{LABELS}p1,0,0,0\np2,0,0,9\n"}

    with read(tmp_path, files, answer_map=SURVEY) as rows:
        rows.write_rejects(tmp_path / "rejects")
        assert (rows.counts.read, rows.counts.scored) == (2, 1)
    assert ",2,p2,c,9,bad_answer" in (tmp_path / "rejects").read_text()


def test_no_record_is_taken_for_a_row_of_the_header(tmp_path: Path) -> None:
    files = {"f.csv": "id,a,b,c\nWho,A,B,C\np1,0,0,2\np2,0,0,0\n"}

    with (
        pytest.raises(BadData, match=r"Row 3 of .* has answers"),
        read(tmp_path, files, answer_map=SURVEY),
    ):
        pass


def test_a_format_without_rows_of_a_header_is_not_cut(tmp_path: Path) -> None:
    files = {"f.jsonl": '{"id": "p", "a": 0, "b": 0, "c": 0}\n' * 4}

    with (
        pytest.raises(BadData, match="has no rows of a header"),
        read(tmp_path, files, answer_map=SURVEY),
    ):
        pass


def test_a_workbook_gets_the_verdicts_of_csv(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["id", "a", "b", "c", "note"], ["p1", 0, 1, 2], [], ["p2", 0, 1.5, 0, "x"]):
        book.active.append(row)
    book.active.append(["p3", 1, 1, 1, "", "beside"])
    book.save(tmp_path / "f.xlsx")
    content = (tmp_path / "f.xlsx").read_bytes()

    for packed in (content, gzip.compress(content)):
        with (
            tempfile.TemporaryDirectory() as name,
            read(Path(name), {"f": packed}, answer_map=KEEPING) as rows,
        ):
            rows.write_rejects(tmp_path / "rejects")
        rejects = (tmp_path / "rejects").read_text().splitlines()[1:]
        assert [line.split(",")[1:6] for line in rejects] == [
            ["2", "p2", "b", "1.5", "bad_answer"],
            ["3", *['""'] * 3, "too_many_columns"],
        ]
        assert (rows.counts.scored, rows.counts.blank_lines, rows.counts.alerts) == (1, 0, 2)


def test_a_sheet_of_what_has_none_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="no Excel workbook"),
        read(tmp_path, {"f.csv": CSV}, layout=Layout(sheet="Answers")),
    ):
        pass


def test_without_the_part_for_excel_the_line_that_installs_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl.reader.excel", None)
    monkeypatch.delitem(sys.modules, "moodcheck.batch.tables.excel", raising=False)

    with (
        pytest.raises(PartNotInstalled, match=r"\[excel\]"),
        read(tmp_path, {"f.csv": b"PK\x03\x04"}),
    ):
        pass
