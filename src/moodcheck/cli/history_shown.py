"""Saved sittings in the format that was asked for, as text for standard output."""

from __future__ import annotations

import sys

from moodcheck.cli.options import Format
from moodcheck.cli.show import as_text
from moodcheck.history.listing import RecordList, RecordSummary
from moodcheck.history.record import AuditEntry
from moodcheck.history.trend import Trend
from moodcheck.history.views import audit_view, record_json, record_view, trend_json
from moodcheck.history.views.trend_view import trend_document
from moodcheck.report import json
from moodcheck.report.document import Document
from moodcheck.terminal.console import size_of


def record_list(shown: RecordList, chosen: Format) -> str:
    """Return which records there are."""
    if chosen is Format.JSON:
        return record_json.record_list(shown)
    return _as_text(record_view.list_document(shown), chosen)


def audit(entries: tuple[AuditEntry, ...], chosen: Format) -> str:
    """Return what was done to the history."""
    if chosen is Format.JSON:
        return record_json.audit(entries)
    return _as_text(audit_view.audit_document(entries), chosen)


def record(shown: RecordSummary, chosen: Format, *, for_client: bool) -> str:
    """Return one record; for the client without what the counselor wrote and did."""
    match chosen:
        case Format.JSON if for_client:
            return json.summary(shown.summary)
        case Format.JSON:
            return record_json.record(shown)
        case _:
            return _as_text(record_view.record_document(shown, for_client=for_client), chosen)


def trend(shown: Trend, chosen: Format) -> str:
    """Return the answers and scores of one client over time."""
    if chosen is Format.JSON:
        return trend_json.trend(shown)
    return _as_text(trend_document(shown), chosen)


def _as_text(document: Document, chosen: Format) -> str:
    return as_text(document, chosen, width=size_of(sys.stdout)[0])
