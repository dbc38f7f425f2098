from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest

import moodcheck
from moodcheck.core.safety import CriticalState, RowAlert, row_alert
from moodcheck.errors import BadData, InputNotFound, MoodcheckError, UsageError
from tests.shipped import LANGUAGE, SYMPTOMS

PHQ_9 = moodcheck.load("phq-9")
ITEMS = [item.id for item in PHQ_9.items]
ANSWERS = pl.DataFrame({item: [0, 3] for item in ITEMS})


def problems(
    error: type[moodcheck.MoodcheckError],
    frame: object,
    **arguments: Any,  # noqa: ANN401 - whatever somebody might say
) -> list[str]:
    with pytest.raises(error) as refused:
        moodcheck.score_frame(frame, PHQ_9, **arguments)
    return [str(problem) for problem in refused.value.problems]


def name_it(item: str) -> str:
    return f"Name the column after the item, or say not_asked=['{item}']."


def test_a_column_that_is_missing_is_named_with_the_one_that_was_meant() -> None:
    what = "the frame has no column of that name"

    assert problems(BadData, ANSWERS.rename({"sleep": "Sleeping", "pace": "x"})) == [
        f"item sleep: {what}. Did you mean 'Sleeping'? {name_it('sleep')}",
        f"item pace: {what}. {name_it('pace')}",
    ]


def test_a_column_that_looks_like_one_that_is_read_is_refused_as_in_a_file() -> None:
    frame = ANSWERS.with_columns(**{"Death_Thoughts": 3, "sleep ": 3, "Note": 1, "note": 2})

    how = "2 columns have this name, but for capital letters or blanks, so nobody knows which is"
    named = problems(BadData, frame)
    assert sorted(one.partition(":")[0] for one in named) == [
        "column death_thoughts",
        "column sleep",
    ]
    assert all(how in one for one in named)


def test_a_column_in_the_way_is_never_overwritten() -> None:
    in_the_way = ANSWERS.with_columns(Total_Score=1, alert=2, __moodcheck_bad_row=3)

    assert problems(BadData, in_the_way) == [
        f"column {name}: scoring adds a column of that name. Rename or drop the one that is there."
        for name in ("Total_Score", "alert", "__moodcheck_bad_row")
    ]


def test_an_item_that_was_not_asked_leaves_no_score_and_no_alert() -> None:
    frame = ANSWERS.drop("death_thoughts")
    scored = moodcheck.score_frame(frame, PHQ_9, not_asked=["death_thoughts"])

    assert scored["alert"].to_list() == ["not_asked", "not_asked"]
    assert scored["total_unanswered"].to_list() == [1, 1]
    assert scored["total_score"].to_list() == [None, None]
    assert scored["total_reason"].to_list() == ["not_asked", "not_asked"]


def test_not_asked_must_be_true_and_must_exist() -> None:
    known = ", ".join([*ITEMS, "impairment"])

    assert problems(UsageError, ANSWERS, not_asked=["sleep", "slep"]) == [
        "not_asked sleep: the frame has a column of answers to it. Remove one of the two.",
        f"not_asked slep: phq-9 has no such item to score. Did you mean 'sleep'? It has: {known}.",
    ]


def test_codes_that_cannot_be_are_refused() -> None:
    reasons = "skipped, declined, unknown, blank"

    assert problems(UsageError, ANSWERS, missing={3: "declined", 9: "gone", True: "blank"}) == [
        "missing 3: an item offers that value as an answer. Change one of the two.",
        f"missing 9: that is not a reason why an answer is missing. Use one of: {reasons}.",
        "missing True: a code is a whole number of up to nine digits. Write 9, say.",
    ]


@pytest.mark.parametrize("thing", [[[0, 1]], {"sleep": [1]}, ANSWERS["sleep"], None, "a.csv"])
def test_what_is_no_frame_is_refused(thing: object) -> None:
    with pytest.raises(UsageError, match="is not a frame that can be scored"):
        moodcheck.score_frame(thing, PHQ_9)


TWICE = [*ITEMS, "sleep"]


@pytest.mark.parametrize(
    "frame",
    [pd.DataFrame([[0] * 10], columns=TWICE), pa.table([[0]] * 10, names=TWICE)],
    ids=["pandas", "pyarrow"],
)
def test_two_columns_of_one_name_are_refused(frame: object) -> None:
    with pytest.raises(BadData, match="Two columns of the frame have the same name"):
        moodcheck.score_frame(frame, PHQ_9)


def test_what_else_is_in_the_frame_stays_as_it_is() -> None:
    day = date(2026, 11, 24)
    frame = pd.DataFrame({item: [1, 2] for item in ITEMS} | {0: [day, None]}, index=["b", "a"])
    scored = moodcheck.score_frame(frame, PHQ_9)

    assert list(scored.index) == ["b", "a"]
    assert list(scored[0]) == [day, None]
    assert list(scored["total_score"]) == [9, 18]
    assert list(frame.columns) == [*ITEMS, 0]


@pytest.mark.parametrize(
    "answers",
    [
        pa.array(["0", "1", "x", None], pa.string_view()),
        pa.array([0, 1, 2.5, None], pa.float16()),
        pa.array([Decimal(0), Decimal(1), Decimal("2.5"), None], pa.decimal256(50, 1)),
        pa.array([Decimal(0), Decimal(1), Decimal(10**45), None], pa.decimal256(50, 0)),
        pc.run_end_encode(pa.array([0, 1, 9, None])),
        pa.array([0, 1, 9, None]).dictionary_encode(),
    ],
    ids=lambda answers: str(answers.type),
)
def test_answers_of_pyarrow_are_told_from_others_whatever_their_type(answers: pa.Array) -> None:
    columns = {item: pa.array([0] * 4) for item in ITEMS} | {"death_thoughts": answers}
    ids = pa.array(["w", "x", "y", "z"], pa.string_view())
    tags = pa.array([[{"of": ["a"]}]] * 4, pa.list_(pa.struct({"of": pa.large_list(ids.type)})))
    frame = pa.table({"id": ids, **columns, "tags": tags})
    parts = moodcheck.score_frame(frame, PHQ_9, parts=True)

    assert parts.scores["id"].to_pylist() == ["w", "x", "z"]
    assert parts.scores["total_score"].to_pylist() == [0, 1, 0]
    assert parts.scores["total_unanswered"].to_pylist() == [0, 0, 1]
    assert parts.scores["tags"].to_pylist() == [[{"of": ["a"]}]] * 3
    assert parts.rejects["id"].to_pylist() == ["y"]
    assert parts.alerts["id"].to_pylist() == ["x", "y"]


def test_every_row_says_that_it_is_no_diagnosis_and_whom_to_see() -> None:
    scored = moodcheck.score_frame(ANSWERS, PHQ_9)

    assert scored["notice"].unique().to_list() == [LANGUAGE.batch.notice]
    assert "Not a diagnosis" in LANGUAGE.batch.notice
    assert LANGUAGE.names_a_clinician(LANGUAGE.batch.notice)
    assert not LANGUAGE.denied_words(LANGUAGE.batch.notice)


def test_a_context_item_is_read_where_advice_looks_at_it() -> None:
    answers = {item.id: [0, 0, 0, 0] for item in SYMPTOMS.items}
    frame = pl.DataFrame(answers | {"unreal": [0, 1, None, 5], "alcohol": ["a", "lot", "", None]})
    scored = moodcheck.score_frame(frame, SYMPTOMS)

    assert scored["advice"].to_list() == ["anyway", "today", "anyway", "anyway"]
    assert scored["total_reason"].to_list() == [None, None, None, "bad_answer"]


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], RowAlert.NOT_ASKED),
        (["no_alert"], RowAlert.NONE),
        (["no_alert", "not_asked"], RowAlert.NOT_ASKED),
        (["no_alert", "not_asked", "unanswered"], RowAlert.UNANSWERED),
        (["no_alert", "not_asked", "unanswered", "alert"], RowAlert.ALERT),
    ],
)
def test_the_critical_item_that_asks_for_most_decides(
    states: list[str], expected: RowAlert
) -> None:
    assert row_alert([CriticalState(state) for state in states]) is expected


def test_a_dask_frame_is_refused_with_what_to_do_instead() -> None:
    kind = type("DataFrame", (), {"__module__": "dask.dataframe.dask_expr._collection"})

    with pytest.raises(UsageError, match=r"A Dask frame cannot be scored.*compute\(\)"):
        moodcheck.score_frame(kind(), PHQ_9)


def test_a_questionnaire_is_named_by_its_id() -> None:
    assert moodcheck.score_frame(ANSWERS, "phq-9").equals(moodcheck.score_frame(ANSWERS, PHQ_9))
    with pytest.raises(InputNotFound, match="phq-9"):
        moodcheck.score_frame(ANSWERS, "no-such-id")


def test_a_map_is_a_file_or_what_would_stand_in_one(tmp_path: Path) -> None:
    frame = ANSWERS.rename({"sleep": "Q3"}).drop("death_thoughts")
    said = {"items": {"sleep": "Q3"}, "not_asked": ["death_thoughts"], "prorate_not_asked": True}
    file = tmp_path / "map.yaml"
    file.write_text(json.dumps({"schema": 1, **said}), encoding="utf-8")

    by_name = moodcheck.score_frame(frame, PHQ_9, map=file)
    assert by_name["total_score"].to_list() == [0, 27]
    assert by_name.equals(moodcheck.score_frame(frame, PHQ_9, map=said))


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"maps": "x"}, UsageError, "There is no option 'maps'. Did you mean 'map'"),
        ({"map": {}, "missing": {9: "declined"}}, UsageError, "Say it there"),
        ({"map": {"rows": {"sleep": "0"}}}, UsageError, "A map for a frame cannot say rows"),
        ({"map": {"items": {"sleep": "Q3"}}}, BadData, "there is no column 'Q3'"),
        ({"map": {"items": {"slep": "Q3"}}}, BadData, "Did you mean 'sleep'"),
        ({"map": "no-such.yaml"}, InputNotFound, "there is no such file"),
    ],
    ids=str,
)
def test_an_option_or_map_that_cannot_be_is_refused(
    options: dict[str, Any], error: type[MoodcheckError], says: str
) -> None:
    with pytest.raises(error) as refused:
        moodcheck.score_frame(ANSWERS, PHQ_9, **options)

    assert says in str(refused.value)


def test_a_prefix_leaves_other_columns_out_of_the_way() -> None:
    frame = ANSWERS.with_columns(alert=pl.lit("mine"), a_alert=pl.lit("taken"))

    assert moodcheck.score_frame(frame, PHQ_9, prefix="b_")["alert"].to_list() == ["mine"] * 2
    assert problems(BadData, frame, prefix="a_") == [
        "column a_alert: scoring adds a column of that name. Rename or drop the one that is there."
    ]


@pytest.mark.parametrize("name", ["value", "answer", "notice"])
def test_parts_are_refused_where_a_name_would_stand_for_two_things(name: str) -> None:
    frame = ANSWERS.with_columns(pl.lit("mine").alias(name))

    if name != "notice":  # which is in the way of the scores themselves
        assert moodcheck.score_frame(frame, PHQ_9)[name].to_list() == ["mine", "mine"]
    assert name in problems(BadData, frame, parts=True)[0]
    assert moodcheck.score_frame(frame, PHQ_9, parts=True, prefix="p_").alerts.columns == [
        *(name, "p_item", "p_answer", "p_why", "p_notice")
    ]


def test_a_frame_without_a_critical_item_has_no_alerts_and_says_so() -> None:
    frame = ANSWERS.drop("death_thoughts").with_columns(id=pl.Series(["a", "b"]))
    parts = moodcheck.score_frame(frame, PHQ_9, parts=True, not_asked=["death_thoughts"])

    assert parts.alerts.shape == (0, 5)
    assert parts.scores["alert"].to_list() == ["not_asked", "not_asked"]
    assert (parts.count().read, parts.count().alerts) == (2, 0)
