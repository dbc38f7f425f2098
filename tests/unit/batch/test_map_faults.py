from __future__ import annotations

import pytest

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.map_faults import map_faults
from tests.unit.core.small import questionnaire

SMALL = questionnaire(context=[{"id": "d", "label": "Not scored", "responses": "often"}])


def told(**said: object) -> list[str]:
    answer_map = AnswerMap.model_validate({"schema": 1, **said}, strict=False)
    faults = map_faults(answer_map, SMALL)
    return [f"{'.'.join(map(str, fault.path))}: {fault.what}. {fault.mend}." for fault in faults]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        (
            {
                "id": ["x"],
                "keep": ["y"],
                "items": {"a": "A"},
                "answers": {"often": {"no": 0, "x": 3}, "b": {"7": 1}, "one": {"only": 1}},
                "missing": {"": "skipped", "-7": "declined"},
                "not_asked": ["c"],
            },
            [],
        ),
        (
            {"items": {"bb": "B"}},
            ["items.bb: small has no item 'bb'. Did you mean 'b'? Use one of: a, b, c."],
        ),
        (
            {"items": {"d": "D"}, "not_asked": ["d"]},
            [
                (
                    "items.d: 'd' is in no scale, is not critical, and no advice looks at it. "
                    "Leave it out; 'keep' carries columns along."
                ),
                (
                    "not_asked.0: 'd' is in no scale, is not critical, and no advice looks at it. "
                    "Leave it out; 'keep' carries columns along."
                ),
                "not_asked.0: 'd' has a column under 'items'. Keep one of the two.",
            ],
        ),
        (
            {"items": {"a": "b"}},
            [
                (
                    "items.a: the column of 'a' is also used for another item. "
                    "Give each item a column of its own, or list one as 'not_asked'."
                )
            ],
        ),
        ({"items": {"a": "b", "b": "a"}}, []),
        (
            {"answers": {"oftn": {"no": 0}}},
            [
                (
                    "answers.oftn: small has no response set or item 'oftn'. "
                    "Did you mean 'often'? Use one of: a, b, c, often, one."
                )
            ],
        ),
        (
            {"answers": {"often": {"no": 9}}},
            ["answers.often.no: 'often' does not offer this value. Use one of 0, 1, 2, 3."],
        ),
        (
            {"answers": {"a": {"x": 0, "": 1}}, "missing": {"x": "unknown"}},
            [
                (
                    "answers.a.x: this text is both an answer and a missing one. "
                    "Keep one of the two."
                ),
                (
                    "answers.a.: this text is both an answer and a missing one. "
                    "An empty cell is never an answer."
                ),
            ],
        ),
        (
            {"missing": {"3": "declined"}},
            [
                (
                    "missing.3: 'c' offers this value as an answer. "
                    "Name it under 'missing' for the items or response sets where it is none, "
                    "or name the texts of the others under 'answers'."
                )
            ],
        ),
        ({"missing": {"3": "declined"}, "answers": {"often": {"no": 0}}}, []),
        (
            {"not_asked": ["a", "a"]},
            [
                "not_asked.0: 'a' is named 2 times. Keep one of them.",
                "not_asked.1: 'a' is named 2 times. Keep one of them.",
            ],
        ),
        (
            {"id": ["x"], "keep": ["X"]},
            [
                (
                    "id.0: this column is named 2 times under 'id' and 'keep'. "
                    "Name each once; case makes no difference here."
                ),
                (
                    "keep.0: this column is named 2 times under 'id' and 'keep'. "
                    "Name each once; case makes no difference here."
                ),
            ],
        ),
    ],
)
def test_what_contradicts_itself_or_the_questionnaire_is_named(
    said: dict[str, object], expected: list[str]
) -> None:
    assert told(**said) == expected


def test_a_map_for_another_questionnaire_is_told_that_and_nothing_else() -> None:
    assert told(questionnaire="large", items={"zz": "Q1"}, columns="Q") == [
        (
            "questionnaire: this map is for large, and not for small. "
            "Score with it as large (--questionnaire large), or use another map."
        )
    ]


def test_what_goes_by_words_needs_words_that_tell_answers_apart() -> None:
    twins = [{"value": value, "label": "the same"} for value in range(2)]
    alike = questionnaire(responses={"often": twins}, critical=[{"item": "c", "at_least": 1}])
    worded = AnswerMap.model_validate({"schema": 1, "answers": "wording"})
    by_text = AnswerMap.model_validate({"schema": 1, "columns": "wording"})

    assert [fault.what for fault in map_faults(worded, alike)] == [
        "two options of 'a' have the same label"
    ]
    assert told(answers="wording") == []
    assert told(answers="wording", missing={"label 2": "unknown"}) == [
        (
            "missing.label 2: 'c' offers this value as an answer. Name it under 'missing' for the "
            "items or response sets where it is none, or name the texts of the others under "
            "'answers'."
        )
    ]
    assert [(fault.path, fault.what) for fault in map_faults(by_text, SMALL)] == [
        (("columns",), "it goes by the wording of small, and that is not here")
    ]


def test_a_table_with_a_row_for_each_answer_has_no_columns_of_items() -> None:
    long = {"item": "question", "value": "answer"}

    assert told(columns="Q{number}", long=long) == [
        (
            "columns: a table with a row for each answer has no columns of items. "
            "Say under 'items' what the table calls each item."
        )
    ]
