"""A row for each value, a column for each sitting: every number in its place, and none left out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.report import render_plain, render_rich
from moodcheck.report.document import Document, Notice, Section
from moodcheck.report.over_time import OverTime, Point, Sitting, Values
from tests.shown import STYLE

FIRST_DAY = date(2026, 1, 5)
HOW = "Press d for all."


def over_time(numbers: list[int | None], days: list[int], *, is_whole: bool = False) -> OverTime:
    points = tuple(Point("skipped" if one is None else str(one), one) for one in numbers)
    sittings = tuple(Sitting(FIRST_DAY + timedelta(days=day)) for day in days)
    return OverTime(sittings, (Values("Sleep", points, 0, 3),), is_whole, HOW)


def drawn(block: OverTime, width: int = 80) -> list[str]:
    document = Document("", (Section("", (block, Notice("No diagnosis."))),))
    return STYLE.sub("", render_rich.render(document, width=width)).splitlines()


def row(label: str, lines: list[str]) -> str:
    (line,) = [line for line in lines if line.startswith(label)]
    return line.removeprefix(label).strip()


def test_a_column_is_dated_and_a_cell_is_as_dark_as_its_number_is_high() -> None:
    lines = drawn(over_time([0, 1, 2, 3, None], [0, 7, 14, 21, 28]))

    assert row("from 5 Jan 2026", lines).split() == ["Jan", "Feb"]
    assert row("to 2 Feb 2026", lines).split() == ["5", "12", "19", "26", "2"]
    assert row("Sleep", lines).split() == ["0", "░1░", "▒2▒", "▓3▓", "–"]
    assert any("– stands for no answer" in line for line in lines)


@pytest.mark.parametrize(("weeks", "cells"), [(1, 0), (2, 1), (3, 2), (4, 3), (40, 3)])
def test_a_longer_interval_is_a_gap_and_a_very_long_one_takes_no_more_room(
    weeks: int, cells: int
) -> None:
    days = [0, 7, 14, 21, 21 + 7 * weeks]

    assert f"▓3▓{' ' * (1 + 4 * cells)}░1░" in "\n".join(drawn(over_time([1, 2, 1, 3, 1], days)))


@given(
    st.lists(st.none() | st.integers(0, 3), min_size=1, max_size=80),
    st.lists(st.integers(0, 60), min_size=80, max_size=80),
    st.integers(20, 120),
    st.booleans(),
)
def test_the_newest_are_drawn_in_their_order_and_the_others_are_counted(
    numbers: list[int | None], intervals: list[int], width: int, is_whole: bool
) -> None:
    days = [sum(intervals[:place]) for place in range(len(numbers))]
    block = over_time(numbers, days, is_whole=is_whole)
    lines = drawn(replace(block, rows=tuple(map(_lettered, block.rows))), width)
    rows = [line.removeprefix("Sleep") for line in lines]
    # In a whole picture the newer strips come first.
    strips = [
        re.findall("[A-D–]", one)
        for one in rows
        if re.fullmatch("[ ░▒▓A-D–]*[A-D–] *[░▒▓]* *", one)
    ]
    cells = "".join("".join(strip) for strip in reversed(strips))
    expected = "".join("–" if one is None else "ABCD"[one] for one in numbers)
    missing = re.search(
        r"(\d+) earlier sittings? (?:is|are) not shown", " ".join(lines).replace("  ", " ")
    )

    assert cells
    assert expected.endswith(cells)
    assert len(cells) + int(missing[1] if missing else 0) == len(numbers)
    assert missing is None or not is_whole


def _lettered(row: Values) -> Values:
    """Return the same values called by letters, which stand in no date."""
    points = [
        Point(point.text if point.value is None else "ABCD"[int(point.value)], point.value)
        for point in row.points
    ]
    return replace(row, points=tuple(points))


@given(st.integers(-5, 5), st.integers(0, 10))
def test_shades_rise_with_the_numbers_and_only_the_lowest_has_none(lowest: int, width: int) -> None:
    values = Values("Sleep", (), lowest, lowest + width)
    shades = [
        values.shade_of(Point(str(number), number)) for number in range(lowest, lowest + width + 1)
    ]

    assert shades == sorted(shades)
    assert [shade == 0 for shade in shades] == [place == 0 for place in range(width + 1)]
    assert not width or shades[-1] == 3
    assert values.shade_of(Point("skipped", None)) == 0


def test_by_ear_each_date_is_said_with_its_values_the_newest_first() -> None:
    block = over_time([1, None, 3], [0, 7, 14])
    document = Document("", (Section("", (block, Notice("No diagnosis."))),))

    assert render_plain.render(document).splitlines()[:3] == [
        "  19 Jan 2026. Sleep: 3.",
        "  12 Jan 2026. Sleep: skipped.",
        "  5 Jan 2026. Sleep: 1.",
    ]


@given(st.integers(1, 30), st.booleans())
def test_by_ear_it_is_said_how_many_sittings_are_left_out(count: int, is_whole: bool) -> None:
    block = over_time([1] * count, [*range(count)], is_whole=is_whole)
    document = Document("", (Section("", (block, Notice("No diagnosis."))),))
    shown = render_plain.render(document)
    missing = re.search(r"(\d+) earlier", shown)

    assert shown.count("Sleep: 1.") + int(missing[1] if missing else 0) == count
    assert (missing is not None) is (HOW in shown)
    assert missing is None or not is_whole
