"""Meaning is carried by weight and the terminal's own colours, on light and on dark alike."""

from __future__ import annotations

import re
from io import StringIO

from moodcheck.batch.report_view import report_document
from moodcheck.report import render_rich
from moodcheck.report.summary_view import summary_document
from moodcheck.terminal.screen import Screen
from tests.history_outputs import EVERY_OUTPUT
from tests.records import record
from tests.shipped import LANGUAGE, UNITED_STATES, answered, summary_of
from tests.shown import STYLE
from tests.unit.batch.reports import REPORT
from tests.unit.terminal.fakes import EVERY_PAGE, page

WEIGHTS = {"0", "1", "2"}
"""Back to plain, bold, faint: of the terminal's own foreground."""


def test_no_text_is_coloured_in_anything_that_is_drawn() -> None:
    alert = answered(sleep=2, death_thoughts=1)
    kept = [record(alert), record(alert, name="aaaaaaaaaaa2")]
    pages = StringIO()
    for name in EVERY_PAGE:
        Screen(pages).show(page(name))
    drawn = [
        render_rich.render(summary_document(summary_of(alert)), width=80),
        render_rich.render(report_document(REPORT, LANGUAGE), width=80),
        *(
            show(kept, UNITED_STATES, 80)
            for name, show in EVERY_OUTPUT.items()
            if name.endswith("rich")
        ),
        pages.getvalue(),
    ]

    for text in drawn:
        styles = {part for style in STYLE.findall(text) for part in re.findall(r"\d+", style)}
        assert {"0", "1"} <= styles <= WEIGHTS
