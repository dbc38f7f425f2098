"""One person's summary, or why there is none, as JSON; the schemas are in `data/`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moodcheck.report.times import timestamp
from moodcheck.safe_text import safe_lines

if TYPE_CHECKING:
    from moodcheck.core.crisis import CrisisLine, Elsewhere, HelpPanel
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.questionnaire_parts import AdviceRule
    from moodcheck.core.summary import ScaleLine, Summary
    from moodcheck.errors import AnswersRefused

FORMAT = "moodcheck.summary/1"
REFUSAL = "moodcheck.refusal/1"


def summary(shown: Summary) -> str:
    """Return the summary as JSON."""
    return as_text(summary_object(shown))


def refusal(refused: AnswersRefused, panel: HelpPanel, not_a_diagnosis: str) -> str:
    """Return as JSON that answers were refused, and whether they may hold an alert."""
    return as_text(
        {
            "format": REFUSAL,
            "alerts_cannot_be_ruled_out": refused.alerts_cannot_be_ruled_out,
            "problems": [str(problem) for problem in refused.problems] or [str(refused)],
            "not_a_diagnosis": not_a_diagnosis,
            "crisis_lines": help_panel(panel),
        }
    )


def as_text(document: object) -> str:
    """Return a document as every JSON output is written: indented, with its keys in their order.

    It is ASCII, the same bytes in every encoding, and ends in a newline. Whoever reads it may print
    its texts: they are fit to show.
    """
    return json.dumps(_fit_to_show(document), indent=2) + "\n"


def _fit_to_show(value: object) -> object:
    match value:
        case str():
            return safe_lines(value)
        case dict():
            return {key: _fit_to_show(one) for key, one in value.items()}
        case list() | tuple():
            return [_fit_to_show(one) for one in value]
        case _:
            return value


def advice_object(rule: AdviceRule) -> dict[str, str]:
    """Return advice as it stands under `advice`."""
    return {"id": rule.id, "label": rule.label, "text": rule.text}


def questionnaire_object(asked: Questionnaire, said: str) -> dict[str, object]:
    """Return what was asked as it stands under `questionnaire`, with whether it is validated."""
    return {
        "id": asked.id,
        "version": asked.version,
        "validated": bool(asked.validated),
        "validation": said,
    }


def summary_object(shown: Summary) -> dict[str, Any]:
    """Return the summary as it stands in JSON."""
    return {
        "format": FORMAT,
        "questionnaire": questionnaire_object(shown.questionnaire, shown.validation),
        "taken_at": timestamp(shown.taken_at),
        "answers": {line.item.id: line.value for line in (*shown.items, *shown.context)},
        "unanswered": {
            line.item.id: line.reason
            for line in (*shown.items, *shown.context)
            if line.reason is not None
        },
        "stood_out": [item.id for group in shown.stood_out for item in group.items],
        "could_say": list(shown.could_say),
        "scales": {line.result.scale.id: _scale(line) for line in shown.scales},
        "critical": dict(shown.critical),
        "alerts": list(shown.alerts),
        "help_first": shown.help_first,
        "advice": advice_object(shown.advice),
        "not_a_diagnosis": shown.not_a_diagnosis,
        "crisis_lines": help_panel(shown.help),
    }


def help_panel(panel: HelpPanel) -> dict[str, Any]:
    """Return help lines as they stand under `crisis_lines`."""
    return {
        "region": panel.region.code,
        "region_is_guess": panel.region.is_guess,
        "emergency": panel.emergency or None,
        "act_now": panel.act_now,
        "lines": [_line(line) for line in panel.lines],
        "elsewhere": [_elsewhere(country) for country in panel.elsewhere],
        "international": panel.international,
        "tells_no_one": panel.tells_no_one,
        "sources": list(panel.sources),
        "if_it_does_not_connect": panel.if_it_does_not_connect,
    }


def _scale(line: ScaleLine) -> dict[str, Any]:
    result = line.result
    return {
        "label": result.scale.label,
        "score": result.score,
        "min": result.minimum,
        "max": result.maximum,
        "answered": result.answered,
        "of": result.of,
        "band": line.published_band or None,
        "reason": result.reason,
    }


def _elsewhere(country: Elsewhere) -> dict[str, Any]:
    return {
        "region": country.code,
        "country": country.name,
        "emergency": country.emergency,
        "line": _line(country.line),
    }


def _line(line: CrisisLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "number": line.number,
        "channel": list(line.channel),
        "message": line.message or None,
        "only_from": line.only_from or None,
        "hours": line.hours or None,
        "languages": list(line.languages),
        "audience": line.audience,
        "source": line.source,
        "source_date": line.source_date.isoformat(),
        "checked": line.checked.isoformat() if line.checked else None,
    }
