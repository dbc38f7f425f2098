"""What a cell may hold, on every engine: whatever is not an offered whole number is no answer."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import inf, nan
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import moodcheck
from moodcheck.core.questionnaire import Questionnaire
from tests.parity.engines import Engine, Row

ANSWERED = {"points_score": 5, "points_reason": None, "points_unanswered": 0}
UNANSWERED = {
    "points_score": None,
    "points_reason": "too_many_unanswered",
    "points_unanswered": 1,
}
BAD = {"points_score": None, "points_reason": "bad_answer", "points_unanswered": 0}


def questionnaire(
    values: list[int],
    items: int = 2,
    *,
    is_critical: bool = False,
    **scale: Any,  # noqa: ANN401 - keys of a scale
) -> Questionnaire:
    """Return a questionnaire of items `q0`, `q1`, … that offer the values."""
    document = {
        "schema": 1,
        "id": "hard",
        "version": "1.0.0",
        "title": "Hard numbers",
        "language": "en",
        "licence": "MIT",
        "source": {"document": "Written for these tests"},
        "validated": {"citation": "Nobody 1999"},
        "recall_period": "Over the last week",
        "responses": {"set": [{"value": value} for value in values]},
        "items": [{"id": f"q{i}", "label": f"Item {i}", "responses": "set"} for i in range(items)],
        "scales": [{"id": "points", "label": "Points", "method": "sum", "items": "all", **scale}],
        "critical": [{"item": "q0", "at_least": sorted(values)[1]}] if is_critical else [],
        "advice": [{"id": "anyway", "label": "Talk", "text": "Talk about it with a doctor."}],
    }
    if scale.get("max_unanswered"):
        document["scales"][0]["missing_rule"] = {"name": "rule", "citation": "Nobody 1999"}  # type: ignore[index]
    return Questionnaire.model_validate(document, strict=False)


FIRST_OF_TWO = questionnaire([0, 1, 2, 3, 4, 5], is_critical=True)


def scored(
    engine: Engine,
    columns: dict[str, pa.Array],
    asked: Questionnaire,
    **arguments: Any,  # noqa: ANN401 - as score_frame
) -> list[Row]:
    frame = engine.take(pa.table(columns))
    return engine.rows(moodcheck.score_frame(frame, asked, **arguments))


def first_of_two(engine: Engine, cells: pa.Array) -> list[Row]:
    """Return the rows of `q0` as given, and `q1` 0."""
    columns = {"q0": cells, "q1": pa.array([0] * len(cells), pa.int8())}
    return scored(engine, columns, FIRST_OF_TWO)


def holds(row: Row, expected: Mapping[str, object]) -> bool:
    return {name: row[name] for name in expected} == expected


@pytest.mark.parametrize(
    "dtype",
    [
        *(pa.int8(), pa.int16(), pa.int32(), pa.int64()),
        *(pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64(), pa.float32(), pa.float64()),
    ],
    ids=str,
)
def test_a_number_of_any_width_is_read_and_its_largest_is_refused(
    engine: Engine, dtype: pa.DataType
) -> None:
    largest = 1e30 if pa.types.is_floating(dtype) else 2 ** (dtype.bit_width - 1) - 1
    answered, blank, bad = first_of_two(engine, pa.array([5, None, largest], dtype))

    assert holds(answered, ANSWERED | {"alert": "alert"})
    assert holds(blank, UNANSWERED | {"alert": "unanswered"})
    assert holds(bad, BAD | {"alert": "alert"})


def test_a_double_is_an_answer_only_when_it_is_exactly_one(engine: Engine) -> None:
    cells = [5.0, 4.999999999999999, 4.5, -0.0, inf, -inf, nan, None]
    rows = first_of_two(engine, pa.array(cells, pa.float64()))

    assert [row["points_score"] for row in rows] == [5, None, None, 0, None, None, None, None]
    assert [row["points_reason"] for row in rows] == [
        *(None, "bad_answer", "bad_answer", None, "bad_answer", "bad_answer"),
        *("too_many_unanswered", "too_many_unanswered"),
    ]
    assert [row["alert"] for row in rows] == [
        *("alert", "alert", "alert", "none", "alert", "alert"),
        *("unanswered", "unanswered"),
    ]


@pytest.mark.parametrize("cells", [pa.array([True, None]), pa.array([False, None])], ids=str)
def test_yes_or_no_is_never_a_number(engine: Engine, cells: pa.Array) -> None:
    bad, blank = first_of_two(engine, cells)

    assert holds(bad, BAD | {"alert": "alert"})
    assert holds(blank, UNANSWERED | {"alert": "unanswered"})


TEXTS = pa.array(["5", "05", " 5", "5.0", "six", "", None])


@pytest.mark.parametrize("cells", [TEXTS, TEXTS.dictionary_encode()], ids=["text", "coded"])
def test_text_is_an_answer_only_when_it_is_exactly_one_as_in_files(
    engine: Engine, cells: pa.Array
) -> None:
    answered, *bad, empty, blank = first_of_two(engine, cells)

    assert holds(answered, ANSWERED | {"alert": "alert"})
    assert all(holds(row, BAD | {"alert": "alert"}) for row in bad)
    assert len(bad) == 4
    assert all(holds(row, UNANSWERED | {"alert": "unanswered"}) for row in (empty, blank))


def test_a_decimal_is_an_answer_only_when_it_is_exactly_one(engine: Engine) -> None:
    cells = [Decimal("5.00"), Decimal("4.99"), Decimal(-5), None]
    answered, *bad, blank = first_of_two(engine, pa.array(cells, pa.decimal128(30, 2)))

    if engine.name in {"pandas", "pandas-nullable"}:  # which have objects in place of decimals
        bad.append(answered)
    else:
        assert holds(answered, ANSWERED | {"alert": "alert"})
    assert all(holds(row, BAD | {"alert": "alert"}) for row in bad)
    assert holds(blank, UNANSWERED | {"alert": "unanswered"})


@pytest.mark.parametrize(
    "cells",
    [
        pa.array(["never", "always", "?", "", "0"]),
        pa.array([1, 6, -9, None, 0], pa.int16()),
        pa.array([1.0, 6.0, -9.0, nan, 0.0]),
        pa.array([Decimal("1.0"), Decimal(6), Decimal(-9), None, Decimal(0)], pa.decimal128(9, 1)),
    ],
    ids=lambda cells: str(cells.type),
)
def test_a_map_says_which_text_or_number_is_which_answer(engine: Engine, cells: pa.Array) -> None:
    texts = {"never": 0, "always": 5, "1": 0, "6": 5}
    said = {
        "items": {"q0": "Question 1"},
        "answers": {"q0": texts},
        "missing": {"?": "declined", "-9": "declined"},
    }
    columns = {"Question 1": cells, "q1": pa.array([0] * 5)}
    rows = scored(engine, columns, FIRST_OF_TWO, map=said, prefix="first_")

    if pa.types.is_decimal(cells.type) and engine.name in {"pandas", "pandas-nullable"}:
        # These have objects in place of decimals.
        assert [row["first_points_reason"] for row in rows].count("bad_answer") == 4
        return
    assert [row["first_points_score"] for row in rows] == [0, 5, None, None, None]
    unanswered, bad = "too_many_unanswered", "bad_answer"
    assert [row["first_points_reason"] for row in rows] == [None, None, unanswered, unanswered, bad]
    assert [row["first_alert"] for row in rows] == [
        *("none", "alert", "unanswered", "unanswered", "alert")
    ]
    added = [name for name in rows[0] if name not in columns]
    assert all(name.startswith("first_") for name in added)


def test_two_questionnaires_are_scored_in_one_frame(engine: Engine) -> None:
    columns = {"q0": pa.array([5, 0]), "q1": pa.array([0, 1]), "points_score": pa.array(["a", "b"])}
    once = moodcheck.score_frame(engine.take(pa.table(columns)), FIRST_OF_TWO, prefix="a_")
    rows = engine.rows(moodcheck.score_frame(once, FIRST_OF_TWO, prefix="b_"))

    assert [(row["a_points_score"], row["b_points_score"]) for row in rows] == [(5, 5), (1, 1)]
    assert [row["points_score"] for row in rows] == ["a", "b"]


def test_a_column_of_nothing_is_unanswered(engine: Engine) -> None:
    (row,) = first_of_two(engine, pa.array([None], pa.null()))

    assert holds(row, UNANSWERED | {"alert": "unanswered"})


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"q0": pd.Series([1, True, "1", None], dtype=object), "q1": 0}),
        pl.DataFrame({"q0": pl.Series([1, True, "1", None], dtype=pl.Object), "q1": [0] * 4}),
    ],
    ids=["pandas", "polars"],
)
def test_in_a_column_of_objects_nothing_is_an_answer(frame: Any) -> None:  # noqa: ANN401 - two kinds
    reasons = moodcheck.score_frame(frame, FIRST_OF_TWO)["points_reason"]

    assert list(reasons) == ["bad_answer"] * 3 + ["too_many_unanswered"]


def test_a_bad_answer_elsewhere_hides_no_alert(engine: Engine) -> None:
    rows = scored(engine, {"q0": pa.array([0, 1, None]), "q1": pa.array([9, 9, 9])}, FIRST_OF_TWO)

    assert all(row["points_score"] is None for row in rows)
    assert {row["points_reason"] for row in rows} == {"bad_answer"}
    assert [row["alert"] for row in rows] == ["none", "alert", "unanswered"]


def test_of_two_critical_items_the_one_that_was_not_asked_is_never_none(engine: Engine) -> None:
    document = FIRST_OF_TWO.model_dump(by_alias=True)
    document["critical"] = [{"item": name, "at_least": 1} for name in ("q0", "q1")]
    asked = Questionnaire.model_validate(document, strict=False)
    rows = scored(engine, {"q0": pa.array([0, 1, None, 9])}, asked, not_asked=["q1"])

    assert [row["alert"] for row in rows] == ["not_asked", "alert", "unanswered", "alert"]


@pytest.mark.parametrize("prorates", [False, True])
def test_never_asked_is_not_unanswered(engine: Engine, prorates: bool) -> None:
    asked = questionnaire([0, 1, 2, 3], 9, max_unanswered=2)
    columns = {f"q{i}": pa.array([2, 2, 9], pa.int16()) for i in range(7)}
    columns |= {"q7": pa.array([2, None, 0], pa.int16())}
    options = {"not_asked": ["q8"], "prorate_not_asked": prorates}
    rows = scored(engine, columns, asked, **options)

    assert [row["points_unanswered"] for row in rows] == [1, 2, 1]
    if prorates:
        assert [row["points_score"] for row in rows] == [18, 18, None]
        assert [row["points_reason"] for row in rows] == [None, None, "bad_answer"]
    else:
        assert [row["points_score"] for row in rows] == [None] * 3
        assert [row["points_reason"] for row in rows] == ["not_asked", "not_asked", "bad_answer"]


def test_codes_for_missing_answers_are_unanswered_and_never_points(engine: Engine) -> None:
    columns = {"q0": pa.array([7, 9, -8, 1]), "q1": pa.array([5.0, 9.0, 0.0, 7.0])}
    missing = {7: "declined", 9: "unknown", -8: "skipped"}
    rows = scored(engine, columns, FIRST_OF_TWO, missing=missing)

    assert [row["points_unanswered"] for row in rows] == [1, 2, 1, 1]
    assert {row["points_reason"] for row in rows} == {"too_many_unanswered"}
    assert [row["alert"] for row in rows] == ["unanswered", "unanswered", "unanswered", "alert"]


def test_a_column_may_be_named_like_a_word_that_scoring_writes(engine: Engine) -> None:
    words = [
        "none",
        "not_asked",
        "anyway",
        "hard",
        "bad_answer",
        "too_many_unanswered",
        "q0_value",
    ]
    columns = {name: pa.array([3]) for name in ["q0", "q1", *words]}
    (row,) = scored(engine, columns, FIRST_OF_TWO)

    assert holds(row, {"points_score": 6, "alert": "alert", "advice": "anyway"})
    assert holds(row, dict.fromkeys(words, 3))


def test_an_item_and_a_scale_may_have_one_name(engine: Engine) -> None:
    asked = questionnaire([0, 1, 2], 2, id="q0")
    (row,) = scored(engine, {"q0": pa.array([2]), "q1": pa.array([1])}, asked)

    assert holds(row, {"q0": 2, "q0_score": 3, "q0_unanswered": 0})


def test_a_scale_may_have_hundreds_of_bands(engine: Engine) -> None:
    bands = [{"at_least": at, "name": f"from {at}"} for at in range(0, 1_001, 2)]
    asked = questionnaire([0, 500], 2, bands=bands, citation="Nobody 1999")
    rows = scored(engine, {"q0": pa.array([0, 500]), "q1": pa.array([500, 500])}, asked)

    assert [row["points_published_band"] for row in rows] == [
        "500-501 from 500, Nobody 1999",
        "1000-1000 from 1000, Nobody 1999",
    ]


@pytest.mark.parametrize("answers", [[-3, -2], [-3, -3], [-1, 0], [0, -1], [2, -3], [-3, 3]])
def test_a_half_rounds_up_below_zero_too(engine: Engine, answers: list[int]) -> None:
    asked = questionnaire([-3, -2, -1, 0, 1, 2, 3], 3, max_unanswered=1)
    columns = {"q0": pa.array([answers[0]]), "q1": pa.array([answers[1]])}
    (row,) = scored(engine, columns | {"q2": pa.array([None], pa.int8())}, asked)

    assert row["points_score"] == (2 * sum(answers) * 3 + 2) // 4


def test_the_largest_questionnaire_does_not_overflow(engine: Engine) -> None:
    # To plan 500 items takes some engines a minute; of 150 all sums are beyond 16 bits as well.
    items = 500 if engine.name == "polars" else 150
    asked = questionnaire([-1_000, 1_000], items, max_unanswered=1, multiply_by=1_000)
    columns = {f"q{i}": pa.array([1_000, -1_000], pa.int16()) for i in range(items - 1)}
    columns[f"q{items - 1}"] = pa.array([None, None], pa.int16())
    rows = scored(engine, columns, asked)

    most = items * 1_000 * 1_000
    assert [row["points_score"] for row in rows] == [most, -most]


def test_a_mean_is_the_double_that_python_divides(engine: Engine) -> None:
    asked = questionnaire([-1, 0, 1, 2], 3, method="mean", multiply_by=7, max_unanswered=2)
    columns = {"q0": pa.array([1, 2, -1]), "q1": pa.array([0, 2, None]), "q2": pa.array([0, 1, 0])}
    rows = scored(engine, columns, asked)

    assert [row["points_score"] for row in rows] == [7 / 3, 35 / 3, -7 / 2]
