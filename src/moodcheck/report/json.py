"""One person's summary, or why there is none, as JSON; the schemas are in `data/`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moodcheck.report.times import timestamp
from moodcheck.safe_text import safe_lines

if TYPE_CHECKING:
    from moodcheck.core.crisis import CrisisLine, Elsewhere, HelpPanel
    from moodcheck.core.summary import ItemLine, ScaleLine, Summary
    from moodcheck.errors import AnswersRefused

FORMAT = "moodcheck.summary/1"
REFUSAL = "moodcheck.refusal/1"


def summary(shown: Summary) -> str:
    """Return the summary as indented JSON with stable keys, ending in a newline.

    It is ASCII: the same bytes in every encoding, so that no text is changed on its way.
    """
    return as_text(summary_document(shown))


def refusal(refused: AnswersRefused, panel: HelpPanel, not_a_diagnosis: str) -> str:
    """Return as JSON that answers were refused, and whether they may hold an alert."""
    return as_text(
        {
            "format": REFUSAL,
            "alerts_cannot_be_ruled_out": refused.alerts_cannot_be_ruled_out,
            "problems": [_text(str(problem)) for problem in refused.problems]
            or [_text(str(refused))],
            "not_a_diagnosis": _text(not_a_diagnosis),
            "crisis_lines": help_panel(panel),
        }
    )


def as_text(document: object) -> str:
    """Return a document as every JSON output is written."""
    return json.dumps(document, indent=2) + "\n"


def summary_document(shown: Summary) -> dict[str, Any]:
    """Return the summary as it stands in JSON."""
    return {
        "format": FORMAT,
        "questionnaire": {
            "id": shown.questionnaire.id,
            "version": shown.questionnaire.version,
            "validated": bool(shown.questionnaire.validated),
            "validation": _text(shown.validation),
        },
        "taken_at": timestamp(shown.taken_at),
        "answers": {line.item.id: _answer(line) for line in (*shown.items, *shown.context)},
        "unanswered": {
            line.item.id: line.reason
            for line in (*shown.items, *shown.context)
            if line.reason is not None
        },
        "stood_out": [item.id for group in shown.stood_out for item in group.items],
        "could_say": [_text(sentence) for sentence in shown.could_say],
        "scales": {line.result.scale.id: _scale(line) for line in shown.scales},
        "critical": dict(shown.critical),
        "alerts": list(shown.alerts),
        "help_first": shown.help_first,
        "advice": {
            "id": shown.advice.id,
            "label": _text(shown.advice.label),
            "text": _text(shown.advice.text),
        },
        "not_a_diagnosis": _text(shown.not_a_diagnosis),
        "crisis_lines": help_panel(shown.help),
    }


def help_panel(panel: HelpPanel) -> dict[str, Any]:
    """Return help lines as they stand under `crisis_lines`."""
    return {
        "region": panel.region.code,
        "region_is_guess": panel.region.is_guess,
        "emergency": _text(panel.emergency) if panel.emergency else None,
        "act_now": _text(panel.act_now),
        "lines": [_line(line) for line in panel.lines],
        "elsewhere": [_elsewhere(country) for country in panel.elsewhere],
        "international": _text(panel.international),
        "tells_no_one": _text(panel.tells_no_one),
        "sources": [_text(sentence) for sentence in panel.sources],
        "if_it_does_not_connect": _text(panel.if_it_does_not_connect),
    }


def _answer(line: ItemLine) -> int | str | None:
    return _text(line.value) if isinstance(line.value, str) else line.value


def _scale(line: ScaleLine) -> dict[str, Any]:
    result = line.result
    return {
        "label": _text(result.scale.label),
        "score": result.score,
        "min": result.minimum,
        "max": result.maximum,
        "answered": result.answered,
        "of": result.of,
        "band": _text(line.published_band) if line.published_band else None,
        "reason": result.reason,
    }


def _elsewhere(country: Elsewhere) -> dict[str, Any]:
    return {
        "region": country.code,
        "country": _text(country.name),
        "emergency": _text(country.emergency),
        "line": _line(country.line),
    }


def _line(line: CrisisLine) -> dict[str, Any]:
    return {
        "name": _text(line.name),
        "number": line.number,
        "channel": list(line.channel),
        "message": _text(line.message) if line.message else None,
        "only_from": _text(line.only_from) if line.only_from else None,
        "hours": _text(line.hours) if line.hours else None,
        "languages": [_text(language) for language in line.languages],
        "audience": line.audience,
        "source": _text(line.source),
        "source_date": line.source_date.isoformat(),
        "checked": line.checked.isoformat() if line.checked else None,
    }


def _text(text: str) -> str:
    # Whoever reads the document may print its texts: they are fit to show by then.
    return safe_lines(text)
