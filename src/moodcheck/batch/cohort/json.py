"""A look at many rows as one JSON document; its schema is `data/cohort.schema.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moodcheck.batch.alerts_view import alerts_ask
from moodcheck.batch.cohort.scale_view import distribution
from moodcheck.batch.report_json import doubts_json, provenance_json, rejected_json
from moodcheck.report.json import as_text

if TYPE_CHECKING:
    from moodcheck.batch.cohort.figures import (
        Figures,
        ItemFigures,
        Reliability,
        ScaleFigures,
        Scores,
        Spread,
    )
    from moodcheck.batch.cohort.run import FilesCohort
    from moodcheck.core.language import Language

FORMAT = "moodcheck.cohort/1"


def cohort_json(shown: FilesCohort, language: Language, *, how: str) -> str:
    """Return what may be shown of the rows of files.

    Args:
        shown: what may be shown.
        language: has the words that promises rest on.
        how: the command that writes the alerts to a file.
    """
    counts = shown.counts
    document = {
        "format": FORMAT,
        **provenance_json(shown.provenance, shown.questionnaire, shown.version),
        "read": counts.read,
        "scored": counts.scored,
        "blank_lines": counts.blank_lines,
        "left_out": counts.left_out,
        "unopened": counts.unopened,
        "unfinished": counts.unfinished,
        "other_resources": counts.other_resources,
        "rejected": rejected_json(counts),
        "alerts": {
            "records": counts.alerts,
            "critical_unanswered": counts.critical_unanswered,
            "asks": alerts_ask(counts, language),
            "written_by": how,
        },
        "code_doubts": doubts_json(counts),
        "found_columns": dict(counts.found_columns),
        "unread_columns": list(counts.unread_columns),
        "min_group": shown.least,
        "whole": None if shown.whole is None else _figures(shown.whole),
        "by": shown.by,
        "groups": [{"name": name, **_figures(one)} for name, one in shown.groups.items()],
        "hidden": {"groups": shown.hidden_groups, "rows": shown.hidden_rows},
        "says_not": list(language.batch.cohort_says_not),
        "seconds": round(shown.seconds, 3),
        "not_a_diagnosis": language.not_a_diagnosis,
    }
    return as_text(document)


def _figures(shown: Figures) -> dict[str, Any]:
    return {
        "rows": shown.rows,
        "items": {one.item.id: _item(one) for one in shown.items},
        "scales": {one.scale.id: _scale(one) for one in shown.scales},
    }


def _item(shown: ItemFigures) -> dict[str, Any]:
    return {
        "label": shown.item.label,
        "answered": _spread(shown.spread),
        "answers": {str(option.value): rows for option, rows in shown.options},
        "unanswered": dict(shown.unanswered),
    }


def _scale(shown: ScaleFigures) -> dict[str, Any]:
    counted = distribution(shown)
    return {
        "label": shown.scale.label,
        "min": shown.minimum,
        "max": shown.maximum,
        "scored": _scores(shown.scored),
        "complete": _scores(shown.complete),
        "rows_by_score": {str(score): rows for score, rows in sorted(counted.counts.items())},
        "not_scored": shown.not_scored,
        "alpha": _alpha(shown.reliability),
    }


def _scores(shown: Scores) -> dict[str, Any]:
    return {**_spread(shown.spread), "at_min": shown.floor, "at_max": shown.ceiling}


def _spread(shown: Spread) -> dict[str, Any]:
    return {"rows": shown.rows, "mean": shown.mean, "sd": shown.sd}


def _alpha(shown: Reliability) -> dict[str, Any]:
    return {
        "rows": shown.rows,
        "value": shown.alpha,
        "why": shown.why,
        "items": {
            one.item: {"alpha_without": one.alpha_without, "r_rest": one.r_rest}
            for one in shown.items
        },
    }
