"""What a run says of its rows adds up, and says what it wrote."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from moodcheck.batch.outcome import RejectReason
from moodcheck.core.administration import Unanswered
from tests.unit.batch.embedded.runs import KEEPING, read


@pytest.mark.parametrize("seed", range(4))
def test_every_record_is_scored_or_rejected_and_each_scored_one_is_in_every_count(
    seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    lines = [
        ",".join([f"p{i}", *chance.choices(["0", "1", "2", "", "9"], [9, 3, 3, 2, 1], k=3)])
        for i in range(300)
    ]
    lines += ["too,few", "p\u200b,0,0,0"]
    chance.shuffle(lines)
    with read(tmp_path, {"f.csv": "id,a,b,c\n" + "\n".join(lines) + "\n"}) as rows:
        counts = rows.counts

    cells = [line.split(",")[1:] for line in lines if line.startswith("p") and "\u200b" not in line]
    good = [row for row in cells if "9" not in row]
    assert (counts.read, counts.scored) == (302, len(good))
    assert counts.rejected == {
        RejectReason.BAD_ANSWER: 300 - len(good),
        RejectReason.TOO_FEW_COLUMNS: 1,
        RejectReason.SUSPECT_ID: 1,
    }
    distribution = counts.distributions["s"]
    assert sum(distribution.counts.values()) + distribution.not_scored == counts.scored
    assert counts.unanswered == {
        item: {Unanswered.BLANK: sum(row[place] == "" for row in good)}
        for place, item in enumerate("abc")
    }
    assert counts.critical_unanswered == sum(row[2] == "" for row in good)
    assert counts.alerts == sum(row[2] in {"1", "2", "9"} for row in cells) + 1
    written = (tmp_path / "scores").read_text(encoding="utf-8").splitlines()
    assert len(written) == 1 + counts.scored


def test_cells_that_a_spreadsheet_would_run_are_counted_in_what_is_carried(tmp_path: Path) -> None:
    lines = ["=p1,0,0,0,fine", "p2,0,0,0,=x", "p3,0,0,0,-12", "-p4,0,0,0,a\u202eb", "=p5,9,0,0,=y"]
    files = {"f.csv": "id,a,b,c,note\n" + "\n".join(lines) + "\n"}
    with read(tmp_path, files, answer_map=KEEPING) as rows:
        assert rows.counts.altered_cells == 4


def test_an_id_that_is_there_again_is_counted_across_files(tmp_path: Path) -> None:
    files = {
        "one.csv": "id,a,b,c\np1,0,0,0\np1,0,0,0\n",
        "two.csv": "id,a,b,c\np1,0,0,0\np2,0,0,0\n",
    }
    with read(tmp_path, files) as rows:
        assert rows.counts.duplicate_ids == 2
