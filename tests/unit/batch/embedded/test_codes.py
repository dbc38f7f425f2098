"""Data whose codes are shifted give scores that are too high: that is said, and can be refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.code_doubts import DoubtKind
from moodcheck.batch.outcome import RowCounts
from tests.unit.batch.embedded.runs import read
from tests.unit.core.small import document, questionnaire

HEADER = "id,a,b,c\n"
ONE_BASED = "p,1,2,1\n" * 45 + "p,2,1,2\n" * 10 + "p,4,1,4\n"


def counted(folder: Path, content: str, **said: Any) -> RowCounts:  # noqa: ANN401
    answer_map = AnswerMap.model_validate({"schema": 1, **said})
    with read(folder, {"f.csv": content}, answer_map=answer_map) as rows:
        return rows.counts


def kinds(counts: RowCounts) -> list[DoubtKind]:
    return [one.kind for one in counts.code_doubts]


def test_data_of_which_nobody_gave_a_lowest_answer_look_counted_from_one(tmp_path: Path) -> None:
    (doubt,) = counted(tmp_path, HEADER + ONE_BASED).code_doubts

    assert doubt.kind is DoubtKind.COUNTED_FROM_ONE
    assert (doubt.count, doubt.lowest, doubt.highest, doubt.names) == (56, 0, 3, ("often",))


def test_a_single_lowest_answer_hides_nothing(tmp_path: Path) -> None:
    by_number, by_text = tmp_path / "number", tmp_path / "text"
    by_number.mkdir()
    by_text.mkdir()
    answers = {"often": {"never": 0, "some": 2, "most": 3}}
    texts = "p,most,some,most\n" * 60 + "p,never,some,most\n"

    assert kinds(counted(by_number, HEADER + ONE_BASED + "p,0,1,1\n")) == [
        DoubtKind.COUNTED_FROM_ONE
    ]
    assert kinds(counted(by_text, HEADER + texts, answers=answers)) == [
        DoubtKind.LOWEST_NEVER_GIVEN
    ]


@pytest.mark.parametrize(
    "content",
    ["p,1,2,1\n" * 49, ONE_BASED + "p,,0,\n" * 2, ONE_BASED + "p,9,9,0\n" * 2, "p,,,\n" * 100, ""],
    ids=["few rows", "lowest answers", "some in rejected rows", "no answers", "no rows"],
)
def test_data_that_may_well_be_right_are_not_doubted(content: str, tmp_path: Path) -> None:
    assert kinds(counted(tmp_path, HEADER + content)) == []


def test_numbers_just_outside_the_options_are_doubted_where_there_are_many(tmp_path: Path) -> None:
    rows = "p,0,1,0\n" * 100
    folders = [tmp_path / str(number) for number in range(4)]
    for folder in folders:
        folder.mkdir()
    below = counted(folders[0], HEADER + rows + "p,-1,-1,0\n" * 3).code_doubts
    few = counted(folders[1], HEADER + rows + "p,-1,0,0\n" * 4)
    rare = counted(folders[2], HEADER + rows * 10 + "p,0,4,0\n" * 20)
    named = counted(folders[3], HEADER + rows + "p,4,4,0\n" * 9, missing={"4": "declined"})

    assert [(one.kind, one.value, one.count) for one in below] == [(DoubtKind.JUST_OUTSIDE, -1, 6)]
    assert kinds(few) == kinds(rare) == kinds(named) == []


def test_texts_of_a_map_are_doubted_by_their_values(tmp_path: Path) -> None:
    answers = {"often": {"never": 1, "some": 2, "most": 3}}
    rows = "p,never,some,never\n" * 50
    doubts = counted(tmp_path, HEADER + rows, answers=answers).code_doubts

    assert [one.kind for one in doubts] == [DoubtKind.LOWEST_NEVER_GIVEN]


def test_every_answer_is_counted_also_in_rejected_rows(tmp_path: Path) -> None:
    counts = counted(tmp_path, HEADER + "p1,0,1,2\np2,0,,9\nbroken\np\u200b3,3,1,0\n")

    assert counts.values == {
        "a": {0: 2, 1: 0, 2: 0, 3: 1},
        "b": {0: 0, 1: 2, 2: 0, 3: 0},
        "c": {0: 1, 1: 0, 2: 1, 3: 0},
    }


def test_items_of_many_options_are_counted_alike(tmp_path: Path) -> None:
    options = [{"value": value, "label": str(value)} for value in range(101)]
    wide: Mapping[str, object] = {
        "responses": {**document()["responses"], "often": options},
        "validated": False,
    }
    rows = "p,0,50,100\np,x,50,\n"
    with read(tmp_path, {"f.csv": HEADER + rows}, questionnaire=questionnaire(**wide)) as done:
        values = done.counts.values

    given = {item: {value: n for value, n in one.items() if n} for item, one in values.items()}
    assert given == {"a": {0: 1}, "b": {50: 2}, "c": {100: 1}}
    assert all(len(one) == 101 for one in values.values())


@pytest.mark.parametrize("name", ["f.csv", "f.jsonl"])
def test_whole_numbers_with_a_decimal_point_are_read_and_counted(name: str, tmp_path: Path) -> None:
    content = {
        "f.csv": HEADER + "p1,0.0,1,2.0\np2,1.00,1.0,\np3,,-9.0,0\n",
        "f.jsonl": '{"id": "p1", "a": 0.0, "b": 1, "c": 2.0}\n'
        '{"id": "p2", "a": 1.00, "b": 1.0, "c": null}\n'
        '{"id": "p3", "a": null, "b": -9.0, "c": 0}\n',
    }
    answer_map = AnswerMap.model_validate(
        {"schema": 1, "numbers": "whole_floats", "missing": {"-9": "declined"}}
    )
    with read(tmp_path, {name: content[name]}, answer_map=answer_map) as rows:
        counts = rows.counts

    assert (counts.scored, counts.all_rejected, counts.whole_floats) == (2, 1, 4)
    assert counts.unanswered["b"] == {"declined": 1}
    assert counts.values["c"][2] == 1
