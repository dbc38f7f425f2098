"""What docs/interop.md shows is what the commands do, one after the other in one folder."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

import moodcheck
from tests.fhir import TOTAL, item, items_of, ndjson, response
from tests.forms import phq_9_form, rest
from tests.functional.person import run_in_shell
from tests.in_process import run
from tests.shipped import CHECKOUT

PAGE = (CHECKOUT / "docs" / "interop.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


PYTHON, TEXT = (
    "".join(re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
    for language in ("python", "text")
)


def clinic() -> Iterator[dict[str, Any]]:
    """Yield what a file holds: the second response is an alert, the third adds up wrong."""
    yield response(items_of([1, 1, 1, 1, 1, 1, 1, 2, 0]))
    yield {"resourceType": "Patient", "id": "2"}
    yield response(items_of([0, 1, 2, 3, 0, 1, 2, None, 2]), "2")
    yield response([*items_of([0] * 9), item(TOTAL, {"valueString": "1"})], "3")


def test_every_command_of_the_page_does_what_it_shows(tmp_path: Path) -> None:
    home = {"XDG_DATA_HOME": str(tmp_path / "home")}
    (tmp_path / "phq9.json").write_text(json.dumps(phq_9_form()), encoding="utf-8")
    (tmp_path / "responses.ndjson").write_bytes(ndjson(*clinic()))
    assert BLOCKS
    for block in BLOCKS:
        said = ""
        for line in block.splitlines():
            if line.startswith("$ "):
                started = run_in_shell if re.search("[|>]", line) else run
                ran = started(line[2:], cwd=tmp_path, **home)
                assert ran.code == 0, (line, ran.said)
                said = f"{ran.said} {ran.shown}"
            else:
                assert line in said, (line, said)


def test_the_python_of_the_page_prints_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "phq9.json").write_text(json.dumps(phq_9_form()), encoding="utf-8")
    (tmp_path / "responses.ndjson").write_bytes(ndjson(*clinic()))
    monkeypatch.chdir(tmp_path)
    page: dict[str, Any] = {}
    exec(compile(PYTHON, "interop.md", "exec"), page)  # noqa: S102 - our own page

    assert capsys.readouterr().out == TEXT
    kinds = [one["resource"]["resourceType"] for one in json.loads(page["bundle"])["entry"]]
    assert {"Questionnaire", "QuestionnaireResponse", "Observation"} <= {*kinds}
    assert moodcheck.load("phq-9").has_wording is False


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (
            lambda: moodcheck.export_questionnaire("symptoms", cast("Any", "fihr")),
            "Did you mean 'fhir'",
        ),
        (lambda: moodcheck.import_questionnaire("own.yaml"), "Use moodcheck.load"),
        (lambda: moodcheck.import_questionnaire("rest.json"), "which of its items are about death"),
        (lambda: moodcheck.import_questionnaire("phq9.json", critical=[]), "says itself which"),
        (lambda: moodcheck.import_questionnaire("no.json"), "cannot be read"),
    ],
)
def test_what_cannot_be_exchanged_is_refused_in_python_as_by_the_commands(
    call: Callable[[], object], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("phq9.json").write_text(json.dumps(phq_9_form()), encoding="utf-8")
    Path("rest.json").write_text(json.dumps(rest()), encoding="utf-8")
    Path("own.yaml").write_text("schema: 1\n", encoding="utf-8")
    with pytest.raises(moodcheck.MoodcheckError, match=says):
        call()
