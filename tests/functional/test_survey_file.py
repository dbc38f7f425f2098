"""A real survey's file, through the map that comes for it, against what was published."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pandas as pd
import pytest

from tests.in_process import run
from tests.shipped import CHECKOUT

FOLDER = CHECKOUT.parent / "shared" / "data"
ANSWERS = FOLDER / "nhanes-2013-2014-depression-screener.csv"
COUNTS = FOLDER / "nhanes-2013-2014-published-counts.json"
ITEMS = [
    "interest",
    "mood",
    "sleep",
    "energy",
    "eating",
    "self_image",
    "attention",
    "pace",
    "death_thoughts",
    "impairment",
]
QUESTIONS = {item: f"DPQ{10 * place:03}" for place, item in enumerate(ITEMS, 1)}
pytestmark = pytest.mark.skipif(
    not (ANSWERS.exists() and COUNTS.exists()),
    reason="the survey's answers are not in ../shared/data",
)


def test_a_survey_gets_its_published_counts_and_the_totals_that_pandas_computes(
    tmp_path: Path,
) -> None:
    ran = run(
        f"moodcheck score {shlex.quote(str(ANSWERS))} --questionnaire phq-9 --map nhanes-dpq "
        "--output scores.csv --report json",
        cwd=tmp_path,
    )
    report = json.loads(ran.talk)

    assert ran.code == 0
    published = json.loads(COUNTS.read_text(encoding="utf-8"))
    for item, question in QUESTIONS.items():
        reasons = {"blank": ".", "declined": "7", "unknown": "9"}
        expected = {reason: published[question].get(code, 0) for reason, code in reasons.items()}
        found = report["unanswered"][item]
        assert {reason: found.get(reason, 0) for reason in reasons} == expected
    scores = pd.read_csv(tmp_path / "scores.csv")
    survey = pd.read_csv(ANSWERS)
    points = survey[[QUESTIONS[item] for item in ITEMS[:9]]].where(lambda cells: cells <= 3)
    answered = points.notna().sum(axis=1)
    completed = (2 * 9 * points.sum(axis=1) + answered) // (2 * answered.clip(lower=1))
    assert scores["SEQN"].equals(survey["SEQN"])
    assert scores["total_score"].equals(completed.where(answered >= 7).astype(float))
    alerts = pd.read_csv(tmp_path / "scores.alerts.csv")
    is_alert = points["DPQ090"] >= 1
    assert sorted(alerts["id"]) == list(survey.loc[is_alert, "SEQN"])
    assert report["alerts"]["records"] == is_alert.sum() > 0
