"""What is written when a history is exported: all of it, or what can still be read of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import BadData
from moodcheck.history.client_code import same_client
from moodcheck.history.keeping import records_of
from moodcheck.history.port import HistoryStore
from moodcheck.history.record import AuditAction, Salvage


def to_export(
    store: HistoryStore, client: str | None, known: Callable[[], Sequence[Questionnaire]]
) -> Salvage:
    """Return a client's records, or all, and the audit; of a damaged history what can be read.

    Args:
        store: the history.
        client: its code; None for every client.
        known: gives questionnaires to read sittings with whose own copy is lost.

    Raises:
        InputNotFound: when nothing is saved under that code.
        UsageError: when it cannot be a client code.
    """
    try:
        return Salvage(records_of(store, client), store.audit(), ())
    except BadData:
        found = store.salvage(known())
    records = tuple(
        one for one in found.records if client is None or same_client(one.client, client)
    )
    return Salvage(records, found.audit, found.lost)


def enter_export(store: HistoryStore, client: str | None, detail: str, at: datetime) -> bool:
    """Enter an export into the audit; return whether that could be done in a damaged history."""
    try:
        store.log_access(AuditAction.EXPORTED, at, client=client, detail=detail)
    except BadData:
        return False
    return True
