"""No small group is shown, and none can be found by taking the others from all rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.batch.cohort.disclosure import hidden_groups

sizes = st.dictionaries(st.text(max_size=2), st.integers(1, 40), max_size=8)


@given(rows=sizes, least=st.integers(1, 30))
def test_no_group_of_few_rows_is_shown_and_none_is_what_is_left_of_all_rows(
    rows: dict[str, int], least: int
) -> None:
    hidden = hidden_groups(rows, least)
    left = sum(rows[name] for name in hidden)

    assert all(rows[name] >= least for name in rows.keys() - hidden)
    # Whoever subtracts finds several groups and enough rows, or there is nothing to subtract from.
    assert not hidden or len(hidden) == len(rows) or (len(hidden) > 1 and left >= least)


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        ({"a": 10, "b": 12}, ""),
        ({"a": 9, "b": 12, "c": 30}, "ab"),
        ({"a": 5, "b": 5, "c": 12}, "ab"),
        ({"a": 4, "b": 5, "c": 12, "d": 13}, "abc"),
        ({"a": 9, "b": 30}, "ab"),
        ({"a": 3}, "a"),
        ({}, ""),
    ],
)
def test_as_few_groups_are_hidden_as_it_takes(rows: dict[str, int], hidden: str) -> None:
    assert hidden_groups(rows, 10) == set(hidden)


def test_every_group_is_shown_where_one_row_is_enough() -> None:
    assert hidden_groups({"a": 1, "b": 2}, 1) == set()
