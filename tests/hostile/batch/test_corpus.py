"""Each hostile file gets the verdict that was fixed for it, and no record goes missing."""

from __future__ import annotations

import csv
import io
import os
import re
from pathlib import Path

import pytest

from moodcheck.safe_text import safe_lines
from tests.hostile.batch.corpus import REFUSED, Case
from tests.hostile.batch.every_case import CASES, write_side_files
from tests.hostile.batch.scoring import Scored, score
from tests.shipped import LANGUAGE

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    asked: Case = request.param
    return asked


def test_a_hostile_file_gets_its_verdict(case: Case, tmp_path: Path) -> None:
    write_side_files(tmp_path)
    done = score(tmp_path, case.files, *case.options)

    assert done.code == case.code, done.said
    if case.is_refused:
        _is_refused(case, done)
    else:
        _is_accounted_for(case, done)
        _is_as_before(case, done)
    assert sorted(left.name for left in tmp_path.iterdir() if left.is_dir()) == []


def _is_refused(case: Case, done: Scored) -> None:
    assert done.report is None
    assert case.says in done.said
    assert done.said == safe_lines(done.said)
    assert done.scores is None


def _is_accounted_for(case: Case, done: Scored) -> None:
    assert done.report is not None, done.said
    report = done.report
    assert report["rejected"]["by_reason"] == case.rejected
    assert report["read"] == case.scored + sum(case.rejected.values())
    assert (report["scored"], report["blank_lines"]) == (case.scored, case.blank)
    assert report["alerts"]["records"] == case.alerts
    assert report["not_a_diagnosis"] == LANGUAGE.not_a_diagnosis
    assert (done.scores is None) == (case.code is REFUSED)
    if done.scores is not None:
        assert len(_records(done.scores)) == case.scored
    assert done.rejects is not None
    assert done.alerts is not None
    assert len(_records(done.rejects)) == sum(case.rejected.values())
    assert len({(one["file"], one["record"]) for one in _records(done.alerts)}) == case.alerts


def _records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def _is_as_before(case: Case, done: Scored) -> None:
    """Compare rejects and alerts with the golden text; `UPDATE_GOLDEN=1` writes it anew."""
    shown = "".join(
        f"{name}:\n{_shortened(text or '')}"
        for name, text in (("rejects", done.rejects), ("alerts", done.alerts))
    )
    file = GOLDEN / f"{re.sub(r'[^a-z0-9]+', '_', case.name.lower()).strip('_')}.txt"
    if os.environ.get("UPDATE_GOLDEN") and (
        not file.exists() or file.read_bytes() != shown.encode()
    ):
        GOLDEN.mkdir(exist_ok=True)
        file.write_bytes(shown.encode())
        pytest.fail(f"{file.name} was written anew: look at what changed")
    assert shown.encode() == file.read_bytes()
    # Whoever looks at these files in a terminal sees text, and nothing else.
    visible = shown.replace("\r\n", "\n").replace("\xa0", " ")
    assert visible == safe_lines(visible)


def _shortened(text: str) -> str:
    # Engines may write rows in any order.
    head, *lines = text.splitlines(keepends=True) or [""]
    in_order = head + "".join(sorted(lines))
    return re.sub(r"(.)\1{200,}", lambda run: f"{run[1] * 3}…({len(run[0])} of them)", in_order)


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    assert len(CASES) >= 30
