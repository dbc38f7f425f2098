"""Whoever chooses the columns of the scores still gets whose they are, and what they ask."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

import moodcheck
from moodcheck.errors import BadData
from tests.fhir import items_of, ndjson, response
from tests.in_process import run
from tests.unit.core.small import document

ALWAYS = ["alert", "advice", "notice"]
SCORES = ["s_score", "s_unanswered", "s_reason", *ALWAYS, "questionnaire", "version"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small.yaml").write_text(json.dumps(document()), encoding="utf-8")
    (tmp_path / "map.yaml").write_text("schema: 1\nkeep: [site]\n", encoding="utf-8")
    rows = "id,site,a,b,c,note\np1,north,0,1,2,=x\np2,south,0,1,0,\n"
    (tmp_path / "answers.csv").write_text(rows, encoding="utf-8")
    return tmp_path


def written(folder: Path, name: str) -> list[dict[str, Any]]:
    match Path(name).suffix:
        case ".csv":
            with (folder / name).open(encoding="utf-8", newline="") as file:
                return list(csv.DictReader(file))
        case ".jsonl":
            return [json.loads(one) for one in (folder / name).read_text("utf-8").splitlines()]
    rows: list[dict[str, Any]] = pyarrow.parquet.read_table(folder / name).to_pylist()
    return rows


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("scores", ["id", "site", *SCORES]),
        ("all", ["id", "site", "a", "b", "c", "note", *SCORES]),
        ("s_score", ["id", "s_score", *ALWAYS]),
        ("version,note,s_reason,id,b", ["id", "note", "b", "s_reason", *ALWAYS, "version"]),
        ("alert", ["id", *ALWAYS]),
    ],
)
def test_columns_are_those_that_were_chosen_and_those_that_always_are(
    columns: str, expected: list[str], kind: str, folder: Path
) -> None:
    options = "--questionnaire small.yaml --map map.yaml"
    ran = run(
        f"moodcheck score answers.csv {options} --columns {columns} --output s.{kind}", cwd=folder
    )

    rows = written(folder, f"s.{kind}")
    assert ran.code == 0
    assert [list(row) for row in rows] == [expected] * 2
    assert [row["id"] for row in rows] == ["p1", "p2"]
    assert [row["alert"] for row in rows] == ["alert", "none"]
    if "s_score" in expected:
        assert [str(row["s_score"]) for row in rows] == ["3", "1"]
    if "note" in expected:
        assert rows[0]["note"] == ("'=x" if kind == "csv" else "=x")


def test_a_response_of_fhir_has_a_column_for_everything_in_it(tmp_path: Path) -> None:
    said = response(items_of([1] * 9))
    (tmp_path / "r.ndjson").write_bytes(ndjson(said))
    ran = run(
        "moodcheck score r.ndjson --questionnaire phq-9 --columns all --output s.csv", cwd=tmp_path
    )

    (row,) = written(tmp_path, "s.csv")
    assert ran.code == 0
    assert row["form"] == said["questionnaire"]
    assert row["questionnaire"] == "phq-9"


def test_rows_without_an_id_keep_what_numbers_them(folder: Path) -> None:
    text = (folder / "answers.csv").read_text(encoding="utf-8").replace("id,", "name,")
    (folder / "answers.csv").write_text(text, encoding="utf-8")
    moodcheck.score_files(
        folder / "answers.csv",
        folder / "small.yaml",
        output=folder / "s.csv",
        columns=["s_score", "name"],
    )

    rows = written(folder, "s.csv")
    assert list(rows[0]) == ["file", "record", "name", "s_score", *ALWAYS]
    assert [row["record"] for row in rows] == ["1", "2"]


def test_a_column_that_is_nowhere_is_named_with_the_one_that_was_meant(folder: Path) -> None:
    with pytest.raises(BadData, match="Did you mean 's_score'") as refused:
        moodcheck.score_files(
            folder / "answers.csv",
            folder / "small.yaml",
            output=folder / "s.csv",
            columns="s_scor",
        )

    assert "Correct --columns" in str(refused.value)
    assert not (folder / "s.csv").exists()


def test_files_with_other_columns_are_not_put_together_without_a_word(folder: Path) -> None:
    (folder / "more.csv").write_text("id,a,b,c,new\np3,0,0,0,x\n", encoding="utf-8")
    options = "--questionnaire small.yaml --output s.csv"

    every = run(f"moodcheck score answers.csv more.csv {options} --columns all", cwd=folder)
    usual = run(f"moodcheck score answers.csv more.csv {options}", cwd=folder)

    assert (every.code, usual.code) == (65, 0)
    assert "do not have the same columns" in every.said
