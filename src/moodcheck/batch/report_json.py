"""The report as one JSON document; its schema is `data/batch_report.schema.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moodcheck.report.json import as_text

if TYPE_CHECKING:
    from moodcheck.batch.outcome import BatchReport, Distribution
    from moodcheck.core.language import Language

FORMAT = "moodcheck.batch_report/3"


def batch_report(report: BatchReport, language: Language) -> str:
    """Return the report."""
    asks = language.batch.alert_asks if report.alerts else language.batch.no_alert
    document = {
        "format": FORMAT,
        "questionnaire": {"id": report.questionnaire, "version": report.version},
        "read": report.read,
        "scored": report.scored,
        "blank_lines": report.blank_lines,
        "rejected": {
            "records": report.all_rejected,
            "by_reason": {reason: count for reason, count in report.rejected.items() if count},
        },
        "alerts": {
            "records": report.alerts,
            "known": report.known_alerts,
            "doubtful": report.doubtful_alerts,
            "absent_files": list(report.absent_known_alerts),
            "named": list(report.alert_ids),
            "critical_unanswered": report.critical_unanswered,
            "asks": asks,
        },
        "unanswered": {
            item_id: {reason: count for reason, count in reasons.items() if count}
            for item_id, reasons in report.unanswered.items()
        },
        "scales": {name: _scale(shown) for name, shown in report.distributions.items()},
        "absent_conditions": list(report.absent_conditions),
        "altered_cells": report.altered_cells,
        "duplicate_ids": report.duplicate_ids,
        "outputs": dict(report.outputs),
        "seconds": round(report.seconds, 3),
        "rows_per_second": report.rows_per_second,
        "not_a_diagnosis": language.not_a_diagnosis,
    }
    return as_text(document)


def _scale(shown: Distribution) -> dict[str, Any]:
    return {
        "label": shown.label,
        "min": shown.minimum,
        "max": shown.maximum,
        "rows_by_score": {str(score): shown.counts[score] for score in sorted(shown.counts)},
        "not_scored": shown.not_scored,
    }
