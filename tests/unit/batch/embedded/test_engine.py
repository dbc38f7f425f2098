"""Several files are one job, whatever the order of their columns."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from moodcheck.errors import BadData
from tests.unit.batch.embedded.runs import read


def test_files_whose_columns_differ_in_order_are_read_by_their_names(tmp_path: Path) -> None:
    files = {"one.csv": "id,a,b,c\np1,3,0,0\n", "two.csv": "c,b,x,a,id\n1,0,9,0,p2\n"}
    with read(tmp_path, files) as rows:
        rows.write_alerts(tmp_path / "alerts.csv")

    with (tmp_path / "alerts.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["p2"]
    assert (rows.counts.read, rows.counts.scored) == (2, 2)


def test_files_of_which_one_has_ids_are_not_mixed(tmp_path: Path) -> None:
    files = {"one.csv": "id,a,b,c\np1,0,0,0\n", "two.csv": "a,b,c\n0,0,0\n"}

    with (
        pytest.raises(BadData, match=r"two\.csv and .*one\.csv do not have"),
        read(tmp_path, files),
    ):
        pass
