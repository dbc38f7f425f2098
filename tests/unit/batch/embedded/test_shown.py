"""Whatever a file holds in its cells stays a text: nothing controls, and nothing is run."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.batch.embedded import shown

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["\u202e", "\u200b", "=\x1b[2J", "\x9b2J", "\u2028", "\t=1", "'", "''", "a\nb", "\r"]
)


def of(text: str, expression: pl.Expr) -> object:
    return pl.DataFrame({"text": [text]}).select(expression).item()


TEXT = pl.col("text")


@pytest.mark.parametrize(
    ("cell", "is_one"),
    [
        ("=1+1", True), ("+cmd", True), ("-x", True), ("@SUM(1)", True), ("\t=1", True),
        ("\r1", True), ("-", True), ("-1-1", True), ("-12", False), ("+1.5e3", False),
        ("-.5", False), ("a=1", False), (" =1", False), ("", False), ("-\u0661", True),
    ],
)  # fmt: skip
def test_a_formula_is_what_a_spreadsheet_would_run(cell: str, *, is_one: bool) -> None:
    assert of(cell, shown.is_formula(TEXT)) is is_one


@given(text=TEXTS)
def test_what_is_shown_in_one_line_hides_nothing_and_is_never_run(text: str) -> None:
    in_one_line = str(of(text, shown.shown_in_one_line(TEXT)))

    assert not of(in_one_line, shown.is_invisible(TEXT))
    assert not of(in_one_line, shown.is_formula(TEXT))
    assert of(text, shown.is_altered(TEXT)) or in_one_line == text or {*text} & {"\n", "\t"}


@given(text=TEXTS)
def test_what_is_not_altered_is_as_it_was(text: str) -> None:
    assert of(text, shown.is_altered(TEXT)) is (of(text, shown.shown(TEXT)) != text)
