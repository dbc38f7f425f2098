"""A history as JSON: sittings, trends, what was done, and a counselor's clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moodcheck.core.administration import Unanswered
from moodcheck.report.json import (
    advice_object,
    as_text,
    help_panel,
    questionnaire_object,
    summary_object,
)
from moodcheck.report.times import timestamp

if TYPE_CHECKING:
    from moodcheck.history.change import QuotedChange
    from moodcheck.history.critical import CriticalLine
    from moodcheck.history.listing import ClientLine, ClientList, RecordList, RecordSummary
    from moodcheck.history.record import Acknowledgement, AuditEntry, Correction, Record
    from moodcheck.history.today import ClientToday, Today
    from moodcheck.history.trend import ItemTrend, ScaleTrend, Series, Trend

RECORD = "moodcheck.record/1"


def record(shown: RecordSummary) -> str:
    """Return one record: what it is, what a human has to see, its notes and its summary."""
    return as_text(
        {
            "format": RECORD,
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


TREND = "moodcheck.trend/1"


def trend(shown: Trend) -> str:
    """Return the trend."""
    return as_text(
        {
            "format": TREND,
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


TODAY = "moodcheck.today/1"


def today(shown: Today) -> str:
    """Return who waits and why."""
    return as_text(
        {
            "format": TODAY,
            "at": timestamp(shown.at),
            "notice": shown.notice,
            "help_first": shown.help_first,
            "of": shown.of,
            "clients": [_waiting_client(one) for one in shown.clients],
        }
    )


def client_list(shown: ClientList) -> str:
    """Return the clients as an indented JSON array, ASCII, ending in a newline."""
    notice = shown.notice
    clients = [_in_list(line) | {"notice": notice} for line in shown.clients]
    return as_text(clients)


def _waiting_client(one: ClientToday) -> dict[str, Any]:
    return {
        "client": one.client,
        "sittings": one.sittings,
        "last_at": None if one.last_at is None else timestamp(one.last_at),
        "every_days": one.every_days,
        "overdue_days": one.overdue_days,
        "not_acknowledged": [critical(line) for line in one.waiting],
        "unfinished": [head(record) for record in one.unfinished],
        "higher": [
            {
                "item": item.item,
                "label": item.label,
                "before": item.before,
                "now": item.now,
            }
            for item in one.higher
        ],
    }


def _in_list(line: ClientLine) -> dict[str, Any]:
    return {
        "client": line.client,
        "sittings": line.sittings,
        "last": head(line.last),
        "not_acknowledged": [critical(one) for one in line.not_acknowledged],
    }
