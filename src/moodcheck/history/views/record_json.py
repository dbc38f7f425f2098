"""Records as JSON: one with its summary, a list of them, and what was done to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moodcheck.core.administration import Unanswered
from moodcheck.report.json import as_text, summary_object
from moodcheck.report.times import timestamp

if TYPE_CHECKING:
    from moodcheck.history.critical import CriticalLine
    from moodcheck.history.listing import RecordList, RecordSummary
    from moodcheck.history.record import Acknowledgement, AuditEntry, Correction, Record

FORMAT = "moodcheck.record/1"


def record(shown: RecordSummary) -> str:
    """Return one record: what it is, what a human has to see, its notes and its summary."""
    return as_text(
        {
            "format": FORMAT,
            **head(shown.record),
            "critical": [critical(line) for line in shown.critical],
            "note": shown.record.note,
            "notes": dict(shown.record.notes),
            "corrections": list(map(_correction, shown.record.corrections)),
            "summary": summary_object(shown.summary),
        }
    )


def record_list(shown: RecordList) -> str:
    """Return an array, one object for each record."""
    return as_text(
        [
            {
                **head(one),
                "critical": [critical(line) for line in shown.critical if line.record is one],
                "notice": shown.notice,
            }
            for one in shown.records
        ]
    )


def audit(entries: tuple[AuditEntry, ...]) -> str:
    """Return an array, one object for each thing that was done."""
    return as_text(
        [
            {
                "sequence": entry.sequence,
                "at": entry.at.isoformat(),  # exact, since `chained` covers it
                "action": entry.action,
                "record": entry.record,
                "client": entry.client,
                "detail": entry.detail,
                "program": entry.program,
                "origin": entry.origin,
                "digest": entry.digest,
                "chained": entry.chained,
            }
            for entry in entries
        ]
    )


def head(record: Record) -> dict[str, Any]:
    """Return what a record is, without anything that was answered in it."""
    asked = record.administration.questionnaire
    return {
        "record": record.id,
        "client": record.client,
        "origin": record.origin,
        "sequence": record.sequence,
        "taken_at": timestamp(record.administration.taken_at),
        "questionnaire": asked.id,
        "version": asked.version,
        "mode": record.mode,
        "state": record.state,
        "not_acknowledged": bool(record.unacknowledged),
        "changed_outside": record.changed_outside,
    }


def critical(line: CriticalLine) -> dict[str, Any]:
    """Return one critical entry; `alerted` is the highest alert, whatever stands there now."""
    entry = line.entry
    is_answered = not isinstance(entry.now, Unanswered)
    return {
        "record": line.record.id,
        "item": entry.item,
        "label": line.label,
        "kind": entry.kind,
        "alerted": entry.alerted,
        "now": entry.now if is_answered else None,
        "unanswered": None if is_answered else entry.now,
        "raised_at": timestamp(entry.raised_at),
        "not_acknowledged": line.needs_acknowledgement,
        "acknowledgement": _acknowledgement(entry.acknowledgement),
    }


def _acknowledgement(seen: Acknowledgement | None) -> dict[str, str] | None:
    if seen is None:
        return None
    return {
        "initials": seen.initials,
        "at": timestamp(seen.at),
        "action": seen.action,
        "spoken_with": seen.spoken_with,
        "told": seen.told,
        "plan": seen.plan,
        "next_contact": seen.next_contact,
    }


def _correction(one: Correction) -> dict[str, Any]:
    before = one.before
    is_reason = isinstance(before, Unanswered)
    return {
        "item": one.item,
        "before": before if isinstance(before, int) else None,
        "words": before if isinstance(before, str) and not is_reason else None,
        "unanswered": before if is_reason else None,
        "at": timestamp(one.at),
    }
