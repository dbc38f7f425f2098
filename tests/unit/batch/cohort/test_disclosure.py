"""No small group is shown, and none can be found by taking the others from all rows."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import moodcheck
from moodcheck.batch.cohort.disclosure import Of, hidden_groups, withheld
from moodcheck.batch.cohort.figures import Figures
from moodcheck.batch.cohort.sums import NoAlpha, Sums

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


def test_groups_that_are_hidden_anyway_are_taken_first() -> None:
    rows = {"a": 1, "b": 11, "c": 12}

    assert hidden_groups(rows, 10) == {"a", "b"}
    assert hidden_groups(rows, 10, frozenset("ac")) == {"a", "c"}
    assert hidden_groups({"a": 0, "b": 11}, 10) == set()


def test_every_group_is_shown_where_one_row_is_enough() -> None:
    assert hidden_groups({"a": 1, "b": 2}, 1) == set()


def cohort_of(*groups: tuple[str, int, int, int], least: int = 10) -> moodcheck.Cohort:
    """Return what is shown of groups: name, complete rows, one blank item, and all items blank."""
    items = [item.id for item in moodcheck.load("phq-9").items]
    rows = [
        {item: None if item in blank else (number + place) % 4 for place, item in enumerate(items)}
        | {"site": name}
        for name, *several in groups
        for blank, times in zip(((), items[:1], items), several, strict=True)
        for number in range(times)
    ]
    frame = pl.DataFrame(rows, schema={**dict.fromkeys(items, pl.Int64), "site": pl.String})
    return moodcheck.cohort_frame(frame, "phq-9", by="site", min_group=least)


def is_shown(shown: Figures | None, rows: tuple[int, int]) -> tuple[bool, bool, bool]:
    """Return whether scores, scores of complete rows and alpha are; `rows` is how many each has."""
    assert shown is not None
    scale = shown.scales[0]
    assert (scale.scored.spread.rows, scale.complete.spread.rows) == rows
    for one in (scale.scored, scale.complete):
        is_there = one.spread.mean is not None
        assert is_there is (one.spread.sd is not None)
        assert is_there is (one.floor is not None) is (one.ceiling is not None)
        assert is_there is bool(one.counts)
    alpha = scale.reliability.alpha is not None
    assert alpha or (scale.reliability.why, scale.reliability.items) == (NoAlpha.WITHHELD, ())
    return scale.scored.spread.mean is not None, scale.complete.spread.mean is not None, alpha


def test_complete_rows_are_shown_only_where_they_and_the_others_are_enough() -> None:
    few = cohort_of(("a", 2, 20, 0))
    almost_all = cohort_of(("a", 20, 1, 0))
    enough = cohort_of(("a", 20, 10, 0))
    everybody = cohort_of(("a", 20, 0, 0))

    assert is_shown(few.whole, (22, 2)) == (True, False, False)
    assert is_shown(almost_all.whole, (21, 20)) == (True, False, False)
    assert is_shown(enough.whole, (30, 20)) == (True, True, True)
    assert is_shown(everybody.whole, (20, 20)) == (True, True, True)
    assert is_shown(cohort_of(("a", 20, 1, 0), least=1).whole, (21, 20)) == (True, True, True)


def test_scores_and_items_of_few_rows_are_withheld_wherever_most_is_blank() -> None:
    shown = cohort_of(("a", 5, 0, 20))

    assert is_shown(shown.whole, (5, 5)) == (False, False, False)
    assert shown.whole is not None
    for item in shown.whole.items:
        assert (item.spread.rows, item.spread.mean, item.spread.sd) == (5, None, None)
        assert {rows for _option, rows in item.options} == {None}
    text = moodcheck.make_report(shown).text
    assert "Cronbach's alpha is not shown" in text
    assert "Numbers of too few rows are not shown" in text


def test_what_is_withheld_of_a_group_is_not_what_is_left_of_all_rows() -> None:
    shown = cohort_of(("a", 30, 0, 0), ("b", 2, 10, 0), ("c", 40, 0, 0))

    assert is_shown(shown.whole, (82, 72)) == (True, True, True)
    assert is_shown(shown.groups["a"], (30, 30)) == (True, False, False)
    assert is_shown(shown.groups["b"], (12, 2)) == (True, False, False)
    assert is_shown(shown.groups["c"], (40, 40)) == (True, True, True)


group_sizes = st.lists(
    st.tuples(st.integers(0, 25), st.integers(0, 25), st.integers(0, 25)), min_size=1, max_size=6
)


@given(several=group_sizes, least=st.integers(1, 12))
def test_no_number_of_few_rows_is_shown_and_none_follows_by_subtraction(
    several: list[tuple[int, int, int]], least: int
) -> None:
    complete, others, without = (
        dict(zip(map(str, range(len(several))), each, strict=True))
        for each in zip(*several, strict=True)
    )
    scored = {name: complete[name] + others[name] for name in complete}
    rows = {name: scored[name] + without[name] for name in complete}
    groups = {name: sums_of(complete[name], others[name], without[name]) for name in complete}
    every = sums_of(*map(sum, zip(*several, strict=True)))
    hidden = hidden_groups(rows, least)

    found = withheld(groups, least, hidden)
    (of_all,) = withheld({"": every}, least, frozenset()).values()

    judged = {
        (Of.ANSWERED, "i"): (scored,),
        (Of.SCORED, "s"): (scored,),
        (Of.COMPLETE, "s"): (complete, others),
    }
    for what, numbers in judged.items():
        away = hidden | {name for name in groups if what in found[name]}
        for number in numbers:
            few = range(1, least)
            assert not any(number[name] in few for name in groups.keys() - away)
            assert what in of_all or sum(number.values()) not in few
            assert what in of_all or sum(number[name] for name in away) not in few
    for here in found.values():
        # Else they could be taken from the scores of all the groups in which these are withheld.
        assert (Of.SCORED, "s") not in here or (Of.COMPLETE, "s") in here


def sums_of(complete: int, others: int, without: int) -> Sums:
    """Return what is counted of rows: complete, others with a score, and those without one."""
    scores: Counter[tuple[str, float | None, bool]] = Counter()
    scores["s", 1, True], scores["s", 1, False], scores["s", None, False] = (
        complete, others, without
    )  # fmt: skip
    answers = Counter({("i", 0): complete + others})
    return Sums(complete + others + without, answers, scores=scores)
