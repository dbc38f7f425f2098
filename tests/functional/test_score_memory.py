"""Memory stays where it is, however many records are broken and however long they are."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.memory import MEGABYTE, peak_of
from tests.unit.core.small import document

MOST = 500 * MEGABYTE
SCORE = [sys.executable, "-m", "moodcheck", "score", "answers.csv", "--questionnaire", "small.yaml"]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Where the answers are to be; the questionnaire lies beside."""
    (tmp_path / "small.yaml").write_text(json.dumps(document()), encoding="utf-8")
    return tmp_path / "answers.csv"


@pytest.mark.parametrize("cell", ["1", '"1"'], ids=["plain", "quoted"])
def test_a_hundred_thousand_broken_records_take_no_more_memory(cell: str, answers: Path) -> None:
    whole = f"x,{cell},1,0\n" * 10 + "x,9,1,0\n"  # and a bad answer now and then
    with answers.open("w", encoding="utf-8") as file:
        file.write("id,a,b,c\n" + whole * 15_000)
        file.write(f"x,{cell}\n" * 100_000)

    code, said, peak = peak_of([*SCORE, "--output", "s.csv", "--report", "json"], answers.parent)

    report = json.loads(said)
    assert code == 3
    assert (report["read"], report["scored"]) == (265_000, 150_000)
    assert report["rejected"]["by_reason"] == {"too_few_columns": 100_000, "bad_answer": 15_000}
    assert peak < MOST


def test_long_texts_that_are_carried_along_take_no_more_memory(answers: Path) -> None:
    with answers.open("w", encoding="utf-8") as file:
        file.write("id,a,b,c,comment\n")
        file.writelines(f"p{number},1,1,0,{'x' * 8_000}\n" for number in range(50_000))
    (answers.parent / "map.yaml").write_text("schema: 1\nkeep: [comment]\n", encoding="utf-8")
    command = [*SCORE, "--map", "map.yaml", "--output", "s.csv"]

    code, _said, peak = peak_of(command, answers.parent)

    with (answers.parent / "s.csv").open(encoding="utf-8") as scores:
        assert [row.split(",")[0] for row in scores] == ["id", *(f"p{n}" for n in range(50_000))]
    assert code == 0
    assert peak < MOST


def test_a_line_that_never_ends_takes_no_more_memory(answers: Path) -> None:
    with answers.open("wb") as file:
        file.write(b"id,a,b,c\nx,1,1,0\ny,0,0,0\n")
        for _ in range(300):
            file.write(b"4" * MEGABYTE)
        file.write(b",1,1,0\nz,2,2,0\n")

    code, said, peak = peak_of([*SCORE, "--output", "s.csv", "--report", "json"], answers.parent)

    assert code == 3
    assert json.loads(said)["rejected"]["by_reason"] == {"too_long": 1}
    assert json.loads(said)["scored"] == 3
    assert peak < MOST
