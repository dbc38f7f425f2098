"""A sheet is read as its author sees it, row by row, and nothing in a file fills the memory."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import Workbook

from moodcheck.batch.tables.as_csv import csv_lines
from moodcheck.batch.tables.excel import DIGITS_LOST, NOT_CALCULATED, sheet_rows
from moodcheck.errors import BadData, UsageError

SHEET = "xl/worksheets/sheet1.xml"
BEGIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"


def saved(path: Path, rows: list[list[object]], *others: str) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Answers"
    for row in rows:
        sheet.append(row)
    for name in others:
        book.create_sheet(name)
    book.save(path)
    return path


def with_part(path: Path, part: str, content: bytes) -> Path:
    """Return the workbook with another part in the place of one."""
    changed = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as to:
        for name in {*before.namelist(), part}:
            to.writestr(name, content if name == part else before.read(name))
    return changed


def read(path: Path, sheet: str | None = None) -> list[list[str]]:
    return [*sheet_rows(path, sheet, path.name)]


def test_a_cell_is_what_its_author_sees(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["id", "when", "a", "b"],
        [7, date(2024, 1, 2), 1.0, "1"],
        ["é", datetime.fromisoformat("2024-01-02 03:04"), 1.5, True],
        [None, time(3, 4), "#DIV/0!", "=1+1"],
        ["01", None, 1e20, " two\nlines"],
    ]

    assert read(saved(tmp_path / "f.xlsx", rows)) == [
        ["id", "when", "a", "b"],
        ["7", "2024-01-02", "1", "1"],
        ["é", "2024-01-02 03:04:00", "1.5", "TRUE"],
        ["", "03:04:00", "#DIV/0!", NOT_CALCULATED],
        ["01", "", "#digits lost: 1e+20", " two\nlines"],
    ]


def test_a_number_is_what_the_file_holds_and_says_where_digits_are_lost(tmp_path: Path) -> None:
    cells = (
        b'<row><c r="A1"><v>2.9999999999999996</v></c><c r="B1"><v>12345678901234567890</v></c>'
        b'<c r="C1"><v>1.234567890123457e+19</v></c><c r="D1"><v>3.0E0</v></c></row>'
    )
    path = with_part(saved(tmp_path / "f.xlsx", [[1]]), SHEET, BEGIN + cells + END)
    lost = f"{DIGITS_LOST}: 1.234567890123457e+19"

    assert read(path) == [["2.9999999999999996", "12345678901234567890", lost, "3"]]


def test_a_formula_is_its_result_and_one_without_is_never_blank(tmp_path: Path) -> None:
    cells = (
        b'<row><c r="A1"><f>1+1</f><v>2</v></c><c r="C1"><f>1</f></c><c r="D1"><f>1</f><v/></c>'
        b'<c r="E1" t="str"><f>""</f><v></v></c><c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    path = with_part(saved(tmp_path / "f.xlsx", [[1]]), SHEET, BEGIN + cells + END)

    assert read(path) == [["2", "", NOT_CALCULATED, NOT_CALCULATED, "", "#DIV/0!"]]


def test_a_sheet_is_named_where_there_are_several(tmp_path: Path) -> None:
    path = saved(tmp_path / "f.xlsx", [["id"]], "Notes")

    assert read(path, "Answers") == [["id"]]
    with pytest.raises(UsageError, match="several sheets: Answers, Notes"):
        read(path)
    with pytest.raises(UsageError, match="Did you mean 'Notes'"):
        read(path, "Note")


def test_a_sheet_that_claims_to_be_large_takes_what_is_in_it(tmp_path: Path) -> None:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2</v></c>'
    path = with_part(saved(tmp_path / "f.xlsx", [[1]]), SHEET, BEGIN + cells + b"</row>" + END)

    assert read(path) == [["1"], ["", "2"]]


def _entities(_: Path) -> tuple[str, bytes]:
    names = "abcdefghij"
    lines = [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names)]
    text = f'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">{"".join(lines)}]><w>&j;</w>'
    return SHEET, text.encode()


def _one_cell(_: Path) -> tuple[str, bytes]:
    return SHEET, BEGIN + b'<row><c t="inlineStr"><is><t>' + b"x" * 50_000_000


def _many_texts(_: Path) -> tuple[str, bytes]:
    return "xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 15_000_000


def _no_xml(_: Path) -> tuple[str, bytes]:
    return SHEET, b"id,a,b,c"


def _no_workbook(_: Path) -> tuple[str, bytes]:
    return "xl/workbook.xml", b"<workbook/>"


@pytest.mark.parametrize("change", [_entities, _one_cell, _many_texts, _no_xml, _no_workbook])
def test_a_workbook_that_is_damaged_or_a_bomb_is_refused(
    change: Callable[[Path], tuple[str, bytes]], tmp_path: Path
) -> None:
    path = with_part(saved(tmp_path / "f.xlsx", [["id", "text"]]), *change(tmp_path))

    with pytest.raises(BadData):
        read(path)


@pytest.mark.parametrize("size", [10, 1_000, 3_000])
def test_a_workbook_that_breaks_off_is_refused(size: int, tmp_path: Path) -> None:
    path = saved(tmp_path / "f.xlsx", [["id"]])
    path.write_bytes(path.read_bytes()[:size])

    with pytest.raises(BadData):
        read(path)


def test_any_other_archive_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "f.zip", "w") as archive:
        archive.writestr("answers.csv", "id,a\n")

    with pytest.raises(BadData, match="a zip archive"):
        read(tmp_path / "f.zip")


def test_rows_have_the_width_of_the_first_and_what_stands_beside_it_shows() -> None:
    rows = [["", ""], ["id", "a", ""], ["x"], ["", "", ""], ["x", "1", "", "note"]]

    assert b"".join(csv_lines(iter(rows))) == b"\nid,a\nx,\n\nx,1,,note\n"
