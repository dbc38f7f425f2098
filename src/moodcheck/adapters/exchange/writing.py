"""Records → one JSON document that holds everything about them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from moodcheck.adapters.exchange.document import NAME, NEWEST
from moodcheck.domain.history import AuditAction, AuditEntry, CriticalEntry, Record
from moodcheck.domain.questionnaire import Questionnaire
from moodcheck.domain.questionnaire_document import document_of, hash_of, tree_of


def write_history(
    records: Sequence[Record], audit: Sequence[AuditEntry], *, notice: str, exported_at: datetime
) -> str:
    """Return the records as JSON, ASCII alone, ending in a newline.

    Of the audit, what is about these records and what is about the whole store. Where all records
    are one client's, a move does not name the other one: that code is somebody else's.
    """
    names = _Names()
    known = {record.id for record in records}
    is_one_client = len({record.client.lower() for record in records}) == 1
    rows = [_record(record, names.of(record.administration.questionnaire)) for record in records]
    document = {
        "format": f"{NAME}/{NEWEST}",
        "exported_at": exported_at.isoformat(),
        "notice": notice,
        "questionnaires": names.trees,
        "records": rows,
        "audit": [
            _entry(entry, hides_codes=is_one_client)
            for entry in audit
            if entry.record is None or entry.record in known
        ],
    }
    return json.dumps(document, indent=1) + "\n"


class _Names:
    """Hashes of questionnaires, each worked out once."""

    def __init__(self) -> None:
        self.trees: dict[str, Any] = {}
        self._known: list[tuple[Questionnaire, str]] = []

    def of(self, questionnaire: Questionnaire) -> str:
        # By identity: to compare two questionnaires takes longer than to hash one.
        for known, name in self._known:
            if known is questionnaire:
                return name
        name = hash_of(document_of(questionnaire))
        self.trees.setdefault(name, tree_of(questionnaire))
        self._known.append((questionnaire, name))
        return name


def _record(record: Record, questionnaire: str) -> dict[str, Any]:
    sitting = record.administration
    return {
        "id": record.id,
        "client": record.client,
        "sequence": record.sequence,
        "mode": record.mode,
        "state": record.state,
        "questionnaire": questionnaire,
        "taken_at": sitting.taken_at.isoformat(),
        "answers": dict(sitting.answers),
        "words": dict(sitting.words),
        "unanswered": dict(sitting.unanswered),
        "notes": dict(record.notes),
        "critical": [_critical(entry) for entry in record.critical],
        "not_acknowledged": [entry.item for entry in record.unacknowledged],
    }


def _critical(entry: CriticalEntry) -> dict[str, Any]:
    seen = entry.acknowledgement
    return {
        "item": entry.item,
        "alerted": entry.alerted,
        "now": entry.now,
        "raised_at": entry.raised_at.isoformat(),
        "acknowledgement": seen
        and {"initials": seen.initials, "at": seen.at.isoformat(), "action": seen.action},
    }


def _entry(entry: AuditEntry, *, hides_codes: bool) -> dict[str, Any]:
    is_hidden = hides_codes and entry.action is AuditAction.MOVED
    return {
        "sequence": entry.sequence,
        "at": entry.at.isoformat(),
        "action": entry.action,
        "record": entry.record,
        "detail": "" if is_hidden else entry.detail,
    }
