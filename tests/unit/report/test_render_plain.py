"""Plain text: one thing a line, nothing drawn, nothing wider than was asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import Administration
from moodcheck.core.crisis import Region
from moodcheck.core.summary import Summary
from moodcheck.report.render_plain import render
from moodcheck.report.summary_view import summary_document, summary_in_short
from moodcheck.report.wrapping import NARROWEST
from tests.shipped import LANGUAGE, SYMPTOMS, answered, summary_of
from tests.strategies import administrations


def shown(summary: Summary, *, width: int) -> str:
    return render(summary_document(summary), width=width)


@pytest.mark.parametrize("width", [-1, 0, 1, NARROWEST - 1])
def test_narrower_than_the_narrowest_is_the_narrowest(width: int) -> None:
    summary = summary_of(answered())

    assert shown(summary, width=width) == shown(summary, width=NARROWEST)


@given(administrations())
def test_every_answer_has_a_line_of_its_own(administration: Administration) -> None:
    summary = summary_of(administration)
    lines = shown(summary, width=200).splitlines()

    for line in (*summary.items, *summary.context):
        prompt = f". {line.item.visit}" if line.stands_out and line.item.visit else ""
        answer = f"“{line.answer}”" if isinstance(line.value, str) else line.answer
        assert lines.count(f"  {line.item.label}: {answer}{prompt}") == 1
    assert any(SYMPTOMS.scales[0].label in line for line in lines)


@given(administrations(), st.integers(20, 200))
def test_it_ends_with_one_line_end_and_has_no_trailing_space(
    administration: Administration, width: int
) -> None:
    text = shown(summary_of(administration), width=width)

    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    assert all(line == line.rstrip() for line in text.split("\n"))


def last_lines(shown: Summary) -> list[str]:
    return render(summary_in_short(shown), width=400).splitlines()


def test_after_an_alert_the_last_lines_are_the_number_and_the_first_line() -> None:
    summary = summary_of(answered(death_thoughts=2), Region("GB"))

    assert last_lines(summary) == [
        f"{summary.advice.label}.",
        summary.advice.text,
        LANGUAGE.notice,
        "",
        summary.help.act_now,
        "Samaritans: call 116 123",
    ]


def test_without_a_country_they_are_how_to_see_ones_own_numbers() -> None:
    summary = summary_of(answered(death_thoughts=2), Region())

    assert last_lines(summary)[-2:] == [
        summary.help.act_now,
        "To see only your country: moodcheck crisis-lines --region NAME",
    ]


@pytest.mark.parametrize("where", [Region("GB"), Region()])
def test_where_nothing_is_urgent_they_end_with_the_notice(where: Region) -> None:
    summary = summary_of(answered(death_thoughts=0, low_mood=1), where)

    assert last_lines(summary)[-1] == LANGUAGE.notice
