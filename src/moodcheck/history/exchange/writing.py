"""Records → one JSON document that holds everything about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from moodcheck.core.administration import Unanswered
from moodcheck.history.client_code import same_client
from moodcheck.history.exchange.document import (
    NAME,
    NEWEST,
    AuditDocument,
    CriticalDocument,
    chained,
    hash_of,
)
from moodcheck.history.exported import Exported
from moodcheck.history.record import AuditAction, AuditEntry, Correction, CriticalEntry, Record
from moodcheck.installation import own_version

_NAMES_AN_ITEM = frozenset(
    {AuditAction.CHANGED, AuditAction.NOTED, AuditAction.CORRECTED, AuditAction.ACKNOWLEDGED}
)


def write_history(exported: Exported, *, notice: str, client: str | None = None) -> str:
    """Return an export as JSON, ASCII alone, ending in a newline.

    Args:
        exported: what to write; audit entries without an origin are those of its store.
        notice: that it is not a diagnosis, and whom to see.
        client: whose records these are; then of the audit there is what was done to these alone,
            and it names nobody else. None for a whole history.
    """
    records = exported.records
    asked = [one.administration.questionnaire for one in records]
    questionnaires = {one.content_hash: one for one in asked}
    sittings = chained([_sitting(one) for one in records])
    audit = exported.audit if client is None else _of_client(exported.audit, records, client)
    document = {
        "format": f"{NAME}/{NEWEST}",
        "program": own_version(),
        "store": exported.store,
        "exported_at": exported.exported_at.isoformat(),
        "notice": notice,
        "lost": [{"where": one.where or "history", "what": one.what} for one in exported.lost],
        "questionnaires": {name: one.plain_data() for name, one in questionnaires.items()},
        "sittings": sittings,
        "last": sittings[-1]["hash"] if sittings else None,
        "audit": [_entry(entry, exported.store) for entry in audit],
    }
    return json.dumps({**document, "hash": hash_of(document)}, indent=1) + "\n"


def _sitting(record: Record) -> dict[str, Any]:
    sitting = record.administration
    return {
        "id": record.id,
        "client": record.client,
        "origin": record.origin,
        "sequence": record.sequence,
        "mode": record.mode,
        "state": record.state,
        "questionnaire": sitting.questionnaire.content_hash,
        "taken_at": sitting.taken_at.isoformat(),
        "answers": dict(sitting.answers),
        "words": dict(sitting.words),
        "unanswered": dict(sitting.unanswered),
        "corrections": [_correction(one) for one in record.corrections],
        "note": record.note,
        "notes": dict(record.notes),
        "critical": [_critical(entry) for entry in record.critical],
        "not_acknowledged": [entry.item for entry in record.unacknowledged],
        "changed_outside": record.changed_outside,
    }


def _correction(correction: Correction) -> dict[str, Any]:
    before = correction.before
    is_reason = isinstance(before, Unanswered)
    return {
        "item": correction.item,
        "value": before if isinstance(before, int) else None,
        "words": before if isinstance(before, str) and not is_reason else None,
        "unanswered": before if is_reason else None,
        "at": correction.at.isoformat(),
    }


def _critical(entry: CriticalEntry) -> dict[str, Any]:
    seen = entry.acknowledgement
    acknowledgement = seen and {**asdict(seen), "at": seen.at.isoformat()}
    row = {name: getattr(entry, name) for name in CriticalDocument.model_fields}
    return {**row, "raised_at": entry.raised_at.isoformat(), "acknowledgement": acknowledgement}


def _of_client(
    audit: Iterable[AuditEntry], records: Iterable[Record], client: str
) -> Iterator[AuditEntry]:
    """Yield what was done to one client's records, and to them; other codes are somebody else's."""
    known = {record.id for record in records}
    for entry in audit:
        is_theirs = entry.client is not None and same_client(entry.client, client)
        if entry.record in known or (entry.record is None and is_theirs):
            yield replace(
                entry,
                client=entry.client if is_theirs else None,
                detail=entry.detail if entry.action in _NAMES_AN_ITEM else "",
            )


def _entry(entry: AuditEntry, store: str) -> dict[str, Any]:
    row = {name: getattr(entry, name) for name in AuditDocument.model_fields}
    return {**row, "origin": entry.origin or store, "at": entry.at.isoformat()}
