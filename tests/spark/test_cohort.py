"""A cluster looks at many people as this machine does, whether from files or from a frame."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import moodcheck
from moodcheck.errors import BadData
from tests.spark.asked import ASKED, ITEMS

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SAID = {"schema": 1, "missing": {"9": "declined"}}


def write(folder: Path, rows: int = 120) -> Path:
    """Write answers of three sites, of which one is small, with blanks, codes and bad cells."""
    lines = [",".join(["id", "site", *ITEMS])]
    for number in range(rows):
        cells = [str((number * (place + 3) + number // 7) % 4) for place in range(4)]
        cells[number % 4] = {0: "", 1: "9", 2: "x"}.get(number % 13, cells[number % 4])
        site = "" if number % 29 == 0 else "ab"[number % 2]
        lines.append(",".join([f"p{number}", site, *cells]))
    file = folder / "answers.csv"
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return file


def test_a_cluster_shows_what_this_machine_shows(spark: SparkSession, tmp_path: Path) -> None:
    file = write(tmp_path)
    here = moodcheck.cohort_files(file, ASKED, by="site", min_group=5, map=SAID)
    there = moodcheck.cohort_files(file, ASKED, by="site", min_group=5, map=SAID, engine="spark")
    frame = spark.read.csv(str(file), header=True)
    of_frame = moodcheck.cohort_frame(frame, ASKED, by="site", min_group=5, map=SAID)

    for shown in (there, of_frame):
        assert (shown.whole, shown.groups) == (here.whole, here.groups)
        assert (shown.hidden_groups, shown.hidden_rows) == (here.hidden_groups, here.hidden_rows)
        assert shown.counts.alerts == here.counts.alerts > 0
        assert shown.counts.rejected == here.counts.rejected
    assert [*here.groups] == ["", "a", "b"]


def test_a_column_that_tells_rows_apart_makes_no_groups(
    spark: SparkSession, tmp_path: Path
) -> None:
    del spark
    with pytest.raises(BadData, match="over 1,000 different texts"):
        moodcheck.cohort_files(write(tmp_path, 1_200), ASKED, by="id", map=SAID, engine="spark")
