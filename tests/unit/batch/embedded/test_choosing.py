"""A map may choose rows; those left out are counted, and answers of unopened forms are blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.limits import Limits, refusal
from moodcheck.errors import BadData
from tests.unit.batch.embedded.runs import read

EVENTS = (
    "id,event,repeat,a,b,c\n"
    "p1,base,,0,1,2\n"
    "p1,week 8,,3,3,3\n"
    "p2,base,1,9,9,9\n"
    "\n"
    "p2,base,,0,9,0\n"
    "p3,base\n"
    "p4,screen,,0,0,0\n"
)
BASE = AnswerMap.model_validate(
    {"schema": 1, "id": ("id",), "rows": {"event": ("base", "screen"), "repeat": ("",)}}
)


@pytest.mark.parametrize("piece_bytes", [1, 2**20])
def test_rows_left_out_are_counted_and_stand_nowhere(piece_bytes: int, tmp_path: Path) -> None:
    files = {"f.csv": EVENTS}
    with read(tmp_path, files, answer_map=BASE, piece_bytes=piece_bytes) as rows:
        rows.write_alerts(tmp_path / "alerts")
        rows.write_rejects(tmp_path / "rejects")
        counts = rows.counts

    assert (counts.read, counts.scored, counts.all_rejected, counts.left_out) == (6, 2, 2, 2)
    scores = (tmp_path / "scores").read_text().splitlines()[1:]
    assert [line.split(",")[0] for line in scores] == ["p1", "p4"]
    # A record without cells may be one that is wanted; records keep their numbers.
    rejects = (tmp_path / "rejects").read_text().splitlines()[1:]
    assert [line.split(",")[1] for line in rejects] == ["4", "5"]
    alerts = (tmp_path / "alerts").read_text().splitlines()[1:]
    assert [line.split(",")[1] for line in alerts] == ["1", "5"]


def test_a_map_that_leaves_out_every_row_is_refused(tmp_path: Path) -> None:
    nobody = AnswerMap.model_validate({"schema": 1, "rows": {"id": ("p9",)}})
    with read(tmp_path, {"f.csv": "id,a,b,c\np1,0,0,0\n"}, answer_map=nobody) as rows:
        problem = refusal(rows.counts, Limits())

    assert problem is not None
    assert "leaves out all 1 records" in str(problem)


def test_a_column_to_choose_by_has_to_be_there(tmp_path: Path) -> None:
    files = {"f.csv": "id,a,b,c,Event\np1,0,0,0,base\n"}
    with pytest.raises(BadData) as caught, read(tmp_path, files, answer_map=BASE):
        pass

    assert "column event: there is no such column for 'rows'. Did you mean 'Event'?" in str(
        caught.value
    )


FORMS = (
    "id,done,a,b,c\n"
    "unopened,0,0,,0\n"
    "answered no,2,0,0,0\n"
    "opened,0,0,1,0\n"
    "an alert,0,0,0,3\n"
    "unreadable,0,0,0,x\n"
)


@pytest.mark.parametrize(
    "answers",
    [{}, {"often": {"0": 0, "none": 0, "1": 1, "2": 2, "3": 3}}],
    ids=["numbers", "texts"],
)
def test_only_a_form_without_any_answer_is_blank(
    answers: dict[str, dict[str, int]], tmp_path: Path
) -> None:
    said = AnswerMap.model_validate(
        {"schema": 1, "blank_when": {"done": ("0",)}, "answers": answers}
    )
    with read(tmp_path, {"f.csv": FORMS}, answer_map=said) as rows:
        rows.write_alerts(tmp_path / "alerts")
        counts = rows.counts

    assert (counts.scored, counts.unopened, counts.all_rejected) == (4, 1, 1)
    assert all(counts.unanswered[item] == {"blank": 1} for item in "abc")
    # What somebody answered is never taken away, whatever the form says of itself.
    alerts = (tmp_path / "alerts").read_text().splitlines()[1:]
    assert [line.split(",")[1] for line in alerts] == ["4", "5"]
