"""The report with small pictures, for eyes at a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from moodcheck.batch.views import sentences
from moodcheck.batch.views.bins import bins
from moodcheck.report.render_rich import WIDEST, ansi
from moodcheck.report.wrapping import NARROWEST, wrapped
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.batch.outcome import BatchReport, Distribution
    from moodcheck.core.language import Language

_LONGEST_BAR = 40
_NUMBERS = 26
"""Columns that a range and a count take beside a bar, at most."""
_PANEL_FRAME = 4


def batch_report(report: BatchReport, language: Language, *, width: int) -> str:
    """Return the report as text with ANSI styles; alerts are the last of it, in a box."""
    width = max(NARROWEST, min(width, WIDEST))
    parts: list[RenderableType] = [
        _paragraph(sentences.counted(report), width, "bold"),
        _table((Text(f"  {kind}"), Text(file)) for kind, file in sentences.outputs(report)),
        *_rejected(report, width),
        *_unanswered(report, width),
        *(_distribution(one, width) for one in report.distributions.values() if report.scored),
        *(_spaced(_paragraph(note, width)) for note in sentences.notes(report)),
        _spaced(_paragraph(safe_text(language.not_a_diagnosis), width, "bold")),
        _alerts(report, language, width),
    ]
    return ansi(Group(*parts), width=width)


def _paragraph(text: str, width: int, style: str = "") -> Text:
    return Text(wrapped(text, width), style)


def _spaced(part: RenderableType) -> RenderableType:
    return Padding(part, (1, 0, 0, 0))


def _section(heading: str, part: RenderableType, width: int) -> RenderableType:
    return _spaced(Group(_paragraph(heading, width, "bold"), part))


def _table(rows: Iterable[tuple[Text, ...]], *, right: int | None = None) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*row)
    for i, column in enumerate(table.columns):
        column.overflow = "fold"
        column.justify = "right" if i == right else "left"
    return table


def _rejected(report: BatchReport, width: int) -> list[RenderableType]:
    rows = [
        (Text(f"  {reason}"), Text(count), Text(meaning))
        for reason, count, meaning in sentences.rejected(report)
    ]
    return [_section(_("Rejected, by reason"), _table(rows, right=1), width)] if rows else []


def _unanswered(report: BatchReport, width: int) -> list[RenderableType]:
    rows = [(Text(f"  {item}"), Text(counts)) for item, counts in sentences.unanswered(report)]
    return [_section(_("Rows without an answer, by item"), _table(rows), width)] if rows else []


def _distribution(shown: Distribution, width: int) -> RenderableType:
    shown_bins = bins(shown)
    most = max(one.rows for one in shown_bins) or 1
    cells = max(1, min(_LONGEST_BAR, width - _NUMBERS))
    rows = [
        (Text(f"  {sentences.range_of(one)}"), Text(f"{one.rows:,}"), _bar(one.rows, most, cells))
        for one in shown_bins
    ]
    if shown.not_scored:
        rows.append((Text(_("  no score")), Text(f"{shown.not_scored:,}"), Text("")))
    heading = _("{scale}, rows by score").format(scale=safe_text(shown.label))
    return _section(heading, _table(rows, right=1), width)


def _bar(rows: int, most: int, cells: int) -> Text:
    # Upwards, so that few are never shown as none.
    return Text("━" * -(-rows * cells // most))


def _alerts(report: BatchReport, language: Language, width: int) -> RenderableType:
    inside = width - _PANEL_FRAME
    said = [_paragraph(one, inside) for one in sentences.alerts(report, language)]
    style = "bold" if report.alerts else ""
    return _spaced(
        Panel(
            Text("\n").join(said), title=Text(_("Alerts")), title_align="left", border_style=style
        )
    )
