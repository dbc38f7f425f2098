"""Every cell is read as the text that stands in the file, by the place of its column."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from moodcheck.batch.embedded import scans
from moodcheck.batch.tables.csv_header import read_header
from moodcheck.batch.tables.strict_csv import LONGEST


def texts(folder: Path, column: pa.Array, called: str = "x") -> list[Any]:
    """Return a column of a Parquet file as the texts that it is read as."""
    file = folder / "it's.parquet"
    pq.write_table(pa.table([column], names=[called]), file)
    connection = duckdb.connect()
    ((_, kind),) = scans.parquet_columns(connection, file)
    query = f"SELECT {scans.as_text('c0', kind)} FROM {scans.parquet_scan(file, 1)}"
    return [text for (text,) in connection.execute(query).fetchall()]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([0, -1, None, 2**62]), ["0", "-1", "", str(2**62)]),
        (pa.array([0.0, -1.0, None, float("nan")]), ["0", "-1", "", ""]),
        (pa.array([0.5, 1e300, float("-inf")]), ["0.5", "1e+300", "-inf"]),
        (pa.array(["", " 1", None, "é\n\0"]), ["", " 1", "", "é\n\0"]),
        (pa.array([True, None]), ["true", ""]),
        (pa.array([b"1", b"\xff", None]), ["1", "\\xFF", ""]),
        (pa.array([[1], None]), ["[1]", ""]),
    ],
    ids=str,
)
def test_a_cell_is_the_text_that_it_would_be_in_csv(
    column: pa.Array, expected: list[str], tmp_path: Path
) -> None:
    assert texts(tmp_path, column) == expected


def test_a_text_may_be_as_long_as_a_record_and_no_longer(tmp_path: Path) -> None:
    assert [*map(len, texts(tmp_path, pa.array(["x" * LONGEST])))] == [LONGEST]

    with pytest.raises(duckdb.InvalidInputException, match=scans.TOO_LONG):
        texts(tmp_path, pa.array(["", "é" * (LONGEST // 2) + "x"]))


def test_columns_have_the_names_of_the_file_though_they_be_equal_or_nested(tmp_path: Path) -> None:
    cells = [[1], [{"a": 1, "x": [2]}], [[3]], [4], [5], [6], [7]]
    names = ["a", "s", "x", "a", "A", "", "n\0'\"ul"]
    file = tmp_path / "f.parquet"
    pq.write_table(pa.table([pa.array(cell) for cell in cells], names=names), file)
    connection = duckdb.connect()
    columns = scans.parquet_columns(connection, file)
    row = connection.execute(f"SELECT c0, c3, c6 FROM {scans.parquet_scan(file, 7)}").fetchone()

    assert [name for name, _ in columns] == names
    assert [kind for _, kind in columns][2:4] == ["BIGINT[]", "BIGINT"]
    assert row == (1, 4, 7)


@pytest.mark.parametrize("has_quotes", [True, False])
def test_no_cell_of_csv_is_null_or_trimmed_or_guessed(has_quotes: bool, tmp_path: Path) -> None:
    content = b"id,a,b\nNULL,,\\N\n 1 ,01,true\n"
    (tmp_path / "it's.csv").write_bytes(content)
    header = read_header(io.BytesIO(content), "f")
    scan = scans.csv_scan(tmp_path / "it's.csv", header, has_quotes=has_quotes)

    rows = duckdb.connect().execute(f"SELECT c0, c1, c2 FROM {scan}").fetchall()

    assert rows == [("NULL", "", "\\N"), (" 1 ", "01", "true")]
