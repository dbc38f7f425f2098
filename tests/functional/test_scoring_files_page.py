"""What docs/scoring.md and docs/maps.md show of files is what comes out."""

from __future__ import annotations

import csv
import io
import re
import shlex
import subprocess
import sys
from pathlib import Path

import moodcheck
from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.map_file import parse_answer_map
from moodcheck.batch.outcome import RejectReason
from tests.shipped import CHECKOUT

SCORING = (CHECKOUT / "docs" / "scoring.md").read_text(encoding="utf-8")
INTEROP = (CHECKOUT / "docs" / "interop.md").read_text(encoding="utf-8")
MAPS = (CHECKOUT / "docs" / "maps.md").read_text(encoding="utf-8")


def block(page: str, language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return str(found)


def command(page: str) -> list[str]:
    name, *arguments = shlex.split(block(page, "console").removeprefix("$ "))
    assert name == "moodcheck"
    return [sys.executable, "-m", name, *arguments]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), strict=True))


def _record(row: dict[str, str]) -> int:
    return int(row["record"])


def test_the_worked_example_gives_what_the_page_shows(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(block(SCORING, "csv"), encoding="utf-8")
    (tmp_path / "map.yaml").write_text(block(SCORING, "yaml"), encoding="utf-8")
    done = subprocess.run(
        command(SCORING), check=False, cwd=tmp_path, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    for kind, name in (("scores", ".partial"), ("rejects", ".rejects"), ("alerts", ".alerts")):
        shown = rows(block(SCORING, kind))
        written = rows((tmp_path / f"scores{name}.csv").read_text(encoding="utf-8"))
        picked = [{key: row[key] for key in shown[0]} for row in written]
        # Alerts stand in no order that is promised.
        assert (picked if kind == "scores" else sorted(picked, key=_record)) == shown


def test_the_example_in_python_prints_what_the_page_shows(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(block(SCORING, "csv"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", block(SCORING, "py")],
        check=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert (done.stdout, done.stderr) == (block(SCORING, "printed"), "")


def test_the_proposal_on_the_page_is_made_by_that_command(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(block(SCORING, "csv"), encoding="utf-8")
    *proposing, sign, _file = command(MAPS)
    done = subprocess.run(proposing, check=True, cwd=tmp_path, capture_output=True)

    assert sign == ">"
    assert parse_answer_map("map.yaml", done.stdout, moodcheck.load("phq-9")).items == {}
    assert b"#   death_thoughts: Q9" in done.stdout


def test_the_map_that_comes_with_moodcheck_is_used_as_the_page_says(tmp_path: Path) -> None:
    header = ",".join(["SEQN", *(f"DPQ{place:03}" for place in range(10, 101, 10))])
    (tmp_path / "DPQ.csv").write_text(f"{header}\n73557{',1.0' * 10}\n", encoding="utf-8")
    line = block(MAPS, "shell").removeprefix("$ moodcheck").split()
    done = subprocess.run(
        [sys.executable, "-m", "moodcheck", *line], cwd=tmp_path, capture_output=True, check=True
    )

    assert done.stdout == b""
    assert rows((tmp_path / "scores.csv").read_text(encoding="utf-8"))[0]["total_score"] == "9"


def test_the_map_of_an_export_of_redcap_is_one() -> None:
    found = parse_answer_map("map.yaml", block(MAPS, "yml").encode(), moodcheck.load("phq-9"))

    assert found.rows["redcap_repeat_instrument"] == ("",)


def test_the_map_on_the_page_is_one_and_its_keys_are_all_described() -> None:
    shown = parse_answer_map("map.yaml", block(MAPS, "yaml").encode(), moodcheck.load("phq-9"))
    keys = [field.alias or name for name, field in AnswerMap.model_fields.items()]

    # What `long` reads is another kind of table.
    assert shown.model_fields_set == set(AnswerMap.model_fields) - {"long"}
    assert re.findall(r"^\| `(\w+)` \|", MAPS, re.MULTILINE) == keys


def test_every_reason_for_a_reject_is_described() -> None:
    every_kind = SCORING.split("| reason | the record |")[1].split("\n\n")[0]
    fhir = INTEROP.split("| reason | what it is |")[1].split("\n\n")[0]

    first_cells = re.findall(r"^\|([^|]*)\|", every_kind + fhir, re.MULTILINE)
    assert set(RejectReason) == {
        one for cell in first_cells for one in re.findall(r"`(\w+)`", cell)
    }
