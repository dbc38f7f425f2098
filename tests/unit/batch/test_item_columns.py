"""Columns that a map tells by their form are those that are meant, or the file is refused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.item_columns import find_item_columns
from moodcheck.batch.name_pattern import pattern_fault
from moodcheck.batch.row_reading import row_reading
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import BadData
from tests.strategies import hostile_text
from tests.unit.core.small import questionnaire

SMALL = questionnaire()
TEXTS = {"a": "“How often A?”", "b": "How often\n B", "c": "How often C, or so?"}
WORDED = questionnaire(
    items=[
        {"id": name, "label": name, "text": text, "responses": "often"}
        for name, text in TEXTS.items()
    ],
    context=[],
)


def found(
    names: Sequence[str], columns: str, asked: Questionnaire = SMALL, **said: object
) -> dict[str, str]:
    """Return the columns of the items, or raise what the file is refused for."""
    answer_map = AnswerMap.model_validate({"schema": 1, "columns": columns, **said}, strict=False)
    reading = row_reading(asked, answer_map, names, where="f.csv")
    return {item: one.column for item, one in reading.items.items()}


def refused(names: Sequence[str], columns: str, asked: Questionnaire = SMALL) -> str:
    with pytest.raises(BadData) as raised:
        found(names, columns, asked)
    return str(raised.value)


@pytest.mark.parametrize(
    ("columns", "names", "expected"),
    [
        ("Q{number}", ["x", "Q1", "Q2", "Q3"], ["Q1", "Q2", "Q3"]),
        ("Q{number}", ["Q3", "Q1", "Q2"], ["Q1", "Q2", "Q3"]),
        ("{same}_{number}", ["id_x", "p_1", "p_2", "p_3", "q_1", "q_2"], ["p_1", "p_2", "p_3"]),
        ("{same}[SQ{number}]", ["g[SQ02]", "g[SQ01]", "g[SQ3]"], ["g[SQ01]", "g[SQ02]", "g[SQ3]"]),
        ("{same}gad{same}{number}", ["gad1", "gad2", "gad3"], ["gad1", "gad2", "gad3"]),
        ("{same}gad{same}{number}", ["gad7_1", "gad7_2", "gad7_3"], ["gad7_1", "gad7_2", "gad7_3"]),
        ("{same} [{any}]", ["p [x]", "q [\n]", "p [\n]", "p [w]"], ["p [x]", "p [\n]", "p [w]"]),
        ("{any}", ["z", "y", "x"], ["z", "y", "x"]),
        ("{number}. {any}", ["2. b", "3. c", "1. a"], ["1. a", "2. b", "3. c"]),
    ],
)  # fmt: skip
def test_columns_of_a_form_are_the_items_by_number_or_else_in_their_order(
    columns: str, names: list[str], expected: list[str]
) -> None:
    assert found(names, columns) == dict(zip("abc", expected, strict=True))


def test_an_item_with_a_column_of_its_own_or_not_asked_is_no_part_of_the_row() -> None:
    names = ["Q1", "Q2", "death"]

    assert found(names, "Q{number}", items={"c": "death"}) == {"a": "Q1", "b": "Q2", "c": "death"}
    assert found(names, "Q{number}", items={"b": "Q2"}, not_asked=["c"]) == {"a": "Q1", "b": "Q2"}


@pytest.mark.parametrize(
    ("columns", "names", "told"),
    [
        ("Q{number}", ["a", "b", "c"], "no 3 columns are called like 'Q{number}', numbered 1 to 3"),
        ("Q{number}", ["Q1", "Q2", "Q3", "Q4"], "numbered 1 to 3; there are 4 like 'Q1'"),
        ("Q{number}", ["Q0", "Q1", "Q2"], "numbered 1 to 3; there are 3 like 'Q0'"),
        ("Q{number}", ["Q1", "Q01", "Q2"], "there are 3 like 'Q1'"),
        ("{same}{number}", ["p1", "q2", "p3"], "there are 2 like 'p1', 1 like 'q2'"),
        (
            "{same}_{number}",
            [f"{stem}_{place}" for stem in ("pre", "post") for place in (1, 2, 3)],
            "are called like '{same}_{number}': 'pre_{number}', 'post_{number}'. Write the one",
        ),
        ("{same} [{any}]", ["q [a]", "q [b]"], "no 3 columns are called like '{same} [{any}]'; "),
    ],
)
def test_what_could_be_meant_otherwise_is_refused_with_what_is_there(
    columns: str, names: list[str], told: str
) -> None:
    assert told in refused(names, columns)


def test_columns_are_called_as_the_items_are_worded_but_for_how_that_is_written() -> None:
    names = ["How often A", "How often B", "how often C or so", "id"]

    assert found(names, "wording", WORDED) == dict(zip("abc", names[:3], strict=True))
    assert "item c: no columns have its text" in refused(names[:2], "wording", WORDED)
    twice = [*names, "“how often B?”"]
    assert "item b: 2 columns have its text" in refused(twice, "wording", WORDED)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("Q{nubmer}", "'{nubmer}' stands for nothing here. Did you mean '{number}'?"),
        ("Q{}", "'{}' stands for nothing here"),
        ("Q", "it tells no two columns apart"),
        ("{same}", "it tells no two columns apart"),
        ("{number}{number}", "'{number}' stands in it twice"),
    ],
)
def test_a_pattern_that_says_nothing_is_refused_with_the_map(pattern: str, told: str) -> None:
    what, mend = pattern_fault(pattern) or ("", "")

    assert f"{what}. {mend}".startswith(told)
    assert told in refused(["Q1", "Q2", "Q3"], pattern)


NAMES = st.lists(
    st.one_of(hostile_text(), st.from_regex(r"\A[pq]_?[0-9]{1,2}\Z")), min_size=1, max_size=12
)


@given(names=NAMES, shuffled=st.permutations([f"Q{place:02}" for place in range(1, 10)]))
def test_whatever_else_a_file_has_and_in_whatever_order_numbers_decide(
    names: list[str], shuffled: list[str]
) -> None:
    nine = questionnaire(
        items=[{"id": f"i{place}", "label": "I", "responses": "often"} for place in range(1, 10)],
        critical=[{"item": "i9", "at_least": 1}],
        advice=[{"id": "anyway", "label": "Talk it over", "text": "A nurse can help."}],
    )
    half = len(names) // 2
    answer_map = AnswerMap.model_validate({"schema": 1, "columns": "Q{number}"})
    told = find_item_columns(answer_map, nine, [*names[:half], *shuffled, *names[half:]])

    assert told.items == {f"i{place}": f"Q{place:02}" for place in range(1, 10)}


@given(names=NAMES, columns=st.sampled_from(["{same}{number}", "{same}_{number}", "{same}{any}"]))
@example(names=["Q"] * 3, columns="{same}{any}")
def test_never_two_items_of_one_column_and_never_only_some_of_them(
    names: list[str], columns: str
) -> None:
    answer_map = AnswerMap.model_validate({"schema": 1, "columns": columns})
    told = find_item_columns(answer_map, SMALL, names)

    assert bool(told.items) is not bool(told.problems)
    if told.items:
        assert [*told.items] == ["a", "b", "c"]
        assert len({*told.items.values()}) == 3
        assert {*told.items.values()} <= {*names}


def test_a_header_that_was_made_to_take_time_takes_none() -> None:
    """A regular expression of the whole pattern would take minutes for these names."""
    names = ["phq1" * 240 + f"x{place}y" for place in range(1_000)]
    answer_map = AnswerMap.model_validate(
        {"schema": 1, "columns": "{same}phq{same}q{same}h{same}{number}"}
    )

    assert find_item_columns(answer_map, SMALL, names).items == {}
