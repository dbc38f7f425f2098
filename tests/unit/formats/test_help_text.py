"""Help lines in sentences: how to reach each one, and what is known of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from moodcheck.domain.crisis import CrisisLine, HelpPanel, Region, help_panel
from moodcheck.formats import plain
from moodcheck.formats.help_text import after_the_lines, before_the_lines, help_lines
from moodcheck.formats.wrapping import NO_BREAK
from tests.shipped import DIRECTORY, LANGUAGE, TODAY

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
    return replace(usual, lines=(line,), confirmations=("never confirmed",))


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
    ((said, _details),) = help_lines(panel(**changes))

    assert said.replace(NO_BREAK, " ") == reach


def test_the_spaces_in_a_number_do_not_break() -> None:
    ((said, _details),) = help_lines(panel())

    assert said.endswith(f"12{NO_BREAK}34")


@pytest.mark.parametrize(
    ("changes", "details"),
    [
        ({}, "never confirmed"),
        ({"hours": "24/7"}, "day and night; never confirmed"),
        ({"hours": "16:00–21:00"}, "16:00–21:00; never confirmed"),
        ({"audience": "young people"}, "for young people; never confirmed"),
        ({"languages": ("English", "French")}, "English, French; never confirmed"),
    ],
)
def test_it_says_what_is_known_of_a_line(changes: dict[str, object], details: str) -> None:
    ((_said, known),) = help_lines(panel(**changes))

    assert known == details


@pytest.mark.parametrize(
    "where", [Region("US"), Region("US", is_guess=True), Region(), Region("NO")]
)
def test_first_comes_what_to_do_now_and_last_what_to_do_if_nothing_connects(where: Region) -> None:
    shown = help_panel(DIRECTORY, LANGUAGE, where, today=TODAY)

    assert before_the_lines(shown)[0] == shown.act_now
    assert after_the_lines(shown)[-1] == shown.if_it_does_not_connect
    assert (shown.region_note in before_the_lines(shown)) is (shown.region_note is not None)


def test_the_panel_in_plain_text_has_all_of_it_in_this_order() -> None:
    shown = panel()
    lines = plain.help_panel(shown, width=200).splitlines()

    assert lines == [
        f"{shown.title}:",
        *before_the_lines(shown),
        "  A line: call 12 34 (never confirmed)",
        *after_the_lines(shown),
    ]
