"""The summary for eyes: a bar a symptom, a box around help, nothing cut off."""

from __future__ import annotations

import pytest

from moodcheck.core.administration import administer
from moodcheck.core.summary import Summary
from moodcheck.report.render_rich import WIDEST, render
from moodcheck.report.summary_view import summary_document
from tests.shipped import TAKEN_AT, answered, summary_of
from tests.shown import STYLE, letters
from tests.unit.core.small import questionnaire

FULL, EMPTY = "━", "╌"


def drawn(summary: Summary, *, width: int) -> str:
    return render(summary_document(summary), width=width)


def shown(*, width: int = 80, **given: object) -> str:
    return STYLE.sub("", drawn(summary_of(answered(**given)), width=width))


def bars(text: str) -> str:
    """Return the bars, without the lines that box the help."""
    open_lines = [line for line in text.splitlines() if not line.startswith(("╭", "│", "╰"))]
    return "".join(char for line in open_lines for char in line if char in {FULL, EMPTY})


@pytest.mark.parametrize("width", [20, 55, 56, 80, 200])
def test_the_higher_the_answer_the_longer_its_bar(width: int) -> None:
    lengths = [bars(shown(width=width, sleep=value)).count(FULL) for value in range(4)]

    assert lengths == sorted(set(lengths))
    assert lengths[0] == 0


@pytest.mark.parametrize("width", [20, 56, 80])
def test_no_answer_has_no_bar_and_not_an_empty_one(width: int) -> None:
    lowest, highest = (bars(shown(width=width, sleep=value)) for value in (0, 3))

    assert bars(shown(width=width)) == ""
    assert (set(lowest), set(highest)) == ({EMPTY}, {FULL})
    assert len(lowest) == len(highest)


def test_a_bar_begins_at_the_lowest_value_of_its_item() -> None:
    options = [{"value": value, "label": f"label {value}"} for value in (-2, 0, 2)]
    asked = questionnaire(
        responses={"often": options, "one": [{"value": 7, "label": "only this"}]},
        items=[{"id": name, "label": name, "responses": "often"} for name in "abc"]
        + [{"id": "d", "label": "d", "responses": "one"}],
        critical=[{"item": "c", "at_least": 0}],
    )
    sitting = administer(asked, {"a": -2, "b": 0, "c": 2, "d": 7}, taken_at=TAKEN_AT)
    text = STYLE.sub("", drawn(summary_of(sitting), width=80))

    # None, half and all of a bar; and no bar where there is no choice.
    whole = len(bars(text)) // 3
    assert bars(text) == EMPTY * whole + FULL * (whole // 2) + EMPTY * (whole // 2) + FULL * whole


@pytest.mark.parametrize("width", [20, 56, 84, 200])
def test_own_words_are_never_cut_off(width: int) -> None:
    said = "one " * 40 + "x" * 200

    assert letters(said) in letters(shown(width=width, own_words=said))


@pytest.mark.parametrize("width", [84, 120, 200])
def test_lines_stay_short_enough_to_read(width: int) -> None:
    assert max(len(line.rstrip()) for line in shown(width=width).splitlines()) <= WIDEST


def test_every_style_that_is_begun_is_ended() -> None:
    text = drawn(summary_of(answered(sleep=2, death_thoughts=1)), width=80)

    for line in text.splitlines():
        styles = STYLE.findall(line)
        assert not styles or styles[-1] == "\x1b[0m"
