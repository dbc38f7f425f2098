"""`moodcheck.score_files` does what `moodcheck score` does, and says nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest

import moodcheck
from moodcheck.batch.files_request import FilesOptions
from moodcheck.batch.outcome import BatchReport
from moodcheck.errors import BadData, InputNotFound, UsageError
from tests.in_process import run
from tests.shipped import SYMPTOMS

ITEMS = [item.id for item in SYMPTOMS.items]
CRITICAL = SYMPTOMS.critical[0].item
ROWS = [
    ["p1", *("1" for _ in ITEMS)],
    ["p2", *("0" if item == CRITICAL else "2" for item in ITEMS)],
    ["p3", *("1" if item == CRITICAL else "often" for item in ITEMS)],
]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.csv"
    lines = [",".join(row) for row in (["id", *ITEMS], *ROWS)]
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return file


@pytest.mark.parametrize("allow", [True, False])
def test_files_and_report_are_those_of_the_command_line(
    allow: bool, answers: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = answers.parent
    allowing = "--allow-rejects" if allow else ""
    typed = run(f"moodcheck score answers.csv --output typed.csv {allowing}", cwd=folder)
    done = moodcheck.score_files(answers, output=folder / "called.csv", allow_rejects=allow)

    scores = done.outputs["scores" if allow else "partial_scores"]
    assert scores == str(folder / ("called.csv" if allow else "called.partial.csv"))
    assert done.exit_code == typed.code == (0 if allow else 3)
    assert (done.read, done.scored, done.alerts, done.all_rejected) == (3, 2, 2, 1)
    for name in (Path(scores).name, "called.rejects.csv", "called.alerts.csv"):
        there = (folder / name).read_text(encoding="utf-8").replace(str(answers), "answers.csv")
        twin = folder / name.replace("called", "typed")
        assert there == twin.read_text(encoding="utf-8")
    assert capfd.readouterr() == ("", "")


def test_a_map_may_be_what_would_stand_in_its_file(answers: Path) -> None:
    text = answers.read_text(encoding="utf-8").replace("sleep", "Q1")
    answers.write_text(text.replace(",2", ",II"), encoding="utf-8")
    said = {"items": {"sleep": "Q1"}, "missing": {"II": "declined"}, "id": "id"}

    done = moodcheck.score_files(
        [answers], SYMPTOMS, output=answers.parent / "s.jsonl", map=said, allow_rejects=True
    )

    assert done.unanswered["sleep"] == {"declined": 1}
    with pytest.raises(BadData, match="no-such"):
        moodcheck.score_files(
            answers, output=answers.parent / "t.csv", map={"items": {"no-such": "Q1"}}
        )


def test_where_there_are_no_scores_the_error_has_the_report_with_its_alerts(answers: Path) -> None:
    with pytest.raises(BadData, match="more than --max-rejects allows") as refused:
        moodcheck.score_files(answers, output=answers.parent / "s.csv", max_rejects=0)

    report = cast("BatchReport", refused.value.report)
    assert report.new_alerts == 2
    assert Path(report.outputs["alerts"]).exists()
    assert not (answers.parent / "s.csv").exists()


def test_a_report_is_written_however_the_run_ends(answers: Path) -> None:
    file = answers.parent / "report.json"
    asked: FilesOptions = {"report": file, "max_rejects": 0}

    def written() -> Any:  # noqa: ANN401 - JSON
        return json.loads(file.read_bytes())

    with pytest.raises(BadData):
        moodcheck.score_files(answers, output=answers.parent / "s.csv", **asked)
    assert (written()["exit_code"], written()["alerts"]["records"]) == (65, 2)
    with pytest.raises(InputNotFound) as refused:
        moodcheck.score_files("nothing.csv", output=answers.parent / "s.csv", **asked)
    assert written()["error"] == str(refused.value)
    with pytest.raises(UsageError, match="the place of another output"):
        moodcheck.score_files(answers, output=file, report=file)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"outputs": "x"}, "There is no option 'outputs'"),
        ({"alert": "x"}, "Did you mean 'alerts'"),
        ({"engine": "dask"}, "There is no such engine"),
        ({"format": "xlsx"}, "There is no format 'xlsx'"),
        ({"max_rejects": "some"}, "--max-rejects takes"),
        ({"rejects": "s.csv", "alerts": "s.csv"}, "Two outputs have the same name"),
        ({"map": {"items": {1, 2}}}, "The map has keys or values"),
    ],
    ids=str,
)
def test_options_that_cannot_be_are_refused_and_nothing_is_written(
    options: dict[str, Any], says: str, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(answers.parent)
    with pytest.raises(UsageError, match=says):
        moodcheck.score_files(answers, output="o.csv", **cast("FilesOptions", options))

    assert [*answers.parent.iterdir()] == [answers]


@pytest.mark.parametrize("inputs", [[], "-", ["-"]])
def test_standard_input_is_left_to_the_command_line(inputs: Any, tmp_path: Path) -> None:  # noqa: ANN401
    with pytest.raises(UsageError, match="Name files"):
        moodcheck.score_files(inputs, output=tmp_path / "s.csv")
    with pytest.raises(InputNotFound):
        moodcheck.score_files(tmp_path / "nothing.csv", output=tmp_path / "s.csv")
