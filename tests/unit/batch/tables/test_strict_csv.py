"""The strict reader sees what Python's csv module sees, and loses no line where that gives up."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.tables.strict_csv import LONGEST, Record, StrictReader

CELL = st.text(st.sampled_from('ab1 ,"\n;é'), max_size=6)
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=6)


def read(content: bytes, width: int = 3) -> tuple[list[Record], int]:
    reader = StrictReader(io.BytesIO(content), width)
    return list(reader), reader.blank_lines


@given(rows=ROWS, ending=st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_by_the_rules_is_read_back(rows: list[list[str]], ending: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator=ending).writerows(rows)

    records, blank = read(text.getvalue().encode())

    for record, cells in zip(records, rows, strict=True):
        is_suspect = record.rejected is RejectReason.SUSPECT_CELL
        assert is_suspect or list(record.cells) == cells
        assert not is_suspect or any("\n" in cell for cell in cells)
    assert [record.number for record in records] == [*range(1, len(rows) + 1)]
    assert blank == 0


@given(content=st.text(st.sampled_from('ab,"\r\n '), max_size=40))
def test_every_line_is_blank_or_part_of_a_record(content: str) -> None:
    records, blank = read(content.encode())

    every = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = [line for line in every if line.strip(",")]
    inside = sum(record.raw.count("\n") for record in records)
    assert len(records) + inside >= len(lines)
    assert len(records) + inside + blank >= len(lines)
    assert all(len(record.cells) == 3 for record in records if record.rejected is None)
    assert all(record.raw for record in records if record.rejected is not None)


def test_a_quote_that_is_never_closed_costs_its_own_line() -> None:
    records, _blank = read(b'1,2,3\n"4,5,6\n7,8,9\n')

    assert [(one.cells, one.rejected) for one in records] == [
        (("1", "2", "3"), None),
        ((), RejectReason.BROKEN_QUOTE),
        (("7", "8", "9"), None),
    ]


@pytest.mark.parametrize(
    "record",
    [
        'p1,0,0,1,"tired\nand sad"',
        'p1,0,0,1,"tired, sad, low, alone, cold\nand\n\nhungry, too"',
        'p1,"so tired, so\nsad, so low",0,1,x',
        '"tired, sad\nand low",p1,0,0,1',
    ],
)
def test_a_text_over_several_lines_is_one_cell(record: str) -> None:
    records, _blank = read(f"{record}\np2,0,0,0,x\n".encode(), width=5)

    assert [one.rejected for one in records] == [None, None]
    assert records[0].raw == record


@pytest.mark.parametrize(
    "swallowed",
    [
        'p1,0,0,1,"x\np2,0,0,3,y"',
        'p1,0,0,1,"x\np2,0,0,3,y\np3,0,0,3,z"',
        'p1,0,0,1,"a text\nof which the end was lost\np2,0,0,3,y"',
        'p1,"0,0,1,x\np2,0",0,3,y',
        '"p1,0,0,1,x\np2",0,0,3,y',
    ],
    ids=["in the last cell", "two records", "after a text", "in the middle", "in the first cell"],
)
def test_a_cell_that_swallows_records_is_suspect_in_any_column(swallowed: str) -> None:
    records, _blank = read(f"{swallowed}\np9,0,0,0,x\n".encode(), width=5)

    assert [one.rejected for one in records] == [RejectReason.SUSPECT_CELL, None]
    assert records[0].raw == swallowed


def test_a_line_that_swallowed_others_gives_them_back_when_it_does_not_fit() -> None:
    records, _blank = read(b'"1,2,3\n4,5,6\n7",8\n9,9,9\n')

    assert [one.rejected for one in records] == [
        RejectReason.TOO_FEW_COLUMNS,
        None,
        RejectReason.TOO_FEW_COLUMNS,
        None,
    ]


def test_records_that_no_answer_sheet_has_are_rejected_each_with_its_reason() -> None:
    content = b"a\0,2,3\n\xff,2,3\n" + b"x" * (LONGEST + 1) + b",2,3\n1,2,3\n"

    records, _blank = read(content)

    assert [one.rejected for one in records] == [
        RejectReason.BAD_ENCODING,
        RejectReason.BAD_ENCODING,
        RejectReason.TOO_LONG,
        None,
    ]


def test_blank_lines_are_counted_apart() -> None:
    records, blank = read(b"\n1,2,3\n\r\n\n4,5,6\n\n")

    assert ([one.number for one in records], blank) == ([1, 2], 4)
