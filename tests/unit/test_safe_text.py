"""Outside text is spelled out where it is dangerous, and left alone where it is language."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from moodcheck.safe_text import safe_lines, safe_text, unsafe_characters
from tests.strategies import hostile_text

ANYTHING = st.text(st.characters(codec=None)) | hostile_text()

SPELLED_OUT = {
    "\x1b[31m": "\\x1b[31m",
    "\x1b]8;;x\x07": "\\x1b]8;;x\\x07",
    "\x9b2J": "\\x9b2J",
    "\0": "\\x00",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\x7f": "\\x7f",
    "\xa0": "\\xa0",
    "\xad": "\\xad",
    "\u202e": "\\u202e",
    "\u2066": "\\u2066",
    "\u200b": "\\u200b",
    "\u2028": "\\u2028",
    "\u3164": "\\u3164",
    "\u2800": "\\u2800",
    "\u115f": "\\u115f",
    "\ufeff": "\\ufeff",
    "\ud800": "\\ud800",
    "\U000e0041": "\\U000e0041",
    "a\u200db": "a\\u200db",
    "\u0645\u200cb": "\u0645\\u200cb",
    "b\u200c\u0645": "b\\u200c\u0645",
    "\u200d": "\\u200d",
    "👩\u200d👧": "👩\\u200d👧",
}

LEFT_ALONE = [
    "",
    "It's fine: 100 % – “really”, ‘yes’ …",
    "Línea de la Vida",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "क्\u200dष",
    "漢字 ﷺ 👩 ❌",
    "a\u0301\u0302\u0303\u0304",
    "[bold]not markup[/] {label} %s \\x1b",
]


@pytest.mark.parametrize(("text", "expected"), SPELLED_OUT.items(), ids=SPELLED_OUT.values())
def test_what_acts_or_hides_is_spelled_out(text: str, expected: str) -> None:
    assert safe_text(text) == expected
    assert safe_text(f"before {text} after") == f"before {expected} after"


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_language_is_left_alone(text: str) -> None:
    assert safe_text(text) == text
    assert unsafe_characters(text) == []


def test_a_flood_of_marks_is_spelled_out_after_the_fourth() -> None:
    assert safe_text("a" + "\u0301" * 6) == "a" + "\u0301" * 4 + "\\u0301" * 2
    assert safe_text("à" + "\u0301\u200c" * 9).count("\u0301") == 4


@given(ANYTHING)
@example("à\u200d\u115f")
@example("a" + "\u0301" * 5 + "\u200c\u0645")
def test_what_was_made_fit_is_fit(text: str) -> None:
    shown = safe_text(text)

    assert safe_text(shown) == shown
    assert unsafe_characters(shown) == []
    assert {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Zl", "Zp"} == set()
    shown.encode("utf-8")


@given(ANYTHING)
def test_nothing_is_lost(text: str) -> None:
    unsafe = dict(unsafe_characters(text))
    kept = "".join(char for i, char in enumerate(text) if i not in unsafe)
    shown = safe_text(text)

    assert len(shown) >= len(text)
    assert set(kept) <= set(shown)


@given(ANYTHING)
def test_each_danger_is_named_with_its_place(text: str) -> None:
    for position, name in unsafe_characters(text):
        assert name.startswith(f"U+{ord(text[position]):04X} ")


@given(ANYTHING)
def test_lines_stay_lines_and_each_is_fit(text: str) -> None:
    assert safe_lines(text).split("\n") == [safe_text(line) for line in text.split("\n")]
