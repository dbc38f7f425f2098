"""A trend as one JSON document: numbers side by side, gaps as null with their reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moodcheck.core.administration import Unanswered
from moodcheck.history.views.record_json import critical, head
from moodcheck.report.json import as_text, help_panel
from moodcheck.safe_text import safe_lines

if TYPE_CHECKING:
    from moodcheck.history.change import QuotedChange
    from moodcheck.history.trend import ItemTrend, ScaleTrend, Series, Trend

FORMAT = "moodcheck.trend/1"


def trend(shown: Trend) -> str:
    """Return the trend as indented JSON with stable keys, in ASCII, ending in a newline."""
    return as_text(
        {
            "format": FORMAT,
            "client": shown.client,
            "has_alert": shown.has_alert,
            "help_first": shown.help_first,
            "critical": [critical(line) for line in shown.critical],
            "not_a_diagnosis": safe_lines(shown.not_a_diagnosis),
            "series": [_series(series) for series in shown.series],
            "crisis_lines": help_panel(shown.help),
        }
    )


def _series(series: Series) -> dict[str, Any]:
    asked = series.questionnaire
    return {
        "questionnaire": {
            "id": asked.id,
            "version": asked.version,
            "validated": bool(asked.validated),
            "validation": safe_lines(series.validation),
        },
        "sittings": [head(record) for record in series.records],
        "scales": {line.scale.id: _scale(line) for line in series.scales},
        "items": {line.item.id: _item(line) for line in series.items},
        "advice": {
            "id": series.advice.id,
            "label": safe_lines(series.advice.label),
            "text": safe_lines(series.advice.text),
        },
    }


def _scale(line: ScaleTrend) -> dict[str, Any]:
    scale = line.scale
    return {
        "label": safe_lines(scale.label),
        "min": line.minimum,
        "max": line.maximum,
        "scores": [result.score for result in line.results],
        "reasons": [result.reason for result in line.results],
        "published_bands": [
            {"at_least": band.at_least, "name": safe_lines(band.name)} for band in scale.bands
        ],
        "citation": safe_lines(scale.citation) if scale.citation else None,
        "since_previous": _step(line.since_previous),
        "since_first": _step(line.since_first),
    }


def _step(step: QuotedChange | None) -> dict[str, Any] | None:
    if step is None:
        return None
    change = step.change
    document: dict[str, Any] = {"difference": change.difference, "published": None}
    if change.published and step.published:
        document["published"] = {
            "index": change.published.index,
            "needed": change.published.needed,
            "is_reliable": change.published.is_reliable,
            "quotation": safe_lines(step.published),
        }
    return document


def _item(line: ItemTrend) -> dict[str, Any]:
    return {
        "label": safe_lines(line.item.label),
        "values": [value if isinstance(value, int) else None for value in line.values],
        "unanswered": [
            None if isinstance(value, int) else value or Unanswered.NOT_ASKED
            for value in line.values
        ],
    }
