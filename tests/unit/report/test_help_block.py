"""Help lines in sentences: how to reach each one, and what is known of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from moodcheck.core.crisis import CrisisLine, HelpPanel, Region, help_panel
from moodcheck.report.document import Block, Contact, Listing, Paragraph
from moodcheck.report.help_block import after_the_numbers, help_document, in_short, numbers
from moodcheck.report.render_plain import render
from moodcheck.report.wrapping import NARROWEST
from tests.shipped import DIRECTORY, LANGUAGE, NUMBERLESS, OTHERS, TODAY

LINE: dict[str, Any] = {
    "name": "A line",
    "number": "12 34",
    "channel": ("call",),
    "source": "somebody",
    "source_date": date(2026, 1, 1),
    "checked": None,
    "checked_by": None,
}


def panel(**changes: object) -> HelpPanel:
    """Return the help panel of a country with one line."""
    usual = help_panel(DIRECTORY, LANGUAGE, Region("US"), today=TODAY)
    line = CrisisLine.model_validate({**LINE, **changes})
    return replace(usual, lines=(line,))


def contact(shown: HelpPanel) -> Contact:
    """Return the one line of a panel."""
    (found,) = (block for block in numbers(shown) if isinstance(block, Contact))
    return found


def texts(blocks: Sequence[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("changes", "reach"),
    [
        ({}, "A line: call 12 34"),
        ({"channel": ("call", "text")}, "A line: call or text 12 34"),
        ({"channel": ("call", "text", "chat")}, "A line: call, text or chat 12 34"),
        ({"channel": ("text",), "message": "HELLO"}, "A line: text HELLO to 12 34"),
        ({"name": "\x1b[2J"}, "\\x1b[2J: call 12 34"),
    ],
)
def test_it_says_how_to_reach_a_line(changes: dict[str, object], reach: str) -> None:
    assert contact(panel(**changes)).reach == reach


@pytest.mark.parametrize("number", ["12 34 56", "0800 12 34", "*12 34", "113, option 5"])
@pytest.mark.parametrize("width", range(NARROWEST, 60))
def test_a_number_stands_in_one_line_at_every_width(number: str, width: int) -> None:
    lines = render(help_document(panel(number=number)), width=width).splitlines()

    assert any(number in line for line in lines)


@pytest.mark.parametrize(
    ("changes", "details"),
    [
        ({}, ""),
        ({"hours": "24/7"}, "day and night"),
        ({"hours": "16:00–21:00"}, "16:00–21:00"),
        ({"audience": "young people"}, "for young people"),
        ({"languages": ("English", "French")}, "English, French"),
        (
            {"only_from": "a mobile phone", "hours": "24/7"},
            "only from a mobile phone; day and night",
        ),
    ],
)
def test_it_says_what_is_known_of_a_line(changes: dict[str, object], details: str) -> None:
    assert contact(panel(**changes)).known == details


WHERE = pytest.mark.parametrize(
    "where",
    [
        Region("US"),
        Region("US", is_guess=True),
        Region(),
        Region("SE", country=OTHERS["SE"]),
        Region(NUMBERLESS, country=OTHERS[NUMBERLESS]),
    ],
)


@WHERE
def test_first_comes_what_to_do_now_then_the_numbers_and_last_what_to_do_if_nothing_connects(
    where: Region,
) -> None:
    shown = help_panel(DIRECTORY, LANGUAGE, where, today=TODAY)

    first, last = texts(numbers(shown)), texts(after_the_numbers(shown))
    assert first[0] == in_short(shown)[0].text == shown.act_now
    assert last[-1] == shown.if_it_does_not_connect
    assert first[1:] == [*filter(None, [shown.region_note])]
    assert [*shown.sources] == last[-1 - len(shown.sources) : -1]


@WHERE
def test_a_number_stands_also_where_there_is_no_room_for_the_panel(where: Region) -> None:
    shown = help_panel(DIRECTORY, LANGUAGE, where, today=TODAY)

    said = " ".join(texts(in_short(shown)))
    assert re.search(r"\d", said)
    assert all(there.name in said and there.emergency in said for there in shown.elsewhere)


def test_the_numbers_of_all_known_countries_stand_in_one_line_each() -> None:
    shown = help_panel(DIRECTORY, LANGUAGE, Region(), today=TODAY)
    (countries,) = (block for block in numbers(shown) if isinstance(block, Listing))
    listed = list(countries.items)

    assert "Ireland: 999 or 112; Samaritans 116 123" in listed
    assert "United States: 911; 988 Suicide & Crisis Lifeline" in listed
    assert "France: 112 or 15; help line 3114" in listed
    assert "Chile: 131 or 133; Línea de Prevención del Suicidio *4141 (from a mobile)" in listed
    assert "Peru: 106 or 105; Minsa 113, option 5" in listed
    assert [line.partition(":")[0] for line in listed] == sorted(
        country.name for country in DIRECTORY.countries.values()
    )


def test_the_panel_in_plain_text_has_all_of_it_in_this_order() -> None:
    shown = panel()
    lines = render(help_document(shown), width=200).splitlines()

    assert lines == [
        f"{shown.title}:",
        *texts(numbers(shown)),
        "  A line: call 12 34",
        *texts(after_the_numbers(shown)),
    ]


def test_nobody_can_be_asked_where_text_is_written_so_it_says_how_to_name_a_country() -> None:
    everywhere = help_panel(DIRECTORY, LANGUAGE, Region(), today=TODAY)

    assert "crisis-lines --region NAME" in render(help_document(everywhere))
    assert "--region" not in render(help_document(panel()))
