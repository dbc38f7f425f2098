"""A trend as one JSON document: numbers side by side, gaps as null with their reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moodcheck.core.administration import Unanswered
from moodcheck.history.views.record_json import critical, head
from moodcheck.report.json import advice_object, as_text, help_panel, questionnaire_object

if TYPE_CHECKING:
    from moodcheck.history.change import QuotedChange
    from moodcheck.history.trend import ItemTrend, ScaleTrend, Series, Trend

FORMAT = "moodcheck.trend/1"


def trend(shown: Trend) -> str:
    """Return the trend."""
    return as_text(
        {
            "format": FORMAT,
            "client": shown.client,
            "has_alert": shown.has_alert,
            "help_first": shown.help_first,
            "critical": [critical(line) for line in shown.critical],
            "not_a_diagnosis": shown.not_a_diagnosis,
            "series": [_series(series) for series in shown.series],
            "crisis_lines": help_panel(shown.help),
        }
    )


def _series(series: Series) -> dict[str, Any]:
    return {
        "questionnaire": questionnaire_object(series.questionnaire, series.validation),
        "sittings": [head(record) for record in series.records],
        "scales": {line.scale.id: _scale(line) for line in series.scales},
        "items": {line.item.id: _item(line) for line in series.items},
        "advice": advice_object(series.advice),
    }


def _scale(line: ScaleTrend) -> dict[str, Any]:
    scale = line.scale
    return {
        "label": scale.label,
        "min": line.minimum,
        "max": line.maximum,
        "scores": [result.score for result in line.results],
        "reasons": [result.reason for result in line.results],
        "published_bands": [{"at_least": band.at_least, "name": band.name} for band in scale.bands],
        "citation": scale.citation or None,
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
            "quotation": step.published,
        }
    return document


def _item(line: ItemTrend) -> dict[str, Any]:
    return {
        "label": line.item.label,
        "values": [value if isinstance(value, int) else None for value in line.values],
        "unanswered": [
            None if isinstance(value, int) else value or Unanswered.NOT_ASKED
            for value in line.values
        ],
    }
