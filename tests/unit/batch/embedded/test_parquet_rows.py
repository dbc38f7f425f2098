"""Every cell of Parquet is read as the text that it would be in CSV, by the name of its column."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from moodcheck.batch.embedded.engine import EmbeddedEngine
from moodcheck.batch.embedded.parquet_rows import ParquetRows, SliceReader
from moodcheck.batch.embedded.table import Wanted
from moodcheck.batch.tables.strict_csv import LONGEST
from moodcheck.errors import BadData, IOFailed
from tests.unit.batch.embedded.runs import job


def texts(folder: Path, column: pa.Array, called: str = "x") -> list[Any]:
    """Return a column of a Parquet file as the texts that it is read as."""
    file = folder / "it's.parquet"
    pq.write_table(pa.table([column], names=[called]), file)
    rows = ParquetRows(file, "it's.parquet")
    return [
        text
        for part in rows.slices({"text": called})
        for text in SliceReader(Wanted({"text": called}, 1)).read(part).frame["text"]
    ]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([0, -1, None, 2**62]), ["0", "-1", "", str(2**62)]),
        (pa.array([0.0, -1.0, None, float("nan")]), ["0", "-1", "", ""]),
        (pa.array([0.5, float("-inf")]), ["0.5", "-inf"]),
        (pa.array([Decimal("3.0"), Decimal("1.5"), None]), ["3", "1.5", ""]),
        (pa.array(["", " 1", None, "é\n\0"]), ["", " 1", "", "é\n\0"]),
        (pa.array(["a", None, "a"]).dictionary_encode(), ["a", "", "a"]),
        (pa.array([True, None]), ["true", ""]),
        (pa.array([b"1", b"\xff", None]), ["1", "\\xff", ""]),
        (pa.array([[1], None]), ["{…}", ""]),
        (pa.array([1, None], pa.duration("us")), ["{…}", ""]),
        (
            pa.array([0, 1_500_000, None], pa.timestamp("us")),
            ["1970-01-01 00:00:00", "1970-01-01 00:00:01.5", ""],
        ),
        (pa.array([0], pa.timestamp("us", "America/New_York")), ["1970-01-01 00:00:00Z"]),
        (pa.array([0], pa.timestamp("ns", "Nowhere/At_All")), ["1970-01-01 00:00:00Z"]),
        (pa.array([2**62, -(2**62)], pa.timestamp("ms")), [str(2**62), str(-(2**62))]),
        (pa.array([2**31 - 1, 0], pa.int32()).cast(pa.date32()), [str(2**31 - 1), "1970-01-01"]),
        (pa.array([Decimal("1.5")], pa.decimal256(60, 1)), ["1.5"]),
    ],
    ids=str,
)
def test_a_cell_is_the_text_that_it_would_be_in_csv(
    column: pa.Array, expected: list[str], tmp_path: Path
) -> None:
    assert texts(tmp_path, column) == expected


def test_a_text_may_be_as_long_as_a_record_and_no_longer(tmp_path: Path) -> None:
    assert [*map(len, texts(tmp_path, pa.array(["x" * LONGEST])))] == [LONGEST]

    for column in (pa.array(["", "é" * (LONGEST // 2) + "x"]), pa.array(["x" * 2 * LONGEST] * 3)):
        with pytest.raises(BadData, match="a cell of over 1,000,000 bytes"):
            texts(tmp_path, column)


def test_columns_have_the_names_of_the_file_though_they_be_equal_or_nested(tmp_path: Path) -> None:
    cells = [[1], [{"a": 1, "x": [2]}], [[3]], [4], [5], [6], [7]]
    names = ["a", "s", "x", "a", "A", "", "s.a"]
    file = tmp_path / "f.parquet"
    pq.write_table(pa.table([pa.array(cell) for cell in cells], names=names), file)
    rows = ParquetRows(file, "f.parquet")
    wanted = {"one": "A", "two": "s.a"}
    (part,) = rows.slices(wanted)

    assert rows.told()[0] == tuple(names)
    assert SliceReader(Wanted(wanted, 1)).read(part).frame.select("one", "two").rows() == [
        ("5", "7")
    ]


def test_a_file_that_is_gone_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(IOFailed, match=r"f\.parquet cannot be read"):
        ParquetRows(tmp_path / "f.parquet", "f.parquet").told()


def test_a_small_file_of_many_rows_is_not_said_to_be_done_after_the_first_of_them(
    tmp_path: Path,
) -> None:
    rows = 200_000
    answers = {name: pa.array([1] * rows, pa.int8()) for name in ("a", "b", "c")}
    pq.write_table(pa.table({"id": [f"p{n}" for n in range(rows)], **answers}), tmp_path / "made")
    asked = job(tmp_path, {"f.parquet": (tmp_path / "made").read_bytes()})
    (tmp_path / "scores").touch()
    shares: list[float | None] = []
    engine = EmbeddedEngine(workers=1)

    with engine.read(asked, tmp_path / "scores", lambda _, share: shares.append(share)):
        assert shares == pytest.approx([0.65, 1.0], abs=0.1)
