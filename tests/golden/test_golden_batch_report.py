"""Reports of a batch, byte for byte; `UPDATE_GOLDEN=1` as for summaries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from moodcheck.batch.report_json import batch_report
from moodcheck.batch.report_view import report_document
from moodcheck.report import render_plain, render_rich
from tests.shipped import LANGUAGE
from tests.unit.batch.reports import NOTHING_SCORED, REPORT

FOLDER = Path(__file__).parent / "batch_report"

DOCUMENT = report_document(REPORT, LANGUAGE)
WRITTEN = {
    "report.txt": render_plain.render(DOCUMENT),
    "report_40.txt": render_plain.render(DOCUMENT, width=40),
    "report.ansi": render_rich.render(DOCUMENT, width=80),
    "report_40.ansi": render_rich.render(DOCUMENT, width=40),
    "report.json": batch_report(REPORT, LANGUAGE),
    "nothing_scored.txt": render_plain.render(report_document(NOTHING_SCORED, LANGUAGE)),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_report_is_written_as_before_byte_for_byte(name: str) -> None:
    file, written = FOLDER / name, WRITTEN[name].encode()

    if os.environ.get("UPDATE_GOLDEN") and (not file.exists() or file.read_bytes() != written):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(written)
        pytest.fail(f"{name} was written anew: look at what changed")
    assert written == file.read_bytes()
