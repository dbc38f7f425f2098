"""Linear text for screen readers, pipes and logs: no picture, one thing a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.batch.views import sentences
from moodcheck.batch.views.bins import bins
from moodcheck.report.wrapping import NARROWEST, wrapped
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.batch.outcome import BatchReport, Distribution
    from moodcheck.core.language import Language


def batch_report(report: BatchReport, language: Language, *, width: int = 80) -> str:
    """Return the report as lines of at most `width` columns; alerts are the last of it."""
    sections = [
        [sentences.counted(report), *_files(report)],
        _rejected(report),
        _unanswered(report),
        *(_distribution(one, report) for one in report.distributions.values()),
        list(sentences.notes(report)),
        [safe_text(language.not_a_diagnosis)],
        list(sentences.alerts(report, language)),
    ]
    room = max(width, NARROWEST)
    blocks = ["\n".join(wrapped(line, room) for line in section) for section in sections if section]
    return "\n\n".join(blocks) + "\n"


def _files(report: BatchReport) -> list[str]:
    return [f"  {kind}: {file}" for kind, file in sentences.outputs(report)]


def _rejected(report: BatchReport) -> list[str]:
    lines = [
        f"  {reason}: {count} ({meaning})" for reason, count, meaning in sentences.rejected(report)
    ]
    return [_("Rejected, by reason:"), *lines] if lines else []


def _unanswered(report: BatchReport) -> list[str]:
    lines = [f"  {item_id}: {counts}" for item_id, counts in sentences.unanswered(report)]
    return [_("Rows without an answer, by item:"), *lines] if lines else []


def _distribution(shown: Distribution, report: BatchReport) -> list[str]:
    if not report.scored:
        return []
    heading = _("{scale}, rows by score:").format(scale=safe_text(shown.label))
    lines = [f"  {sentences.range_of(one)}: {one.rows:,}" for one in bins(shown)]
    gap = [_("  no score: {count}").format(count=f"{shown.not_scored:,}")]
    return [heading, *lines, *(gap if shown.not_scored else [])]
