"""Exported histories as tests write them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from moodcheck.history.exchange.document import chained, hash_of
from moodcheck.history.exchange.writing import write_history
from moodcheck.history.exported import Exported
from moodcheck.history.record import AuditEntry, Record
from tests.shipped import LANGUAGE, TAKEN_AT

ELSEWHERE = "fedcba9876543210"
"""The history that wrote them."""


def export_of(
    records: Sequence[Record],
    audit: Sequence[AuditEntry] = (),
    *,
    store: str = ELSEWHERE,
    client: str | None = None,
) -> str:
    """Return the export of these records."""
    exported = Exported(tuple(records), TAKEN_AT, store, tuple(audit))
    return write_history(exported, notice=LANGUAGE.notice, client=client)


def resealed(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document whose hashes were worked out anew, as somebody who forges it would."""
    plain = [
        {key: value for key, value in one.items() if key not in {"previous", "hash"}}
        for one in document["sittings"]
    ]
    sittings = chained(plain)
    document |= {"sittings": sittings, "last": sittings[-1]["hash"] if sittings else None}
    return document | {"hash": hash_of(document)}
