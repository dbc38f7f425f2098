"""A label of REDCap is HTML: what it shows is read, and what is written is shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given

from moodcheck.interop.redcap.markup import is_piped, label_of, text_of
from moodcheck.safe_text import safe_text
from tests.strategies import hostile_text

ONE_LINE = hostile_text().map(lambda text: " ".join(safe_text(" ".join(text.split())).split()))


@given(ONE_LINE)
@example("=1+1")
@example("a < b, c <b> d > e & f &amp; g | h [mood] &#124;")
def test_what_is_written_is_read_back(text: str) -> None:
    assert text_of(label_of(text)) == text


@given(ONE_LINE)
@example("<script>x</script>")
def test_what_is_written_is_no_markup_no_choice_no_piping_and_no_formula(text: str) -> None:
    written = label_of(text)

    assert not re.search(r"[<>|\[]|^[=+\-@]|&(?!#?\w+;)", written)
    assert not is_piped(written)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("<div class='rich'><p>Tired</p><p>today?</p></div>", "Tired today?"),
        ("un<b>usual</b>ly", "unusually"),
        ("<!-- note --><style>p {}</style>Tired<script>alert(1)</script>?", "Tired ?"),
        ("less < 5 and a<b but <b>bold</b>", "less < 5 and a<b but bold"),
        ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
        ("<img src=x onerror=alert(1)>", ""),
    ],
)
def test_a_label_is_read_as_what_it_shows(label: str, shown: str) -> None:
    assert text_of(label) == shown
