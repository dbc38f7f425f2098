"""What came of a run as one JSON document; the schemas are in `data/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moodcheck.batch.alerts_view import alerts_ask
from moodcheck.batch.codes_view import doubt_text
from moodcheck.errors import MoodcheckError
from moodcheck.installation import own_version
from moodcheck.report.json import as_text
from moodcheck.report.times import timestamp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from moodcheck.batch.outcome import BatchReport, Distribution, RowCounts
    from moodcheck.batch.provenance import Provenance
    from moodcheck.core.language import Language

FORMAT = "moodcheck.batch_report/3"
FAILURE = "moodcheck.batch_failure/1"


def batch_report(report: BatchReport, language: Language) -> str:
    """Return the report."""
    document = {
        "format": FORMAT,
        "exit_code": int(report.exit_code),
        "error": None if report.failure is None else str(report.failure),
        **provenance_json(report.provenance, report.questionnaire, report.version),
        "read": report.read,
        "scored": report.scored,
        "blank_lines": report.blank_lines,
        "left_out": report.left_out,
        "unopened": report.unopened,
        "unfinished": report.unfinished,
        "other_resources": report.other_resources,
        "rejected": rejected_json(report),
        "alerts": {
            "records": report.alerts,
            "known": report.known_alerts,
            "doubtful": report.doubtful_alerts,
            "absent_files": list(report.absent_known_alerts),
            "named": list(report.alert_ids),
            "critical_unanswered": report.critical_unanswered,
            "asks": alerts_ask(report, language),
        },
        "unanswered": {
            item_id: {reason: count for reason, count in reasons.items() if count}
            for item_id, reasons in report.unanswered.items()
        },
        "answers": {
            item_id: {str(value): values[value] for value in sorted(values)}
            for item_id, values in report.values.items()
        },
        "code_doubts": doubts_json(report),
        "scales": {name: _scale(shown) for name, shown in report.distributions.items()},
        "absent_conditions": list(report.absent_conditions),
        "found_columns": dict(report.found_columns),
        "unread_columns": list(report.unread_columns),
        "whole_floats": report.whole_floats,
        "altered_cells": report.altered_cells,
        "duplicate_ids": report.duplicate_ids,
        "outputs": dict(report.outputs),
        "seconds": round(report.seconds, 3),
        "rows_per_second": report.rows_per_second,
        "not_a_diagnosis": language.not_a_diagnosis,
    }
    return as_text(document)


def rejected_json(counts: RowCounts) -> dict[str, Any]:
    """Return how many records were rejected, and why."""
    return {
        "records": counts.all_rejected,
        "by_reason": {reason: count for reason, count in counts.rejected.items() if count},
    }


def doubts_json(counts: RowCounts) -> list[dict[str, Any]]:
    """Return why codes may not mean what they were taken for."""
    return [
        {"kind": one.kind, "count": one.count, "value": one.value, "says": doubt_text(one)}
        for one in counts.code_doubts
    ]


def batch_failure(
    failure: BaseException, *, exit_code: int, inputs: Sequence[str], started: datetime
) -> str:
    """Return that a run ended before anything was known of its rows, and why.

    Args:
        failure: why; the message of one that is no `MoodcheckError` may quote an answer, and is
            left out.
        exit_code: as the command ends with.
        inputs: what was to be read, as it was named.
        started: when.
    """
    is_ours = isinstance(failure, MoodcheckError)
    document = {
        "format": FAILURE,
        "exit_code": exit_code,
        "error": str(failure) if is_ours else type(failure).__name__,
        "moodcheck": own_version(),
        "inputs": [{"name": name} for name in inputs],
        "started": timestamp(started),
    }
    return as_text(document)


def provenance_json(made: Provenance, questionnaire: str, version: str) -> dict[str, Any]:
    """Return where a result comes from, as every document of a run has it.

    Args:
        made: what it says of the run.
        questionnaire: the id of what was answered.
        version: of that.
    """
    return {
        "moodcheck": made.program,
        "questionnaire": {
            "id": questionnaire,
            "version": version,
            "sha256": made.questionnaire_sha256,
        },
        "map": made.map_sha256,
        "map_name": made.map_name,
        "inputs": [
            {"name": one.shown, "bytes": one.size, "sha256": one.sha256} for one in made.inputs
        ],
        "repeated_inputs": [{"name": name, "same_as": first} for name, first in made.repeated()],
        "engine": made.engine,
        "options": dict(made.options),
        "started": timestamp(made.started),
        "ended": timestamp(made.ended),
    }


def _scale(shown: Distribution) -> dict[str, Any]:
    return {
        "label": shown.label,
        "min": shown.minimum,
        "max": shown.maximum,
        "rows_by_score": {str(score): shown.counts[score] for score in sorted(shown.counts)},
        "not_scored": shown.not_scored,
    }
