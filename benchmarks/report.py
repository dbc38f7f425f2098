"""How long a page takes: HTML and PDF of a summary and of 300 sittings, beside ten lines of typst.

    .venv/bin/python benchmarks/report.py

Each is made once before it is measured, and then as often as `--times` says; the fastest counts.
The ten lines set the same texts and numbers, also tagged, and nothing else: no picture, no frame.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import typst

from moodcheck.core.administration import Administration, administer
from moodcheck.core.crisis import Region
from moodcheck.history.record import Record, RecordState, SittingMode
from moodcheck.history.trend import trend
from moodcheck.history.views.trend_view import trend_document
from moodcheck.loading.context import Context
from moodcheck.report import render_plain
from moodcheck.report.document import Document
from moodcheck.report.html import page
from moodcheck.report.over_time import OverTime
from moodcheck.report.pdf import setting
from moodcheck.report.summary_view import summary_document

CONTEXT = Context()
WHERE = Region("US")
SITTINGS = 300

BY_HAND = b"""
#let data = json(bytes(sys.inputs.data))
#set document(title: "By hand")
#set text(lang: "en", size: 10pt)
#title()
#for line in data.lines { par(line) }
#for (labels, days, cells) in data.tables {
  table(columns: days.len() + 1, table.header([], ..days),
    ..labels.zip(cells).map(((label, row)) => (label, ..row)).flatten())
}
"""


def main() -> None:
    """Print how long each takes, and how many times as long as by hand."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=5, help="how often each is measured")
    times = options.parse_args().times
    print(f"{'':<24}{'HTML':>10}{'PDF':>10}{'by hand':>10}{'PDF / by hand':>16}")
    for name, document in (("a summary", summary()), (f"{SITTINGS} sittings", over_time())):
        html = fastest(lambda: page.render(document), times)  # noqa: B023 - run at once
        pdf = fastest(lambda: setting.render(document), times)  # noqa: B023 - run at once
        inputs = {"data": json.dumps(by_hand(document))}
        hand = fastest(lambda: compiled(inputs), times)  # noqa: B023 - run at once
        print(f"{name:<24}{html:>8.3f} s{pdf:>8.3f} s{hand:>8.3f} s{pdf / hand:>16.2f}")


def fastest(make: Callable[[], object], times: int) -> float:
    """Return the least time of a processor in so many runs, in seconds, after an uncounted one."""
    make()
    found = []
    for _ in range(times):
        start = time.process_time()
        make()
        found.append(time.process_time() - start)
    return min(found)


def compiled(inputs: dict[str, str]) -> object:
    """Set the same by hand."""
    return typst.compile(BY_HAND, format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"])


def by_hand(document: Document) -> dict[str, object]:
    """Return the lines and the numbers of a document."""
    blocks = list(document.blocks())
    lines = [
        text
        for block in blocks
        if not isinstance(block, OverTime)
        for text in render_plain.said(block)
    ]
    tables = [
        (
            [row.label for row in block.rows],
            [str(one.at) for one in block.sittings[start : start + 12]],
            [[point.text for point in row.points[start : start + 12]] for row in block.rows],
        )
        for block in blocks
        if isinstance(block, OverTime)
        for start in range(0, len(block.sittings), 12)
    ]
    return {"lines": lines, "tables": tables}


def summary() -> Document:
    """Return the summary of a sitting in which everything is answered."""
    return summary_document(CONTEXT.summarize(answered(0), WHERE))


def over_time() -> Document:
    """Return a trend, every sitting of it."""
    records = [
        Record(
            id=f"{position:012}",
            client="C-014",
            origin="",
            sequence=position,
            mode=SittingMode.READ_ALOUD,
            state=RecordState.CLOSED,
            administration=answered(position),
            notes={},
            critical=(),
        )
        for position in range(SITTINGS)
    ]
    shown = trend(
        records, CONTEXT.crisis_directory, CONTEXT.language, region=WHERE, now=CONTEXT.now()
    )
    return trend_document(shown, is_whole=True)


def answered(position: int) -> Administration:
    """Return a sitting, a week after the one before."""
    asked = CONTEXT.questionnaire("symptoms")
    given: dict[str, object] = {
        item.id: (position + place) % len(asked.options(item.id))
        for place, item in enumerate(asked.all_items)
        if item.id in asked.choices
    }
    at = datetime(2021, 1, 1, 12, tzinfo=UTC) + timedelta(weeks=position)
    return administer(asked, given | {"death_thoughts": 0}, taken_at=at)


if __name__ == "__main__":
    main()
