"""A score in words: out of what, from how many answers, in which published range."""

from __future__ import annotations

from typing import Any

import pytest

from moodcheck.core.administration import administer
from moodcheck.report.summary_view import score_text
from tests.shipped import LANGUAGE, TAKEN_AT, summary_of
from tests.unit.core.small import questionnaire

RULE = {"max_unanswered": 1, "missing_rule": {"name": "m", "citation": "Nobody 1999"}}
BANDS = {"bands": [{"at_least": 0, "name": "low"}], "citation": "Nobody 1999"}
QUOTED = "in the range published as 'low' (0–9, Nobody 1999)"
NO_SCORE = LANGUAGE.too_many_unanswered


@pytest.mark.parametrize(
    ("scale", "answers", "text"),
    [
        ({}, (1, 2, 3), "6 of 9"),
        ({}, (0, 0, 0), "0 of 9"),
        ({}, (1, 2), f"{NO_SCORE} (2 of 3 answered)"),
        (RULE, (1, 2), "5 of 9 (2 of 3 answered)"),
        (BANDS, (0, 1, 0), f"1 of 9 ({QUOTED})"),
        (RULE | BANDS, (1, 2), f"5 of 9 (2 of 3 answered; {QUOTED})"),
        ({"method": "mean"}, (0, 0, 1), "0.33 of 3"),
        ({"method": "mean"}, (1, 1, 1), "1.00 of 3"),
        ({"method": "count", "at_least": 2}, (1, 2, 3), "2 of 3"),
    ],
)
def test_a_score_says_what_it_is_made_of(
    scale: dict[str, Any], answers: tuple[int, ...], text: str
) -> None:
    asked = questionnaire(
        scales=[{"id": "s", "label": "S", "method": "sum", "items": "all", **scale}]
    )
    given = dict(zip("abc", answers, strict=False))
    (line,) = summary_of(administer(asked, given, taken_at=TAKEN_AT)).scales

    assert score_text(line) == text
