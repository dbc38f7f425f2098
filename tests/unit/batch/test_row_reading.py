from __future__ import annotations

from collections.abc import Sequence

import pytest

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.row_reading import RowReading, row_reading
from moodcheck.core.administration import Unanswered
from moodcheck.errors import BadData
from moodcheck.safe_text import safe_lines
from tests.shipped import SYMPTOMS
from tests.unit.core.small import document, questionnaire

SMALL = questionnaire()
MEND = "Name it in a map under 'items' or 'not_asked'."
RENAME = "Rename it in the file, or do not keep it."
DROP = "Rename or drop all but one of them."


def read(names: Sequence[str], **said: object) -> RowReading:
    answer_map = AnswerMap.model_validate({"schema": 1, **said}, strict=False) if said else None
    return row_reading(SMALL, answer_map, names, where="answers.csv")


def problems(names: Sequence[str], **said: object) -> list[str]:
    with pytest.raises(BadData) as refused:
        read(names, **said)
    assert refused.value.what == "answers.csv cannot be scored as it is"
    return [str(problem) for problem in refused.value.problems]


def test_without_a_map_columns_are_named_as_items_and_answers_are_values() -> None:
    reading = read(["b", "id", "a", "c", "age"])

    assert reading.ids == ("id",)
    assert {name: one.column for name, one in reading.items.items()} == {
        "a": "a",
        "b": "b",
        "c": "c",
    }
    assert reading.items["a"].answers == {"0": 0, "1": 1, "2": 2, "3": 3}
    assert reading.items["a"].missing == {"": Unanswered.BLANK}
    assert (reading.keep, reading.not_asked, reading.absent_conditions) == ((), (), ())
    assert reading.unread == ("age",)


def test_without_an_id_column_rows_are_numbered() -> None:
    assert read(["a", "b", "c", "ID"]).ids == ()


def test_a_map_says_which_column_is_which_item_and_which_text_which_answer() -> None:
    reading = read(
        ["Person", "Wave", "Q1", "Q2", "Q3", "age"],
        id=["Person", "Wave"],
        keep=["age"],
        items={"a": "Q1", "b": "Q2", "c": "Q3"},
        answers={"often": {"never": 0, "always": 3}, "b": {"no": 0}},
        missing={"-9": "declined", "": "skipped"},
    )

    assert (reading.ids, reading.keep) == (("Person", "Wave"), ("age",))
    assert reading.unread == ()
    assert {name: one.column for name, one in reading.items.items()} == {
        "a": "Q1",
        "b": "Q2",
        "c": "Q3",
    }
    assert reading.items["a"].answers == {"never": 0, "always": 3}
    assert reading.items["b"].answers == {"no": 0}
    assert reading.items["c"].missing == {"": Unanswered.SKIPPED, "-9": Unanswered.DECLINED}


def test_what_advice_looks_at_and_the_data_lacks_is_reported_and_no_error() -> None:
    reading = row_reading(SYMPTOMS, None, [item.id for item in SYMPTOMS.items], where="x")

    assert reading.absent_conditions == ("unreal", "birth", "impairment", "high_energy")


def test_an_item_that_was_not_asked_needs_no_column() -> None:
    reading = read(["a", "b"], not_asked=["c"])

    assert set(reading.items) == {"a", "b"}
    assert (reading.not_asked, reading.absent_conditions) == (("c",), ("c",))


def test_a_missing_column_is_named_with_the_one_that_was_meant() -> None:
    assert problems(["A", "b", "x"]) == [
        f"item a: there is no column 'a'. Did you mean 'A'? {MEND}",
        f"item c: there is no column 'c'. {MEND}",
    ]


def test_a_file_without_a_header_is_asked_for_one() -> None:
    with pytest.raises(BadData) as refused:
        read(["0", "1", "2"])

    assert refused.value.mend.startswith("Its first line must name the columns")
    assert "map-template" in refused.value.mend


def test_a_column_that_some_engine_takes_for_another_is_refused_where_it_is_used() -> None:
    how = (
        "columns have this name, but for capital letters or blanks, so nobody knows which is meant"
    )

    assert read(["a", "b", "c", "x", "x", "y", "Y"]).ids == ()
    assert problems(["a", "A", "b", "c", "c"]) == [
        f"column a: 2 {how}. {DROP}",
        f"column c: 2 columns have this name, so nobody knows which is meant. {DROP}",
    ]
    assert problems(["a", "b", "c", "id", "Id"]) == [f"column id: 2 {how}. {DROP}"]


def test_a_column_that_the_scores_have_is_not_carried_along() -> None:
    names = ["a", "b", "c", "S_Score", "alert", "record", "__moodcheck_x"]

    assert read(names).keep == ()
    assert problems(names, keep=names[3:]) == [
        f"column {name}: the scores have a column of that name. {RENAME}"
        for name in ("S_Score", "alert", "__moodcheck_x", "record")
    ]
    assert read(names, id=["record"]).ids == ("record",)


def test_a_column_to_name_rows_by_or_to_keep_must_be_there() -> None:
    what = "there is no such column for 'id' or 'keep'"

    assert problems(["a", "b", "c", "person"], id=["persn"], keep=["z"]) == [
        f"column persn: {what}. Did you mean 'person'? Correct 'id' or 'keep' in the map.",
        f"column z: {what}. Correct 'id' or 'keep' in the map.",
    ]


def test_not_asked_must_be_true() -> None:
    what = "it is listed as 'not_asked', and there is a column of that name"

    assert problems(["a", "b", "c"], not_asked=["c"]) == [f"item c: {what}. Remove one of the two."]
    assert set(read(["a", "c"], not_asked=["c"], items={"b": "c"}).items) == {"a", "b"}


def test_a_context_item_that_the_map_names_must_have_its_column() -> None:
    names = [item.id for item in SYMPTOMS.items]
    answer_map = AnswerMap.model_validate({"schema": 1, "items": {"unreal": "voices"}})
    with pytest.raises(BadData) as refused:
        row_reading(SYMPTOMS, answer_map, names, where="x")

    assert [str(one) for one in refused.value.problems] == [
        f"item unreal: there is no column 'voices'. {MEND}"
    ]


def test_everything_is_told_at_once_and_fit_to_show() -> None:
    told = problems(
        ["a", "b\x1b[2J", "\u202e", "x"],
        items={"a": "x", "b": "x", "d": "x"},
        not_asked=["e"],
        answers={"oftn": {"y": 1}, "often": {"": 0, "y": 7}},
        id=["\x1b"],
        keep=["\x1b"],
    )

    assert len(told) == 12
    assert all(line == safe_lines(line) for line in told)


def test_ten_thousand_columns_are_told_about_at_once() -> None:
    names = [f"{'c' * 50}{i}" for i in range(10_000)]

    assert len(problems(names)) == 3


def test_a_code_may_stand_for_no_answer_in_some_items_only() -> None:
    reading = read(
        ["a", "b", "c"],
        missing={
            "-9": "declined",
            "often": {"7": "unknown", "8": "skipped"},
            "b": {"8": "declined"},
        },
    )

    everywhere = {"": Unanswered.BLANK, "-9": Unanswered.DECLINED, "7": Unanswered.UNKNOWN}
    assert reading.items["a"].missing == {**everywhere, "8": Unanswered.SKIPPED}
    assert reading.items["b"].missing == {**everywhere, "8": Unanswered.DECLINED}


def test_a_code_for_no_answer_here_may_be_an_answer_there() -> None:
    pain = {"id": "pain", "label": "Pain", "responses": "ten"}
    ten = [{"value": value, "label": str(value)} for value in range(11)]
    changed = document()
    asked = questionnaire(
        responses={**changed["responses"], "ten": ten}, items=[*changed["items"], pain]
    )
    answer_map = AnswerMap.model_validate(
        {"schema": 1, "missing": {"often": {"7": "declined", "9": "unknown"}}}
    )
    reading = row_reading(asked, answer_map, ["a", "b", "c", "pain"], where="answers.csv")

    assert {"7", "9"} <= reading.items["a"].missing.keys()
    assert reading.items["pain"].answers["9"] == 9
    assert [*reading.items["pain"].missing] == [""]


def test_whole_numbers_with_a_decimal_point_are_read_where_a_map_says_so() -> None:
    reading = read(
        ["a", "b", "c"],
        numbers="whole_floats",
        missing={"-9": "declined", "?": "unknown"},
        answers={"b": {"1": 0, "1.0": 3, "x": 2}},
    )

    whole = {str(value): value for value in range(4)}
    assert reading.items["a"].answers == whole | {f"{text}.0": one for text, one in whole.items()}
    assert reading.items["b"].answers == {"1": 0, "1.0": 3, "x": 2}
    assert [*reading.items["a"].missing] == ["-9.0", "", "-9", "?"]
    assert "1.0" not in read(["a", "b", "c"]).items["a"].answers
