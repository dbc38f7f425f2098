"""A row for each answer gives what a row for each sitting gives."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.embedded import long_table
from moodcheck.errors import BadData
from tests.unit.batch.embedded.runs import read

LONG = {
    "schema": 1,
    "id": ("id", "wave"),
    "long": {"item": "what", "value": "said"},
    "items": {"a": "Q1", "b": "Q2"},
    "keep": ("note",),
}
ITEMS = {"Q1": 0, "Q2": 1, "c": 2}


def answers(**changes: object) -> AnswerMap:
    return AnswerMap.model_validate(LONG | changes)


def lines(*rows: str) -> str:
    return "\n".join(["id,wave,note,what,said", *rows]) + "\n"


def listed(path: Path, *columns: int) -> list[list[str]]:
    return [
        [line.split(",")[column] for column in columns]
        for line in path.read_text().splitlines()[1:]
    ]


SITTING = st.tuples(*[st.sampled_from(["0", "1", "3", "", "9"])] * 3)


@settings(max_examples=25, deadline=None)
@given(
    sittings=st.lists(SITTING, min_size=1, max_size=8),
    gathered=st.sampled_from([200, 400, 2**20]),
    piece_bytes=st.sampled_from([1, 60, 2**20]),
    others=st.booleans(),
)
def test_sittings_are_the_same_however_they_are_written(
    sittings: list[tuple[str, ...]], gathered: int, piece_bytes: int, others: bool
) -> None:
    # Every item is answered once at least, so that the file is about this questionnaire.
    sittings = [*sittings, ("0", "0", "0")]
    wide = [f"p{i},1,n,{','.join(said)}" for i, said in enumerate(sittings)]
    long = [
        f"p{i},1,n,{what},{said[place]}"
        for i, said in enumerate(sittings)
        for what, place in [*ITEMS.items(), *([("gad_1", 0)] if others else [])]
    ]
    outputs = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_table, "GATHERED", gathered)
        for content, changes in (
            ("\n".join(["id,wave,note,Q1,Q2,c", *wide]), {"long": None}),
            (lines(*long), {}),
        ):
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                said = answers(**changes)
                with read(
                    folder, {"f.csv": content}, answer_map=said, piece_bytes=piece_bytes
                ) as rows:
                    rows.write_alerts(folder / "alerts")
                    rows.write_rejects(folder / "rejects")
                    counts = rows.counts
                outputs.append(
                    (
                        (folder / "scores").read_text(),
                        listed(folder / "alerts", 2, 3, 4, 5),
                        listed(folder / "rejects", 2, 3, 4, 5),
                        (counts.scored, counts.all_rejected, counts.alerts),
                    )
                )
    assert outputs[0] == outputs[1]
    assert counts.left_out == others * len(sittings)


def test_a_record_is_a_row_of_the_file_and_broken_ones_are_rejected(tmp_path: Path) -> None:
    rows_ = ["p1,1,n,Q1,0", "p1,1,n", "p1,1,n,Q2,0", "p1,1,n,c,2", "p2,1,n,Q1,x", "p2,1,n,Q2,0"]
    content = lines(*rows_, *["p3,1,n,Q1,0", "p3,1,n,Q2,0", "p3,1,n,c,3"])
    with read(tmp_path, {"f.csv": content}, answer_map=answers(), piece_bytes=30) as rows:
        rows.write_alerts(tmp_path / "alerts")
        rows.write_rejects(tmp_path / "rejects")
        assert (rows.counts.read, rows.counts.scored) == (4, 2)

    assert listed(tmp_path / "rejects", 1, 3, 5) == [
        ["2", '""', "too_few_columns"],
        ["5", "Q1", "bad_answer"],
    ]
    assert listed(tmp_path / "alerts", 1, 3) == [["1", "c"], ["2", '""'], ["7", "c"]]


def test_an_item_that_is_answered_twice_is_no_answer(tmp_path: Path) -> None:
    content = lines("p1,1,n,Q1,0", "p1,1,n,Q2,0", "p1,1,n,c,0", "p1,1,n,c,0", "p2,1,n,Q1,1")
    with read(tmp_path, {"f.csv": content}, answer_map=answers()) as rows:
        rows.write_alerts(tmp_path / "alerts")
        rows.write_rejects(tmp_path / "rejects")

    assert listed(tmp_path / "rejects", 2, 3, 4, 5) == [["p1 | 1", "c", "0 | 0", "bad_answer"]]
    assert listed(tmp_path / "alerts", 2, 3, 5) == [["p1 | 1", "c", "cannot_be_read"]]


def test_answers_that_say_not_whose_they_are_make_no_sitting(tmp_path: Path) -> None:
    nobodys = [",,n,Q1,0", ",,n,Q2,0", ",,n,c,3"]
    content = lines("p1,,n,Q1,0", "p1,,n,Q2,0", "p1,,n,c,0", *nobodys, "p2,1,n,Q1,1")
    with read(tmp_path, {"f.csv": content}, answer_map=answers()) as rows:
        rows.write_alerts(tmp_path / "alerts")
        rows.write_rejects(tmp_path / "rejects")
        assert (rows.counts.scored, rows.counts.all_rejected) == (2, 1)

    assert listed(tmp_path / "rejects", 1, 3, 5) == [["4", "id", "no_id"]]
    assert listed(tmp_path / "alerts", 1, 3, 4) == [["4", "c", "3"]]


def test_rows_are_chosen_before_sittings_are_made(tmp_path: Path) -> None:
    content = lines("p1,1,x,Q1,0", "p1,1,y,Q1,3", "p1,1,x,Q2,0", "p1,1,x,c,0", "p2,1,y,c,3")
    said = answers(rows={"note": ("x",)}, keep=())
    with read(tmp_path, {"f.csv": content}, answer_map=said) as rows:
        counts = rows.counts

    assert (counts.read, counts.scored, counts.left_out, counts.alerts) == (3, 1, 2, 0)


def test_a_small_file_is_gathered_in_any_order_and_a_large_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = lines(*(f"p{i},1,n,{what},1" for what in ITEMS for i in range(9)))
    with read(_made(tmp_path / "a"), {"f.csv": content}, answer_map=answers()) as rows:
        assert (rows.counts.read, rows.counts.scored) == (9, 9)

    monkeypatch.setattr(long_table, "GATHERED", 100)
    with (
        pytest.raises(BadData, match="Sort its rows"),
        read(_made(tmp_path / "b"), {"f.csv": content}, answer_map=answers(), piece_bytes=40),
    ):
        pass


def test_a_sitting_without_an_end_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_table, "GATHERED", 100)
    with (
        pytest.raises(BadData, match="tell sittings apart"),
        read(tmp_path, {"f.csv": lines(*["p1,1,n,c,1"] * 99)}, answer_map=answers(), piece_bytes=9),
    ):
        pass


@pytest.mark.parametrize(
    ("content", "changes", "says"),
    [
        (lines("p1,1,n,Q1,0", "p1,1,n,Q2,0"), {}, "No row of .* answers 'c'"),
        (lines("p1,1,n,Q1,0"), {"long": {"item": "What", "value": "said"}}, "Did you mean 'what'"),
        (lines("p1,1,n,Q1,0"), {"id": None}, "nothing says which"),
    ],
)
def test_what_no_sitting_could_be_made_of_is_refused(
    content: str, changes: dict[str, object], says: str, tmp_path: Path
) -> None:
    content = content.replace("id,wave", "person,wave") if "id" in changes else content
    with (
        pytest.raises(BadData, match=says),
        read(tmp_path, {"f.csv": content}, answer_map=answers(**changes)),
    ):
        pass


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
