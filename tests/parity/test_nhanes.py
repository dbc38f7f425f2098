"""Real answers of 5,924 people to the PHQ-9, against what the survey and pandas say of them."""

from __future__ import annotations

import json
from collections import Counter

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pytest

import moodcheck
from moodcheck.core.administration import administer
from tests.parity.engines import Engine, Row
from tests.parity.test_every_engine import exactly, reference
from tests.shipped import CHECKOUT, TAKEN_AT

FOLDER = CHECKOUT.parent / "shared" / "data"
ANSWERS = FOLDER / "nhanes-2013-2014-depression-screener.csv"
COUNTS = FOLDER / "nhanes-2013-2014-published-counts.json"

pytestmark = pytest.mark.skipif(
    not (ANSWERS.exists() and COUNTS.exists()),
    reason="the survey's answers are not in ../shared/data",
)

PHQ_9 = moodcheck.load("phq-9")
ITEMS = [item.id for item in PHQ_9.all_items]
QUESTIONS = [f"DPQ{10 * number:03}" for number in range(1, 11)]
MISSING = {7: "declined", 9: "unknown"}


@pytest.fixture(scope="module")
def answers() -> pa.Table:
    table = pyarrow.csv.read_csv(ANSWERS)
    return table.rename_columns(["person", *ITEMS])


@pytest.fixture(scope="module")
def rows(engine: Engine, answers: pa.Table) -> list[Row]:
    return engine.rows(moodcheck.score_frame(engine.take(answers), PHQ_9, missing=MISSING))


def test_every_item_has_the_answers_that_were_published(answers: pa.Table) -> None:
    published = json.loads(COUNTS.read_text(encoding="utf-8"))
    for item, question in zip(ITEMS, QUESTIONS, strict=True):
        found = Counter("." if cell is None else str(cell) for cell in answers[item].to_pylist())

        assert found == Counter(published[question])


def test_every_count_that_was_published_comes_out_of_the_columns(
    engine: Engine, answers: pa.Table
) -> None:
    """One item at a time, the others not asked: what is unanswered is 7, 9 and blank, no more."""
    published = json.loads(COUNTS.read_text(encoding="utf-8"))
    for item, question in zip(ITEMS[:9], QUESTIONS, strict=False):
        frame = engine.take(answers.select(["person", item]))
        others = [name for name in ITEMS[:9] if name != item]
        scored = moodcheck.score_frame(frame, PHQ_9, missing=MISSING, not_asked=others)
        unanswered = Counter(row["total_unanswered"] for row in engine.rows(scored))

        is_missing = sum(published[question][code] for code in ("7", "9", "."))
        assert unanswered == Counter({9: is_missing, 8: len(answers) - is_missing})


def test_the_map_that_comes_for_the_survey_says_the_same_of_its_own_columns(
    engine: Engine, answers: pa.Table, rows: list[Row]
) -> None:
    as_published = engine.take(answers.rename_columns(["SEQN", *QUESTIONS]))
    scored = engine.rows(moodcheck.score_frame(as_published, PHQ_9, map="nhanes-dpq"))

    added = [{name: row[name] for name in row if "_" in name or name == "alert"} for row in scored]
    assert added == [
        {name: row[name] for name in one} for one, row in zip(added, rows, strict=True)
    ]


def test_declined_and_unknown_are_never_points(rows: list[Row], answers: pa.Table) -> None:
    for row in rows:
        cells = [row[item] for item in ITEMS[:9]]
        assert row["total_unanswered"] == sum(cell in {7, 9, None} for cell in cells)
    assert len(rows) == len(answers) == 5_924
    assert {row["total_reason"] for row in rows} == {None, "too_many_unanswered"}


def test_without_being_told_of_the_codes_they_are_bad_answers(
    engine: Engine, answers: pa.Table
) -> None:
    for row in engine.rows(moodcheck.score_frame(engine.take(answers), PHQ_9)):
        has_code = any(row[item] in {7, 9} for item in ITEMS)
        assert (row["total_reason"] == "bad_answer") is has_code
        assert not (has_code and row["total_score"] is not None)


def test_totals_are_those_of_a_recomputation_in_pandas(rows: list[Row]) -> None:
    survey = pd.read_csv(ANSWERS)[QUESTIONS[:9]]
    points = survey.where(survey <= 3)
    answered = points.notna().sum(axis=1)
    # Twice the sum and one more answered, cut off below: a half goes up, whatever round() does.
    completed = (2 * 9 * points.sum(axis=1) + answered) // (2 * answered.clip(lower=1))
    expected = completed.where(answered >= 7)

    totals = pd.Series([row["total_score"] for row in rows], dtype="Float64")
    assert totals.equals(expected.astype("Float64"))
    assert (answered < 9).sum() > 0


def test_every_row_is_what_the_reference_scorer_says(rows: list[Row]) -> None:
    seen: dict[tuple[object, ...], dict[str, object]] = {}
    for row in rows:
        # pandas makes doubles of whole numbers with blanks among them.
        cells = tuple(None if row[item] is None else int(str(row[item])[0]) for item in ITEMS)
        added = {name: row[name] for name in row if name not in {"person", *ITEMS}}
        if cells not in seen:
            given = {i: MISSING.get(c or 0, c) for i, c in zip(ITEMS, cells, strict=True)}
            sitting = administer(PHQ_9, given, taken_at=TAKEN_AT)
            seen[cells] = exactly(reference(sitting))
        assert exactly(added) == seen[cells]


def test_a_total_hides_alerts(rows: list[Row]) -> None:
    complete = [row for row in rows if row["total_unanswered"] == 0]
    alerts = pd.DataFrame([row for row in complete if row["alert"] == "alert"])

    # More than a quarter of those who endorsed item 9 total below the cut-point.
    assert len(alerts) == 183
    assert (alerts["total_score"] < 10).sum() == 54
