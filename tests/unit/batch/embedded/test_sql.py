"""Whatever a file calls its columns and holds in its cells stays a name, or a text."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from moodcheck.batch.embedded import sql

CONNECTION = duckdb.connect()
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["'", '"', "''", '""', "\0", "a\0b", "'; DROP TABLE rows; --", "\\'", "$$", "?", "{}", "\n"]
)


@given(text=TEXTS)
@example(text="\0'\"\0")
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert CONNECTION.execute(f"SELECT {sql.text(text)}").fetchall() == [(text,)]


@given(text=TEXTS.filter(bool))
def test_a_name_comes_back_as_it_was(text: str) -> None:
    assert CONNECTION.execute(f"SELECT 1 AS {sql.name(text)}").description[0][0] == text


@pytest.mark.parametrize(
    ("cell", "is_one"),
    [
        ("=1+1", True), ("+cmd", True), ("-x", True), ("@SUM(1)", True), ("\t=1", True),
        ("\r1", True), ("-", True), ("-1-1", True), ("-12", False), ("+1.5e3", False),
        ("-.5", False), ("a=1", False), (" =1", False), ("", False),
    ],
)  # fmt: skip
def test_a_formula_is_what_a_spreadsheet_would_run(cell: str, *, is_one: bool) -> None:
    found = CONNECTION.execute(f"SELECT {sql.is_formula(sql.text(cell))}").fetchone()

    assert found == (is_one,)


@given(text=TEXTS | st.sampled_from(["\u202e", "\u200b", "=\x1b[2J", "\x9b2J", "\u2028"]))
def test_what_is_shown_in_one_line_hides_nothing_and_is_never_run(text: str) -> None:
    cell = sql.text(text)
    shown, is_altered = one_row(f"{sql.shown_in_one_line(cell)}, {sql.is_altered(cell)}")
    cell = sql.text(shown)
    is_invisible, is_formula = one_row(f"{sql.is_invisible(cell)}, {sql.is_formula(cell)}")

    assert not is_invisible
    assert not is_formula
    assert is_altered or shown == text or set("\n\t") & set(text)


def one_row(columns: str) -> tuple[Any, ...]:
    found = CONNECTION.execute(f"SELECT {columns}").fetchone()
    assert found is not None
    return found
