"""`score_frame` on Spark: equal to the exact fractions, native, and repartitioned at will."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

import moodcheck
from moodcheck.batch.expressions.expressions import output_types
from moodcheck.errors import BadData
from tests.parity.oracle import oracle
from tests.parity.tables import Answers, answers
from tests.parity.test_every_engine import exactly
from tests.shipped import LANGUAGE
from tests.spark.asked import ASKED, ITEMS
from tests.strategies import questionnaires

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SIMPLE = settings(
    max_examples=1,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
)


@pytest.mark.parametrize("is_ansi", ["true", "false"])
def test_spark_frames_are_scored_as_exact_fractions_say(
    spark: SparkSession, is_ansi: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    spark.conf.set("spark.sql.ansi.enabled", is_ansi)

    @given(asked=answers(questionnaires(most_items=4)))
    @SIMPLE
    def hold(asked: Answers) -> None:
        assume(len(asked.rows) > 2 and len(asked.questionnaire.scales) > 1)
        frame = _frame(spark, asked, tmp_path_factory).repartition(3)
        scored: Any = moodcheck.score_frame(frame, asked.questionnaire, not_asked=asked.not_asked)
        rows = sorted((row.asDict() for row in scored.collect()), key=lambda row: row["row"])
        added = [{k: v for k, v in row.items() if k not in frame.columns} for row in rows]
        expected = [oracle(asked.questionnaire, row, LANGUAGE.batch.notice) for row in asked.rows]

        assert [exactly(row) for row in added] == [exactly(row) for row in expected]

    hold()


def _frame(spark: SparkSession, asked: Answers, folders: pytest.TempPathFactory) -> DataFrame:
    import pyarrow.parquet

    # By way of a file: it keeps every type, and needs no pandas.
    file = folders.mktemp("frame") / "answers.parquet"
    pyarrow.parquet.write_table(asked.table, file)
    return spark.read.parquet(f"file://{file}")


def test_decimals_and_text_are_answers_when_they_are_exactly_one(spark: SparkSession) -> None:
    decimals = ", ".join(f"CAST(1 AS DECIMAL(20, 2)) AS {item}" for item in ITEMS[1:])
    texts = spark.sql(f"SELECT explode(array('1', '01', '')) AS {ITEMS[0]}, {decimals}")
    scored: Any = moodcheck.score_frame(texts, ASKED, prefix="x_")

    rows = scored.collect()
    assert [row["x_total_score"] for row in rows] == [len(ITEMS), None, None]
    assert [row["x_total_reason"] for row in rows] == [None, "bad_answer", "too_many_unanswered"]


def test_a_frame_gives_its_parts_and_their_counts(spark: SparkSession) -> None:
    others = ", ".join(f"0 AS {item}" for item in ITEMS[1:])
    frame: Any = spark.sql(f"SELECT explode(array(1, 9, null)) AS {ITEMS[0]}, {others}")
    parts = moodcheck.score_frame(frame, ASKED, parts=True)

    assert [row.value for row in parts.rejects.collect()] == ["9"]
    counts = parts.count()
    assert (counts.read, counts.scored, counts.alerts) == (3, 2, parts.alerts.count())
    assert counts.unanswered[ITEMS[0]] == {"blank": 1}


def test_no_row_passes_through_python(spark: SparkSession) -> None:
    columns = ", ".join(f"{place % 4} AS {item}" for place, item in enumerate(ITEMS))
    frame = spark.sql(f"SELECT {columns} FROM range(10)")  # noqa: S608 - ids of items
    scored: Any = moodcheck.score_frame(frame, ASKED)

    plan = io.StringIO()
    with contextlib.redirect_stdout(plan):
        scored.explain(extended=True)

    assert "low_mood" in plan.getvalue()
    assert not [word for word in ("Python", "UDF", "Arrow", "Pandas") if word in plan.getvalue()]


def test_columns_of_any_name_stay_as_they_are(spark: SparkSession) -> None:
    columns = ", ".join(f"0 AS {item}" for item in ITEMS)
    frame = spark.sql(f"SELECT 7 AS `a.b`, {columns}, 8 AS `c``d`, 9 AS `*`")
    scored: Any = moodcheck.score_frame(frame, ASKED)

    (row,) = scored.collect()
    names = ["a.b", *ITEMS, "c`d", "*"]
    assert scored.columns == [*names, *output_types(ASKED)]
    assert (row["a.b"], row["c`d"], row["*"], row["total_score"]) == (7, 8, 9, 0)


@pytest.mark.parametrize("second", ["sleep", "Sleep"])
def test_two_columns_that_spark_takes_for_one_are_refused(spark: SparkSession, second: str) -> None:
    columns = ", ".join(f"0 AS {item}" for item in ITEMS)
    frame = spark.sql(f"SELECT {columns}, 1 AS {second}")

    with pytest.raises(BadData, match="Two columns of the frame have the same name"):
        moodcheck.score_frame(frame, ASKED)
