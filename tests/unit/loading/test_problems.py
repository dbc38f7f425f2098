from __future__ import annotations

from moodcheck.core.data_model import Fault
from moodcheck.loading.problems import Position, bad_data, quoted


def test_faults_are_told_once_in_the_order_of_the_file() -> None:
    second = Fault(Position(10, 1), "second", "mend it")
    first = Fault(Position(9, 12), "first", "mend it")

    assert str(bad_data("a.yaml", [second, first, second])) == (
        "a.yaml cannot be used: 2 problems.\n"
        "  a.yaml:9:12: first. mend it.\n"
        "  a.yaml:10:1: second. mend it."
    )


def test_what_is_told_cannot_move_the_cursor_or_flood_the_screen() -> None:
    (problem,) = bad_data("a", [Fault(Position(1, 1), "\x1b[2J", "x" * 9_999)]).problems

    assert problem.what == "\\x1b[2J"
    assert problem.mend == "x" * 500 + "…"


def test_a_long_key_is_cut() -> None:
    assert quoted("k" * 40) == f"'{'k' * 40}'"
    assert quoted("k" * 41) == f"'{'k' * 40}…'"
