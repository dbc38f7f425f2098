"""Reports of a batch, byte for byte; `UPDATE_GOLDEN=1` as for summaries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from moodcheck.batch.views import json, plain, rich_text
from tests.shipped import LANGUAGE
from tests.unit.batch.views.reports import NOTHING_SCORED, REPORT

FOLDER = Path(__file__).parent / "batch_report"

WRITTEN = {
    "report.txt": plain.batch_report(REPORT, LANGUAGE),
    "report_40.txt": plain.batch_report(REPORT, LANGUAGE, width=40),
    "report.ansi": rich_text.batch_report(REPORT, LANGUAGE, width=80),
    "report_40.ansi": rich_text.batch_report(REPORT, LANGUAGE, width=40),
    "report.json": json.batch_report(REPORT, LANGUAGE),
    "nothing_scored.txt": plain.batch_report(NOTHING_SCORED, LANGUAGE),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_report_is_written_as_before_byte_for_byte(name: str) -> None:
    file, written = FOLDER / name, WRITTEN[name].encode()

    if os.environ.get("UPDATE_GOLDEN") and (not file.exists() or file.read_bytes() != written):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(written)
        pytest.fail(f"{name} was written anew: look at what changed")
    assert written == file.read_bytes()
