"""What only Spark reaches is told from a local file by its name alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck.batch.files_request import FilesRequest
from moodcheck.batch.remote_place import Remote, place_of, sibling
from moodcheck.errors import UsageError

URIS = [
    "hdfs://n:8020/a.csv",
    "s3a://b/a",
    "abfss://c@d/a",
    "gs://b/a",
    "viewfs://v/a",
    "file:///a",
]


@pytest.mark.parametrize("name", [*URIS, "table:a", "table:c.s.n", "table:c.`a-b`"])
def test_a_uri_or_a_table_is_a_place_that_spark_alone_reaches(name: str) -> None:
    place = place_of(name)

    assert isinstance(place, Remote)
    place.refuse_for("spark")
    with pytest.raises(UsageError):
        place.refuse_for("embedded")


@pytest.mark.parametrize("name", ["answers.csv", "/home/a:b.csv", "C:/a.csv", "./table:a"])
def test_anything_else_is_a_local_file(name: str) -> None:
    assert place_of(name) == Path(name)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("https://example.org/a.csv", "no file system that Spark reads"),
        ("table:", "names no table"),
        ("table:a.", "names no table"),
        ("table:a; DROP TABLE b", "names no table"),
    ],
)
def test_what_spark_cannot_reach_either_is_refused(name: str, why: str) -> None:
    place = place_of(name)

    assert isinstance(place, Remote)
    with pytest.raises(UsageError, match=why):
        place.refuse_for("spark")


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("hdfs://n/out/scores.parquet", "hdfs://n/out/scores.alerts.csv"),
        ("s3a://b/scores/", "s3a://b/scores.alerts.csv"),
        ("table:c.s.scores", "table:c.s.scores_alerts"),
        ("table:c.`my scores`", "table:c.`my scores_alerts`"),
    ],
)
def test_alerts_lie_beside_the_scores(name: str, beside: str) -> None:
    assert sibling(place_of(name), "alerts") == Remote(beside)


def request(**named: object) -> FilesRequest:
    usual = {"inputs": ("hdfs://n/a.csv",), "output": "hdfs://n/out.csv", "engine": "spark"}
    return FilesRequest(**(usual | named))  # type: ignore[arg-type]


def test_no_output_is_an_input_or_another_output() -> None:
    with pytest.raises(UsageError, match="is read by this run"):
        request(output="HDFS://n/a.csv/").outputs()
    with pytest.raises(UsageError, match="Two outputs have the same name"):
        request(rejects=Remote("hdfs://n/OUT.csv")).outputs()


def test_alerts_that_are_known_are_local_files() -> None:
    with pytest.raises(UsageError, match="looks like a network address"):
        request(known_alerts=(Path("hdfs://n/alerts.csv"),)).outputs()
