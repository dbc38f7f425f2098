"""What a run says of itself, to whom, and under which name its scores lie."""

from __future__ import annotations

import gzip
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from jsonschema import Draft202012Validator

import moodcheck
from moodcheck.batch.report_file import ReportFile
from tests.in_process import Ran, run
from tests.shipped import DATA, LANGUAGE, SYMPTOMS, TAKEN_AT

ITEMS = [item.id for item in SYMPTOMS.items]
CRITICAL = SYMPTOMS.critical[0].item
HEADER = ",".join(["id", *ITEMS])
ALERT = "p1" + ",1" * len(ITEMS)
NO_ALERT = ",".join(["p2", *("0" if item == CRITICAL else "1" for item in ITEMS)])
REJECTED = ",".join(["p3", *("0" if item == CRITICAL else "often" for item in ITEMS)])


def answers(folder: Path, *rows: str) -> bytes:
    content = "\n".join([HEADER, *rows, ""]).encode()
    (folder / "answers.csv").write_bytes(content)
    return content


def score(folder: Path, options: str) -> Ran:
    return run(f"moodcheck score {options}", cwd=folder)


def report(folder: Path, kind: str = "batch_report") -> dict[str, Any]:
    written: dict[str, Any] = json.loads((folder / "report.json").read_bytes())
    schema = json.loads((DATA / f"{kind}.schema.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(written)] == []
    return written


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "jsonl", "parquet", "stdin"])
def test_a_report_names_each_input_by_its_size_and_hash(kind: str, tmp_path: Path) -> None:
    content = answers(tmp_path, NO_ALERT)
    row = {"id": "p2"} | dict.fromkeys(ITEMS, 0)
    name = f"answers.{kind}" if kind != "stdin" else "answers.csv"
    match kind:
        case "csv.gz":
            content = gzip.compress(content)
        case "jsonl":
            content = json.dumps(row).encode()
    if kind == "parquet":
        table = pyarrow.Table.from_pylist([row])
        pyarrow.parquet.write_table(table, tmp_path / name)
        content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content)
    source = f"- < {name}" if kind == "stdin" else name

    ran = score(tmp_path, f"--output s.csv --report report.json {source}")

    assert (ran.code, ran.talk) == (0, b"")
    (one,) = report(tmp_path)["inputs"]
    assert one["name"] == ("standard input" if kind == "stdin" else name)
    assert (one["bytes"], one["sha256"]) == (len(content), sha256(content).hexdigest())


def test_scores_in_parquet_say_where_they_come_from_and_are_the_same_bytes_each_time(
    tmp_path: Path,
) -> None:
    content = answers(tmp_path, NO_ALERT)
    (tmp_path / "map.yaml").write_text("# A remark.\nschema: 1\nkeep: [id]\n", encoding="utf-8")
    (tmp_path / "copy.csv").write_bytes(content)
    (tmp_path / "other.yaml").write_text("keep: [id]\nschema: 1\n", encoding="utf-8")
    for name in ("map.yaml", "other.yaml"):
        (tmp_path / name).write_text(
            (tmp_path / name).read_text(encoding="utf-8").replace("keep: [id]", "id: id"),
            encoding="utf-8",
        )

    score(tmp_path, "answers.csv --map map.yaml --output one.parquet --report report.json")
    score(tmp_path, "copy.csv --map other.yaml --output two.parquet")

    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    metadata = pyarrow.parquet.read_metadata(tmp_path / "one.parquet").metadata
    said, told = json.loads(metadata[b"moodcheck"]), report(tmp_path)
    assert said["inputs"] == [{"bytes": len(content), "sha256": sha256(content).hexdigest()}]
    assert said["questionnaire"] == told["questionnaire"]
    assert said["questionnaire"]["sha256"] == SYMPTOMS.content_hash
    assert (said["map"], said["moodcheck"]) == (told["map"], told["moodcheck"])
    assert len(said["map"]) == 64


def test_people_get_a_sentence_for_their_methods_section(tmp_path: Path) -> None:
    answers(tmp_path, NO_ALERT)

    said = score(tmp_path, "answers.csv --output s.csv").said

    name = re.escape(f"symptoms {SYMPTOMS.version} (SHA-256 {SYMPTOMS.content_hash[:12]})")
    sentence = rf"1 of 1 records were scored as {name} with moodcheck \d+\.\d+\.\d+\."
    assert re.search(f"For a methods section: {sentence}", said)


@pytest.mark.parametrize("options", ["--report report.json", "--quiet"])
def test_new_alerts_are_said_where_nothing_else_is(options: str, tmp_path: Path) -> None:
    answers(tmp_path, NO_ALERT)
    silent = score(tmp_path, f"answers.csv --output s.csv {options}")
    answers(tmp_path, ALERT)
    ran = score(tmp_path, f"answers.csv --output s.csv {options}")

    assert (silent.code, silent.talk) == (0, b"")
    assert ran.code == 0
    where = "They are in s.alerts-2.csv."
    assert ran.said == " ".join(f"Alerts: ALERTS: 1. {LANGUAGE.batch.alert_asks} {where}".split())


@pytest.mark.parametrize("options", ["--report report.json", "--quiet"])
def test_where_partial_scores_are_is_said_where_nothing_else_is(
    options: str, tmp_path: Path
) -> None:
    answers(tmp_path, NO_ALERT, REJECTED)
    ran = score(tmp_path, f"answers.csv --output s.csv {options}")

    assert ran.code == 3
    assert ran.said.startswith("As records were rejected, the scores are in s.partial.csv")
    assert ran.said.endswith("score again with --allow-rejects.")


def test_nobody_is_sent_to_a_file_of_alerts_that_has_none(tmp_path: Path) -> None:
    answers(tmp_path, ALERT)
    score(tmp_path, "answers.csv --output s.csv")

    known = "--known-alerts s.alerts.csv --report report.json"
    ran = score(tmp_path, f"answers.csv --output t.csv {known}")

    assert (ran.code, ran.talk) == (0, b"")
    assert report(tmp_path)["alerts"]["asks"] == LANGUAGE.batch.no_new_alert


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("nothing.csv --output s.csv", 66),
        ("answers.csv --output s.csv --map nothing.yaml", 66),
        ("answers.csv --output s.csv --questionnaire no-such", 66),
        ("answers.csv --output nowhere/s.csv", 73),
        ("answers.csv --output s.csv --max-rejects some", 2),
        ("answers.csv --output s.csv --questionnaire phq-9", 65),
    ],
)
def test_a_run_that_ends_before_it_knows_anything_writes_why(
    options: str, code: int, tmp_path: Path
) -> None:
    answers(tmp_path, NO_ALERT)
    score(tmp_path, "answers.csv --output s.csv --report report.json")

    ran = score(tmp_path, f"{options} --report report.json")

    assert ran.code == code
    failed = report(tmp_path, "batch_failure")
    assert failed["exit_code"] == code
    assert ran.said == " ".join(f"moodcheck: {failed['error']}".split())


def test_a_run_without_scores_reports_its_rows_and_why(tmp_path: Path) -> None:
    answers(tmp_path, ALERT, REJECTED)

    ran = score(tmp_path, "answers.csv --output s.csv --max-rejects 0 --report report.json")

    told = report(tmp_path)
    assert (ran.code, told["exit_code"]) == (65, 65)
    assert (told["read"], told["alerts"]["records"]) == (2, 1)
    assert sorted(told["outputs"]) == ["alerts", "rejects"]
    assert LANGUAGE.batch.alert_asks in ran.said
    assert ran.said.endswith(" ".join(f"moodcheck: {told['error']}".split()))


def test_scores_get_their_name_only_when_nothing_was_rejected_or_that_is_allowed(
    tmp_path: Path,
) -> None:
    answers(tmp_path, NO_ALERT, REJECTED)
    (tmp_path / "s.csv").write_text("what was there before\n", encoding="utf-8")

    ran = score(tmp_path, "answers.csv --output s.csv")

    assert ran.code == 3
    assert (tmp_path / "s.csv").read_text(encoding="utf-8") == "what was there before\n"
    assert "the scores are in s.partial.csv" in ran.said
    assert "--allow-rejects" in ran.said
    partial = (tmp_path / "s.partial.csv").read_bytes()
    assert len(partial.splitlines()) == 2

    allowed = score(tmp_path, "answers.csv --output s.csv --allow-rejects")

    assert allowed.code == 0
    assert (tmp_path / "s.csv").read_bytes() == partial


@pytest.mark.parametrize(
    ("options", "code"),
    [("", 73), ("--rejects s.partial.csv", 73), ("--output t.csv --rejects t.partial.csv", 2)],
)
def test_where_partial_scores_would_find_no_place_is_said_before_the_work(
    options: str, code: int, tmp_path: Path
) -> None:
    answers(tmp_path, NO_ALERT)
    (tmp_path / "s.partial.csv").mkdir()  # such as a cluster leaves

    assert score(tmp_path, f"answers.csv --output s.csv {options}").code == code
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv", "s.partial.csv"]
    assert score(tmp_path, "answers.csv --output s.csv --allow-rejects").code == 0


@pytest.mark.parametrize(
    ("error", "code"),
    [(KeyboardInterrupt(), 130), (ValueError("answer 3"), 1), (BrokenPipeError(), 141)],
)
def test_a_report_says_of_any_end_how_it_was_and_quotes_nothing(
    error: BaseException, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = ReportFile(Path("report.json"))

    with pytest.raises(type(error)), file.failures(["answers.csv"], TAKEN_AT):
        raise error

    failed = report(tmp_path, "batch_failure")
    assert (failed["exit_code"], failed["error"]) == (code, type(error).__name__)


def test_a_file_that_is_read_is_not_written_over_by_partial_scores_or_a_report(
    tmp_path: Path,
) -> None:
    answers(tmp_path, NO_ALERT, REJECTED)
    (tmp_path / "answers.csv").rename(tmp_path / "s.partial.csv")
    (tmp_path / "t.alerts.csv").write_text("alerts that nobody read", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    codes = {
        options: score(tmp_path, f"s.partial.csv {options}").code
        for options in (
            "--output s.csv",
            "--output t.csv --report s.partial.csv",
            "--output t.csv --report t.csv",
            "--output t.csv --report t.alerts.csv",
            "--output t.csv --report ./t.rejects.csv --rejects t.rejects.csv",
        )
    }

    assert [*codes.values()] == [2, 73, 2, 73, 2]
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_version_that_is_said_is_the_one_that_ran(tmp_path: Path) -> None:
    answers(tmp_path, NO_ALERT)
    score(tmp_path, "answers.csv --output s.csv --report report.json")

    assert f"moodcheck {report(tmp_path)['moodcheck']}" == run("moodcheck --version").shown
    assert report(tmp_path)["questionnaire"]["sha256"] == moodcheck.load("symptoms").content_hash


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("r.html", b"<!DOCTYPE html>"),
        ("r.pdf", b"%PDF"),
        ("r.md", b"# Scores of"),
        ("r.txt", b"Scores of"),
    ],
)
def test_a_report_can_be_a_page_on_which_alerts_come_first(
    name: str, first: bytes, tmp_path: Path
) -> None:
    answers(tmp_path, ALERT, NO_ALERT, REJECTED)
    ran = score(tmp_path, f"answers.csv --output s.csv --report {name} --allow-rejects")
    page = (tmp_path / name).read_bytes()

    assert ran.code == 0
    assert page.startswith(first)
    assert (tmp_path / name).stat().st_mode & 0o077 == 0
    if name != "r.pdf":
        assert page.index(b"ALERTS: 1") < page.index(b"3 records read")
        assert LANGUAGE.not_a_diagnosis in " ".join(page.decode().replace("\\", "").split())


def test_no_page_is_written_over_another_file(tmp_path: Path) -> None:
    answers(tmp_path, NO_ALERT)
    (tmp_path / "r.html").write_text("mine", encoding="utf-8")

    assert score(tmp_path, "answers.csv --output s.csv --report r.html").code == 73
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == "mine"
