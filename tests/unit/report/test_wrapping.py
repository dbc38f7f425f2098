"""Lines that fit: measured as a terminal measures them, and nothing lost at a break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from moodcheck.report.wrapping import NARROWEST, wrapped
from moodcheck.safe_text import safe_text
from tests.strategies import hostile_text

WORDS = st.text(st.sampled_from("ab漢❌e\u0301 -"), max_size=80) | hostile_text().map(safe_text)


@given(WORDS, st.integers(NARROWEST, 60), st.integers(0, 4))
def test_a_wrapped_line_fits_and_loses_nothing(said: str, width: int, indent: int) -> None:
    lines = wrapped(" " * indent + said, width).split("\n")

    assert [line for line in lines if cell_len(line) > width] == []
    assert "".join("".join(lines).split()) == "".join(said.split())


@given(WORDS, st.integers(NARROWEST, 60))
def test_no_mark_or_joiner_begins_a_line(said: str, width: int) -> None:
    # A word of marks alone has no letter to hang on.
    words = [f"a{word}" for word in said.split()]
    lines = wrapped(" ".join(words), width).split("\n")

    assert [line for line in lines if line[:1] and cell_len(line[0]) == 0] == []


def test_a_line_that_goes_on_is_indented_under_itself() -> None:
    assert wrapped("  Label: one two three four five six", 24) == (
        "  Label: one two three\n    four five six"
    )
    assert wrapped("one two three four five six", 20) == "one two three four\nfive six"


def test_a_wide_character_takes_two_columns() -> None:
    assert wrapped("漢字 漢字 漢字 漢字 漢字", 20) == "漢字 漢字 漢字 漢字\n漢字"
    assert wrapped("漢" * 11, 20) == "漢" * 10 + "\n漢"


def test_it_breaks_at_spaces_not_at_hyphens_nor_inside_a_number() -> None:
    assert wrapped("you might self-harm", 20) == "you might self-harm"
    assert wrapped("you might well self-harm", 20) == "you might well\nself-harm"
    assert wrapped("Line: call 0800 111 0 111", 20) == "Line: call\n0800 111 0 111"


@pytest.mark.parametrize("line", ["", " ", "   "])
def test_nothing_is_one_empty_line(line: str) -> None:
    assert wrapped(line, 20).strip() == ""
    assert "\n" not in wrapped(line, 20)
