"""Ids and kept columns of Parquet keep their types, and are the same in every time zone."""

from __future__ import annotations

import datetime as dt
import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.row_engine import TableFormat
from tests.unit.batch.embedded.runs import read

NOON = dt.datetime(2026, 3, 29, 12, 30, tzinfo=dt.UTC)
KEPT: dict[str, pa.Array] = {
    "n": pa.array([1, None, 3], pa.int16()),
    "share": pa.array([0.5, None, float("nan")], pa.float64()),
    "yes": pa.array([True, None, False]),
    "day": pa.array([dt.date(2026, 3, 29), None, None]),
    "at": pa.array([NOON, None, None], pa.timestamp("us", "Asia/Kolkata")),
    "local": pa.array([NOON.replace(tzinfo=None), None, None], pa.timestamp("ms")),
    "price": pa.array([Decimal("1.50"), None, None]),
    "word": pa.array(["a", None, "c"]),
}
ANSWERS = {name: pa.array([0, 1, 0]) for name in "abc"}


def scores(folder: Path, table_format: TableFormat, *more: pa.Table) -> Path:
    folder.mkdir()
    usual = pa.table({"id": pa.array([7, 8, 9], pa.int64()), **ANSWERS, **KEPT})
    files = {}
    for number, table in enumerate((usual, *more)):
        pq.write_table(table, folder / "made")
        files[f"{number}.parquet"] = (folder / "made").read_bytes()
    answer_map = AnswerMap.model_validate({"schema": 1, "id": ("id",), "keep": tuple(KEPT)})
    with read(folder, files, answer_map=answer_map, table_format=table_format):
        return folder / "scores"


def test_parquet_keeps_types_and_blanks(tmp_path: Path) -> None:
    table = pq.read_table(scores(tmp_path / "run", TableFormat.PARQUET))

    kinds = {name: table.schema.field(name).type for name in ("id", *KEPT)}
    text = kinds.pop("word")
    assert pa.types.is_string(text) or pa.types.is_large_string(text)
    assert kinds == {
        "id": pa.int64(),
        **{name: column.type for name, column in KEPT.items() if name != "word"},
        "at": pa.timestamp("us", "UTC"),
    }
    for name in ("n", "yes", "day", "at", "local", "price"):
        assert table[name].to_pylist() == KEPT[name].to_pylist()


def test_json_keeps_numbers_and_truths(tmp_path: Path) -> None:
    lines = scores(tmp_path / "run", TableFormat.JSONL).read_text(encoding="utf-8").splitlines()
    first, second, third = ({k: json.loads(line)[k] for k in ("id", *KEPT)} for line in lines)

    assert first == {
        "id": 7,
        "n": 1,
        "share": 0.5,
        "yes": True,
        "day": "2026-03-29",
        "at": "2026-03-29 12:30:00Z",
        "local": "2026-03-29 12:30:00",
        "price": "1.50",
        "word": "a",
    }
    assert (second["n"], second["share"], second["yes"], second["day"]) == (None, None, None, "")
    assert (third["share"], third["yes"]) == (None, False)


def test_inputs_of_several_types_are_carried_along_as_text(tmp_path: Path) -> None:
    other = {**KEPT, "n": pa.array(["x", "y", "z"]), "day": pa.array([1, 2, 3])}
    more = pa.table({"id": pa.array([7, 8, 9], pa.int64()), **ANSWERS, **other})
    table = pq.read_table(scores(tmp_path / "run", TableFormat.PARQUET, more))

    assert table.schema.field("id").type == pa.int64()
    assert table["n"].to_pylist() == ["1", "", "3", "x", "y", "z"]
    assert table["day"].to_pylist() == ["2026-03-29", "", "", "1", "2", "3"]


@pytest.mark.parametrize("table_format", TableFormat)
def test_no_time_depends_on_the_time_zone_of_a_machine(
    table_format: TableFormat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    for zone in ("UTC", "America/St_Johns", "Asia/Kolkata"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        made.append(scores(tmp_path / zone.replace("/", "-"), table_format).read_bytes())
    monkeypatch.undo()
    time.tzset()

    assert made[0] == made[1] == made[2]
    assert table_format is TableFormat.PARQUET or b"2026-03-29 12:30:00Z" in made[0]
