"""Looking at many people from Python: what is refused, and what is known all the same."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import moodcheck
from moodcheck.batch.outcome import RowCounts
from moodcheck.errors import BadData, UsageError
from tests.shipped import SYMPTOMS

ITEMS = [item.id for item in SYMPTOMS.items]


def test_where_nothing_can_be_shown_the_alerts_are_known_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    rows = ["id," + ",".join(ITEMS), "p1,often" + ",3" * (len(ITEMS) - 1)]
    file.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(BadData, match="No row could be scored") as caught:
        moodcheck.cohort_files(file)

    assert isinstance(caught.value.report, RowCounts)
    assert caught.value.report.alerts == 1


def test_options_that_cannot_be_are_refused_before_anything_is_read() -> None:
    with pytest.raises(UsageError, match="at least one row"):
        moodcheck.cohort_files("nothing.csv", min_group=0)
    with pytest.raises(UsageError, match="There is no option 'output'"):
        moodcheck.cohort_files("nothing.csv", output="scores.csv")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("by", "said"),
    [("sight", "Did you mean 'site'"), ("seen", "cannot tell groups apart")],
)
def test_a_column_of_a_frame_that_tells_no_groups_apart_is_named(by: str, said: str) -> None:
    frame = pl.DataFrame({item: [0, 1] for item in ITEMS} | {"site": ["a", "b"]})
    frame = frame.with_columns(seen=pl.Series([[1], [2]]))
    with pytest.raises(BadData, match=said):
        moodcheck.cohort_frame(frame, "symptoms", by=by)


def test_what_stands_in_a_cell_names_its_group_as_a_file_has_it() -> None:
    frame = pl.DataFrame(
        {item: [0, 1, 2, 3] for item in ITEMS}
        | {"day": pl.Series(["2026-05-01", None] * 2).str.to_date(), "wave": [1.0, 2.0] * 2}
        | {"is_new": [True, False] * 2}
    )
    named = {
        by: [*moodcheck.cohort_frame(frame, "symptoms", by=by, min_group=1).groups]
        for by in ("day", "wave", "is_new")
    }

    assert named == {
        "day": ["", "2026-05-01"],
        "wave": ["1", "2"],
        "is_new": ["false", "true"],
    }
