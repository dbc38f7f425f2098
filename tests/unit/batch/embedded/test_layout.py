"""The table has a column for each thing that is read, in one order, wide enough for each code."""

from __future__ import annotations

import duckdb

from moodcheck.batch.embedded.layout import ROWS
from tests.unit.batch.embedded.runs import KEEPING, layout


def test_what_is_read_and_what_it_is_called_go_side_by_side() -> None:
    found = layout(KEEPING)

    assert found.columns == {
        "id_0": "id",
        "keep_0": "note",
        "text_a": "a",
        "text_b": "b",
        "text_c": "c",
    }


def test_a_code_that_no_byte_holds_gets_two() -> None:
    values = [{"value": value, "label": str(value)} for value in (-1000, 1, 1000)]
    wide = layout(responses={"often": values})
    connection = duckdb.connect()
    connection.execute(wide.create())
    largest = max(coding.bad for coding in wide.codings.values())
    connection.execute(f"INSERT INTO {ROWS} ({wide.code('a')}) VALUES (-1000), ({largest})")

    kinds = connection.execute(f"SELECT typeof({layout().code('a')}) FROM {ROWS}").fetchall()
    assert kinds == [("SMALLINT",)] * 2
    assert "TINYINT" in layout().create()
