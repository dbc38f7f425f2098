"""A record has the number that it has in its file, and whatever could be an alert is one."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.unit.batch.embedded.runs import read

HEADER = "id,a,b,c\n"


def told(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as content:
        return list(csv.DictReader(content))


def test_broken_records_move_the_numbers_of_those_after_them_in_their_file_only(
    tmp_path: Path,
) -> None:
    files = {
        "one.csv": HEADER + "p1,0,0,1\nx\ny\np4,0,0,1\nz\np6,9,0,0\n",
        "two.csv": HEADER + "p1,0,0,1\np2,0,9,0\n",
    }
    with read(tmp_path, files) as rows:
        rows.write_alerts(tmp_path / "alerts.csv")
        rows.write_rejects(tmp_path / "rejects.csv")

    one, two = (str(tmp_path / name) for name in files)
    alerts = [(line["file"], line["record"]) for line in told(tmp_path / "alerts.csv")]
    assert alerts == [(one, number) for number in "12345"] + [(two, "1")]
    rejects = told(tmp_path / "rejects.csv")
    assert [(line["file"], line["record"], line["column"]) for line in rejects] == [
        *((one, number, "") for number in "235"),
        (one, "6", "a"),
        (two, "2", "b"),
    ]


def test_a_critical_answer_that_cannot_be_read_is_an_alert_and_says_so(tmp_path: Path) -> None:
    files = {"f.csv": HEADER + "p1,0,0,often\np2,0,0,3\np3,0,0,0\np4,0,0,\np5,9,0,9\n"}
    with read(tmp_path, files) as rows:
        rows.write_alerts(tmp_path / "alerts.csv")

    alerts = told(tmp_path / "alerts.csv")
    assert [(line["id"], line["answer"], line["why"]) for line in alerts] == [
        ("p1", "often", "cannot_be_read"),
        ("p2", "3", "alert"),
        ("p5", "", "cannot_be_read"),  # the answer shown is the first bad one of a row
    ]
    assert rows.counts.alerts == 3


def test_a_line_inside_an_id_may_hide_a_critical_answer(tmp_path: Path) -> None:
    files = {"f.csv": HEADER + '"p1,0,0,3\np2",0,0,0\np3,0,0,0\n'}
    with read(tmp_path, files) as rows:
        rows.write_alerts(tmp_path / "alerts.csv")

    assert [line["why"] for line in told(tmp_path / "alerts.csv")] == ["cannot_be_read"]
