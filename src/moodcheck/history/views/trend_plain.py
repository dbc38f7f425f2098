"""A trend as lines for screen readers, pipes and logs: one thing a line, in the order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.history.views import trend_text
from moodcheck.history.views.critical_text import critical_sentence
from moodcheck.report.plain import help_section, joined
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.history.trend import ItemTrend, ScaleTrend, Series, Trend


def trend(shown: Trend, *, width: int = 80) -> str:
    """Return the trend as lines of at most `width` columns, what a human has to see first."""
    panel = help_section(shown.help)
    sections = [[trend_text.title(shown)]]
    sections += [panel] if shown.help_first else []
    sections += [_critical(shown), [safe_text(shown.not_a_diagnosis)]]
    sections += [[trend_text.why_separate(shown)]] if len(shown.series) > 1 else []
    for series in shown.series:
        sections += _series(series)
    sections += [] if shown.help_first else [panel]
    return joined(sections, width)


def _critical(shown: Trend) -> list[str]:
    return [critical_sentence(line) for line in shown.critical]


def _series(series: Series) -> list[list[str]]:
    asked = series.questionnaire
    sittings = [
        f"  {trend_text.sitting(position, record)}"
        for position, record in enumerate(series.records, start=1)
    ]
    note = trend_text.clock_note(series)
    scored, context = series.items[: len(asked.items)], series.items[len(asked.items) :]
    return [
        [f"{trend_text.series_title(series)}:", *sittings, *([note] if note else [])],
        [f"{safe_text(series.advice.label)}.", safe_text(series.advice.text)],
        [
            _("Numbers, in the order of the sittings:"),
            *(text for line in series.scales for text in _scale(line)),
            safe_text(series.validation),
        ],
        [_("Answers, in the order of the sittings:"), *map(_item, scored)],
        [_("Not scored:"), *map(_item, context)] if context else [],
    ]


def _scale(line: ScaleTrend) -> list[str]:
    values = "; ".join(map(safe_text, line.said))
    lowest, highest = line.minimum, line.maximum
    said = _("{label}, from {lowest} to {highest}: {values}").format(
        label=safe_text(line.scale.label), lowest=lowest, highest=highest, values=values
    )
    more = [trend_text.steps(line), trend_text.published_ranges(line)]
    return [f"  {said}", *(f"    {text}" for text in more if text)]


def _item(line: ItemTrend) -> str:
    return f"  {safe_text(line.item.label)}: {'; '.join(map(safe_text, line.said))}"
