"""Spark reads and writes what its session reaches, refuses what exists, and leaves no half."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

import moodcheck
from moodcheck.batch.spark import engine
from moodcheck.batch.spark.engine import SparkRows
from moodcheck.errors import (
    BadData,
    CannotCreate,
    ExitCode,
    InputNotFound,
    MoodcheckError,
)
from tests.spark.asked import ASKED, ITEMS
from tests.spark.quick import STORE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from moodcheck.batch.remote_place import Place
    from moodcheck.batch.row_engine import Progress

CRITICAL = ASKED.critical[0].item
HEADER = ",".join(["id", *ITEMS])


def line(called: str, critical: str = "0") -> str:
    return ",".join([called, *(critical if item == CRITICAL else "1" for item in ITEMS)])


def csv(*lines: str) -> str:
    return "\n".join([HEADER, *lines]) + "\n"


@dataclass(frozen=True)
class Data:
    """A folder, by two names."""

    uri: str
    folder: Path


@pytest.fixture
def data(spark: SparkSession, store: Path, request: pytest.FixtureRequest) -> Data:
    """Return a folder that the session reaches by a URI."""
    del spark  # it is the active one, which the engine takes
    folder = store / hashlib.sha256(request.node.nodeid.encode()).hexdigest()
    folder.mkdir()
    return Data(f"{STORE}/data/{folder.name}", folder)


def ids(frame: DataFrame) -> list[str]:
    return sorted(row["id"] for row in frame.collect())


def test_tables_and_folders_of_parts_are_read_and_tables_written(
    spark: SparkSession, data: Data
) -> None:
    columns = ", ".join(f"1 AS {item}" for item in ITEMS)
    spark.sql(f"CREATE TABLE kept USING parquet AS SELECT 't1' AS id, {columns}")
    parts = data.folder / "parts"
    parts.mkdir()
    (parts / "part-0.csv").write_text(csv(line("f1"), line("f2", "3")), encoding="utf-8")
    (parts / "part-1.csv").write_text(csv(line("f3"), line("f4", "often")), encoding="utf-8")

    report = moodcheck.score_files(
        ["table:default.kept", f"{data.uri}/parts"],
        ASKED,
        output="table:default.scored",
        engine="spark",
        allow_rejects=True,
    )

    assert report.outputs == {
        "alerts": "table:default.scored_alerts",
        "rejects": "table:default.scored_rejects",
        "scores": "table:default.scored",
    }
    scores = spark.table("default.scored")
    assert ids(scores) == ["f1", "f2", "f3", "t1"]
    assert dict(scores.dtypes)["total_score"] == "bigint"
    # Of a table, an item that is not critical has 1 as well.
    assert ids(spark.table("scored_alerts")) == ["f2", "f4", "t1"]
    assert ids(spark.table("scored_rejects")) == ["f4"]
    with pytest.raises(CannotCreate, match=r"table:default\.scored is there already"):
        moodcheck.score_files("table:kept", ASKED, output="table:default.scored", engine="spark")


def test_scores_that_break_off_are_removed_and_alerts_are_whole_before_they_begin(
    spark: SparkSession, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data.folder / "answers.csv").write_text(csv(line("a"), line("b", "3")), encoding="utf-8")
    seen: list[str] = []
    write = SparkRows.write_scores

    def breaking(rows: SparkRows, target: Place, progress: Progress) -> None:
        seen.extend(one.parent.name for one in data.folder.rglob("_SUCCESS"))
        lost = rows._rows.scores.withColumn("notice", F.raise_error(F.lit("lost")).cast("string"))
        vars(rows._rows)["scores"] = lost
        write(rows, target, progress)

    monkeypatch.setattr(SparkRows, "write_scores", breaking)
    with pytest.raises(MoodcheckError):
        moodcheck.score_files(
            f"{data.uri}/answers.csv", ASKED, output=f"{data.uri}/out.parquet", engine="spark"
        )

    assert sorted(seen) == ["out.alerts.csv", "out.rejects.csv"]
    assert not (data.folder / "out.parquet").exists()
    assert ids(spark.read.csv(f"{data.uri}/out.alerts.csv", header=True)) == ["b"]


@pytest.mark.parametrize("taken", ["out.csv", "out.alerts.csv", "out.rejects.csv"])
def test_nothing_is_written_where_something_is(data: Data, taken: str) -> None:
    (data.folder / "answers.csv").write_text(csv(line("a")), encoding="utf-8")
    (data.folder / taken).mkdir()

    with pytest.raises(CannotCreate, match=f"{taken} is there already") as refused:
        moodcheck.score_files(
            f"{data.uri}/answers.csv", ASKED, output=f"{data.uri}/out.csv", engine="spark"
        )
    assert refused.value.exit_code == ExitCode.CANNOT_CREATE
    assert sorted(one.name for one in data.folder.iterdir()) == sorted(["answers.csv", taken])


@pytest.mark.parametrize(
    ("name", "kind", "why"),
    [
        (f"{STORE}/data/nowhere.csv", InputNotFound, "Spark finds nothing at"),
        ("table:default.nowhere", InputNotFound, "Spark finds nothing at"),
        ("s3a://bucket/answers.csv", MoodcheckError, "no library for the file system"),
    ],
)
def test_what_a_session_does_not_find_is_named(
    data: Data, name: str, kind: type[MoodcheckError], why: str
) -> None:
    with pytest.raises(kind, match=why):
        moodcheck.score_files(name, ASKED, output=f"{data.uri}/out.csv", engine="spark")


def test_a_part_without_its_header_is_refused(data: Data) -> None:
    parts = data.folder / "parts"
    parts.mkdir()
    (parts / "part-0.csv").write_text(csv(line("a"), line("b")), encoding="utf-8")
    (parts / "part-1.csv").write_text(line("c") + "\n", encoding="utf-8")

    with pytest.raises(BadData, match=r"The header of .* stands in it 0 times"):
        moodcheck.score_files(
            f"{data.uri}/parts", ASKED, output=f"{data.uri}/out.csv", engine="spark"
        )


@pytest.mark.parametrize(
    ("content", "kind"), [(None, InputNotFound), ("id,low_mood\n", BadData), ("", BadData)]
)
def test_what_is_wrong_with_a_local_file_is_said_before_spark_starts(
    tmp_path: Path, content: str | None, kind: type[MoodcheckError], monkeypatch: pytest.MonkeyPatch
) -> None:
    def started() -> None:
        raise AssertionError("Spark takes half a minute to start")

    monkeypatch.setattr(engine, "session", started)
    if content is not None:
        (tmp_path / "answers.csv").write_text(content, encoding="utf-8")

    with pytest.raises(kind):
        moodcheck.score_files(
            tmp_path / "answers.csv", ASKED, output=tmp_path / "out.csv", engine="spark"
        )
