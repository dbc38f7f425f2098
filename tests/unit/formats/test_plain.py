"""Plain text: one thing a line, nothing drawn, nothing wider than was asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from moodcheck.domain.administration import Administration
from moodcheck.formats import plain
from moodcheck.formats.help_text import NO_BREAK
from tests.shipped import SYMPTOMS, answered, summary_of
from tests.strategies import administrations

WORDS = st.text(st.sampled_from("ab漢❌e\u0301 -"), max_size=80)


@given(WORDS, st.integers(20, 60), st.integers(0, 4))
def test_a_wrapped_line_fits_and_loses_nothing(words: str, width: int, indent: int) -> None:
    line = " " * indent + words
    wrapped = plain.wrapped(line, width)

    assert all(cell_len(one) <= width for one in wrapped.split("\n"))
    assert "".join(wrapped.split()) == "".join(line.split())


def test_a_line_that_goes_on_is_indented_under_itself() -> None:
    assert plain.wrapped("  Label: one two three four five six", 24) == (
        "  Label: one two three\n    four five six"
    )
    assert plain.wrapped("one two three four five six", 20) == "one two three four\nfive six"


def test_it_breaks_at_spaces_not_at_hyphens_nor_inside_a_number() -> None:
    number = f"0800{NO_BREAK}111{NO_BREAK}0{NO_BREAK}111"

    assert plain.wrapped("you might self-harm", 20) == "you might self-harm"
    assert plain.wrapped("you might well self-harm", 20) == "you might well\nself-harm"
    assert plain.wrapped(f"Line: call {number}", 20) == "Line: call\n0800 111 0 111"


@pytest.mark.parametrize("width", [-1, 0, 1, 19])
def test_narrower_than_twenty_is_twenty(width: int) -> None:
    summary = summary_of(answered())

    assert plain.summary(summary, width=width) == plain.summary(summary, width=20)


@given(administrations())
def test_every_answer_has_a_line_of_its_own(administration: Administration) -> None:
    summary = summary_of(administration)
    lines = plain.summary(summary, width=200).splitlines()

    for line in (*summary.items, *summary.context):
        assert lines.count(f"  {line.item.label}: {line.answer}") == 1
    assert [label for label in lines if label.strip().startswith(SYMPTOMS.scales[0].label)]


@given(administrations(), st.integers(20, 200))
def test_it_ends_with_one_line_end_and_has_no_trailing_space(
    administration: Administration, width: int
) -> None:
    shown = plain.summary(summary_of(administration), width=width)

    assert shown.endswith("\n")
    assert not shown.endswith("\n\n")
    assert "\n\n\n" not in shown
    assert all(line == line.rstrip() for line in shown.split("\n"))
