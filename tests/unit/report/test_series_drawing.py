"""Columns over their numbers: as high as the score, nothing where there is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from moodcheck.report.series_drawing import row_of, rows

PARTS = st.none() | st.floats(0, 1)
EIGHTHS = {char: eighths for eighths, char in enumerate(" ▁▂▃▄▅▆▇█")}


def test_columns_stand_on_one_line_and_a_gap_is_empty() -> None:
    assert rows([1.0, 0.5, None, 0.0, 0.25], height=2, cell=3) == [
        " ██            ",
        " ██ ██    ▁▁ ▄▄",
    ]


def test_a_marked_row_is_dotted_where_no_column_stands() -> None:
    assert rows([0.25, 1.0, None], height=2, cell=2, marked=[1]) == ["╌╌╌█╌╌", " ▄ █  "]


@given(
    parts=st.lists(PARTS, min_size=1, max_size=12),
    height=st.integers(1, 10),
    cell=st.integers(2, 6),
)
def test_every_column_is_as_high_as_its_score_to_the_eighth(
    parts: list[float | None], height: int, cell: int
) -> None:
    drawn = rows(parts, height=height, cell=cell)

    assert {len(line) for line in drawn} == {len(parts) * cell}
    for position, part in enumerate(parts):
        column = [line[position * cell + 1] for line in drawn]
        eighths = sum(EIGHTHS[char] for char in column)
        if part is None:
            assert eighths == 0
        else:
            # The lowest score is still seen.
            assert eighths == max(1, round(part * height * 8))
        assert all(line[position * cell] == " " for line in drawn)


@given(part=st.floats(0, 1), height=st.integers(1, 10))
def test_a_mark_is_in_a_row_that_is_there(part: float, height: int) -> None:
    assert 0 <= row_of(part, height=height) < height
    assert row_of(0, height=height) == 0
    assert row_of(1, height=height) == height - 1
