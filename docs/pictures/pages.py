"""Draw the pages that the documentation shows, from real documents: `pages.py [FOLDER]`.

Each is the first page of a PDF, made a picture of by poppler's `pdftoppm`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from moodcheck.core.administration import administer
from moodcheck.core.crisis import Region
from moodcheck.history.record import Record, RecordState, SittingMode
from moodcheck.history.review import session_review
from moodcheck.history.trend import trend
from moodcheck.history.views.counselor_view import counselor_document
from moodcheck.loading.context import Context
from moodcheck.report.document import Document
from moodcheck.report.pdf import setting
from moodcheck.report.visit_view import visit_document

HERE = Path(__file__).parent
CONTEXT = Context()
ASKED, WHERE = CONTEXT.questionnaire("symptoms"), Region("US")
BEGAN = datetime(2025, 10, 9, 18, 30, tzinfo=UTC)
DOTS_AN_INCH = 80

SITTINGS = ("331332221102", "231322221101", "221322121001", "121221120001", "103210120001")
"""The answers to the twelve items, each time."""
DAYS = (0, 14, 28, 70, 98)
FOR_YOUR_VISIT = "22001010011"


def main() -> None:
    """Write every page into a folder, by default beside this file."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, document in (("visit", visit()), ("counselor", counselor())):
        subprocess.run(
            ["pdftoppm", "-png", "-singlefile", "-r", str(DOTS_AN_INCH), "-", folder / name],
            input=setting.render(document).content,
            check=True,
        )


def visit() -> Document:
    """Return a visit sheet."""
    summary = CONTEXT.summarize(list(records())[-1].administration, WHERE)
    return visit_document(summary, CONTEXT.language.visit_questions)


def counselor() -> Document:
    """Return a counselor's sheet, of several sittings."""
    kept = list(records())
    now = kept[-1].administration.taken_at + timedelta(hours=1)
    summary = CONTEXT.summarize(kept[-1].administration, WHERE)
    review = session_review(kept[-1], kept[-2], summary, CONTEXT.language, now)
    shown = trend(kept, CONTEXT.crisis_directory, CONTEXT.language, region=WHERE, now=now)
    return counselor_document(review, shown.series[-1])


def records() -> Iterator[Record]:
    """Yield the sittings of a client, the last one with a note."""
    for position, (answers, days) in enumerate(zip(SITTINGS, DAYS, strict=True)):
        choices = [item.id for item in ASKED.all_items if item.id in ASKED.choices]
        values = map(int, answers + FOR_YOUR_VISIT)
        given: dict[str, object] = dict(zip(choices, values, strict=True))
        given["own_words"] = "To sleep through the night"
        sitting = administer(ASKED, given, taken_at=BEGAN + timedelta(days))
        kept = Record(
            id=f"{position:012}",
            client="C-014",
            origin="",
            sequence=position,
            mode=SittingMode.READ_ALOUD,
            state=RecordState.CLOSED,
            administration=sitting,
            notes={"sleep": "Wakes at four since the shifts changed"},
            critical=(),
        )
        yield replace(kept, notes={}) if position < len(SITTINGS) - 1 else kept


if __name__ == "__main__":
    main()
