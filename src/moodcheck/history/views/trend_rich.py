"""A trend for eyes at a terminal: columns of blocks over numbers, answers side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from moodcheck.history.trend import number
from moodcheck.history.views import column_plot, trend_text
from moodcheck.history.views.critical_text import critical_sentence
from moodcheck.report.render_rich import ROOM_FOR_COLUMNS, WIDEST, ansi, paragraph
from moodcheck.report.rich_text import help_box, section
from moodcheck.report.wrapping import NARROWEST
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.history.trend import ItemTrend, ScaleTrend, Series, Trend

_GAP = "–"
"""Stands where there is no answer or no score."""

_ROWS = 6
_LABEL_CELLS = 26
_NARROWEST_CELL = 4


def trend(shown: Trend, *, width: int) -> str:
    """Return the trend as text with ANSI styles, what a human has to see first."""
    width = max(NARROWEST, min(width, WIDEST))
    panel = help_box(shown.help, width, stands_out=shown.help_first)
    parts: list[RenderableType] = [Text(trend_text.title(shown), "bold", overflow="fold")]
    parts += [panel] if shown.help_first else []
    parts += list(_critical(shown, width))
    statement = [paragraph(safe_text(shown.not_a_diagnosis), width, "bold")]
    statement += [paragraph(why, width) for why in (trend_text.why_separate(shown),) if why]
    parts += [Padding(one, (1, 0, 0, 0)) for one in statement]
    for series in shown.series:
        parts += _series(series, width)
    parts += [] if shown.help_first else [panel]
    return ansi(Group(*parts), width=width)


def _critical(shown: Trend, width: int) -> Iterator[RenderableType]:
    for position, line in enumerate(shown.critical):
        style = "bold" if line.needs_acknowledgement else ""
        said = paragraph(critical_sentence(line), width, style)
        yield said if position else Padding(said, (1, 0, 0, 0))


def _series(series: Series, width: int) -> Iterator[RenderableType]:
    advice = paragraph(safe_text(series.advice.text), width)
    label = paragraph(safe_text(series.advice.label), width, "bold")
    note = [paragraph(text, width) for text in (trend_text.clock_note(series),) if text]
    yield section(trend_text.series_title(series), label, advice, *note, width=width)
    for block in _blocks(series, width):
        yield from block.parts()
    yield Padding(
        Group(
            *(part for line in series.scales for part in _about(line, width)),
            paragraph(_("{gap} stands for no answer or no score.").format(gap=_GAP), width),
            paragraph(safe_text(series.validation), width),
        ),
        (1, 0, 0, 0),
    )


def _blocks(series: Series, width: int) -> Iterator[_Block]:
    """Yield as many sittings at a time as fit side by side."""
    said = [_short(value) for line in series.items for value in line.values]
    said += [_score(line, i) for line in series.scales for i in range(len(line.results))]
    cell = max(_NARROWEST_CELL, 1 + max(map(len, said), default=0))
    label = _LABEL_CELLS if width >= ROOM_FOR_COLUMNS else 0
    at_once = max(1, (width - max(label, _axis(series)) - 2) // cell)
    for start in range(0, len(series.records), at_once):
        these = range(start, min(start + at_once, len(series.records)))
        yield _Block(series, these, width, cell, label)


def _axis(series: Series) -> int:
    ends = [str(end) for line in series.scales for end in (line.minimum, line.maximum)]
    return max(map(len, ends), default=0) + 2


@dataclass(frozen=True, slots=True)
class _Block:
    """Some sittings of a series, side by side."""

    series: Series
    these: range
    """Their positions."""
    width: int
    cell: int
    label: int
    """Columns for what stands left of the numbers; 0 where it stands above them."""

    def parts(self) -> Iterator[RenderableType]:
        sittings = [
            paragraph(trend_text.sitting(i + 1, self.series.records[i]), self.width)
            for i in self.these
        ]
        yield section(_("Sittings"), *sittings, width=self.width)
        for line in self.series.scales:
            yield Padding(Group(*self._scale(line)), (1, 0, 0, 0))
        asked = len(self.series.questionnaire.items)
        yield self._answers(_("Answers"), self.series.items[:asked])
        if self.series.items[asked:]:
            yield self._answers(_("Not scored"), self.series.items[asked:])

    def _scale(self, line: ScaleTrend) -> Iterator[RenderableType]:
        yield paragraph(safe_text(line.scale.label), self.width, "bold")
        indent = max(self.label, _axis(self.series))
        bands = {self._row(line, band.at_least): band.at_least for band in line.scale.bands[1:]}
        heights = [self._height(line, i) for i in self.these]
        drawn = column_plot.rows(heights, height=_ROWS, cell=self.cell, marked=bands)
        ends = {_ROWS - 1: line.maximum, 0: line.minimum}
        for row, blocks in zip(reversed(range(_ROWS)), drawn, strict=True):
            mark = str(bands.get(row, ends.get(row, "")))
            yield Text.assemble((f"{mark:>{indent - 1}}│", "dim"), blocks)
        yield Text(f"{'':{indent}}{self._side_by_side(_score(line, i) for i in self.these)}")

    def _answers(self, heading: str, lines: Sequence[ItemTrend]) -> RenderableType:
        positions = Text(self._side_by_side(str(i + 1) for i in self.these), "dim")
        rows = [(safe_text(line.item.label), Text(self._values(line))) for line in lines]
        if not self.label:
            stacked = [part for label, values in rows for part in (self._wrapped(label), values)]
            return section(heading, positions, *stacked, width=self.width)
        table = Table.grid(padding=0)
        table.add_column(width=self.label, overflow="fold")
        table.add_column(no_wrap=True)
        table.add_row("", positions)
        for label, values in rows:
            table.add_row(Text(label), values)
        return section(heading, table, width=self.width)

    def _wrapped(self, text: str) -> Text:
        return paragraph(text, self.width)

    def _values(self, line: ItemTrend) -> str:
        return self._side_by_side(_short(line.values[i]) for i in self.these)

    def _side_by_side(self, texts: Iterator[str]) -> str:
        return "".join(f"{text:>{self.cell}}" for text in texts)

    @staticmethod
    def _height(line: ScaleTrend, position: int) -> float | None:
        result = line.results[position]
        if result.score is None or line.maximum == line.minimum:
            return None
        return (result.score - line.minimum) / (line.maximum - line.minimum)

    @staticmethod
    def _row(line: ScaleTrend, score: int) -> int:
        part = (score - line.minimum) / max(line.maximum - line.minimum, 1)
        return column_plot.row_of(part, height=_ROWS)


def _about(line: ScaleTrend, width: int) -> Iterator[RenderableType]:
    label = safe_text(line.scale.label)
    for text in (trend_text.steps(line), trend_text.published_ranges(line)):
        if text:
            yield paragraph(f"{label}: {text}", width)


def _short(value: object) -> str:
    return str(value) if type(value) is int else _GAP


def _score(line: ScaleTrend, position: int) -> str:
    result = line.results[position]
    return _GAP if result.score is None else number(result.score)
