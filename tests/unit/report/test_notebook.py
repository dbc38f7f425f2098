"""What Python programs get to show: the same pages, in a notebook and in files."""

from __future__ import annotations

import re
import stat
from html import unescape
from pathlib import Path

import pytest

import moodcheck
from moodcheck.errors import CannotCreate, PartNotInstalled, UsageError
from moodcheck.report import formats
from tests.every_document import sittings
from tests.history_outputs import trend_of
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT

SUMMARY = moodcheck.summarize(
    SYMPTOMS, {"sleep": 2, "own_words": '"><script>'}, region="US", taken_at=TAKEN_AT
)


def test_a_notebook_shows_a_summary_in_a_frame_of_its_own() -> None:
    shown = SUMMARY._repr_html_()  # type: ignore[attr-defined]

    frame = re.fullmatch(
        r'<iframe sandbox srcdoc="([^"]*)" title="[^"<>]*" style="[^"]*"></iframe>', shown
    )
    assert frame
    assert unescape(frame[1]) == moodcheck.make_report(SUMMARY).html
    assert "<script" not in shown


def test_without_the_part_a_notebook_gets_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "_LIBRARIES", ("no_such_library",))
    report = moodcheck.make_report(SUMMARY)

    assert report._repr_html_() is None
    assert report._repr_markdown_().startswith("# Symptom check-in")
    with pytest.raises(PartNotInstalled):
        _ = report.pdf


def test_a_report_is_the_same_as_the_command_makes(tmp_path: Path) -> None:
    visit = moodcheck.make_report(SUMMARY, visit=True, name="Ann")
    for name, first in {
        "v.html": b"<!DOC",
        "v.pdf": b"%PDF",
        "v.md": b"# For my",
        "v.txt": b"For",
    }.items():
        written = visit.write(tmp_path / name)

        assert written == tmp_path / name
        assert written.read_bytes().startswith(first)
        assert stat.S_IMODE(written.stat().st_mode) == 0o600
    with pytest.raises(CannotCreate, match="already exists"):
        visit.write(tmp_path / "v.pdf")
    with pytest.raises(UsageError, match="docx"):
        visit.write(tmp_path / "v.docx")


def test_a_trend_is_a_report_too_and_has_no_page_for_a_visit() -> None:
    trend = trend_of(sittings(3))

    assert "C-014: 3 sittings" in moodcheck.make_report(trend).text
    with pytest.raises(UsageError):
        moodcheck.make_report(trend, visit=True)


def test_what_python_prints_of_them_says_how_to_see_them_and_no_answer() -> None:
    private = ["C-014", "Wakes at four", "script", TAKEN_AT.date().isoformat(), "low_mood"]
    trend = trend_of(sittings(3))
    report = moodcheck.make_report(SUMMARY)
    printed = {
        repr(trend): ["3 sittings of symptoms", "make_report"],
        repr(trend.series): ["3 sittings of symptoms"],
        repr(SUMMARY): ["symptoms", "make_report"],
        repr(report): ["text", "html", "pdf"],
        f"{[report, trend]}": ["make_report"],
    }

    for said, helpful in printed.items():
        assert [word for word in helpful if word not in said] == []
        assert [word for word in private if word in said] == []
        # A level of an answer would be a digit by itself.
        assert re.findall(r"\d+", said.replace("3 sittings", "")) == []


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_form_of_it_advises_a_clinician(form: str) -> None:
    said = " ".join(getattr(moodcheck.make_report(SUMMARY), form).split())

    assert LANGUAGE.names_a_clinician(said)
    assert "not a diagnosis" in said


def test_what_no_font_can_write_is_warned_of() -> None:
    summary = moodcheck.summarize(SYMPTOMS, {"own_words": "\U00012345"}, region="US")

    with pytest.warns(UserWarning, match="No font"):
        assert moodcheck.make_report(summary).pdf.startswith(b"%PDF")
