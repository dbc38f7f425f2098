"""Finding saved sittings, filing them under another client, and exporting them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import BadData, InputNotFound, UsageError, did_you_mean
from moodcheck.history.client_code import OWN, client_code, same_client
from moodcheck.history.port import HistoryStore
from moodcheck.history.record import AuditAction, Record, Salvage


def records_of(store: HistoryStore, client: str | None) -> tuple[Record, ...]:
    """Return a client's records, or all for None.

    Raises:
        UsageError: when that cannot be a client code.
        InputNotFound: when nothing is saved under it.
    """
    records = store.records(None if client is None else client_code(client))
    if not records:
        raise _nothing_saved(store, client)
    return records


def sitting(store: HistoryStore, beginning: str) -> Record:
    """Return the only sitting whose id begins with this.

    Raises:
        InputNotFound: when there is none.
        UsageError: when there are several; names their dates.
    """
    return store.record(store.find(beginning))


def known_client(store: HistoryStore, code: str) -> str | None:
    """Return the client code as it was first written; None where nothing is saved under it."""
    return next((known for known in store.clients() if same_client(known, code)), None)


def move(
    store: HistoryStore,
    found: Record,
    code: str,
    *,
    may: Callable[[str, bool], bool],
    at: datetime,
) -> str | None:
    """File a sitting under another client code; return the code, or None when it stays.

    Args:
        store: the history.
        found: the sitting.
        code: the client code it belongs under; case does not matter.
        may: asked before it is moved, with the code as it is written there and whether that is
            known yet.
        at: when.

    Raises:
        UsageError: when that cannot be a client code.
    """
    code = client_code(code)
    known = known_client(store, code)
    if not same_client(found.client, code):
        if not may(known or code, known is not None):
            return None
        store.move(found.id, known or code, at)
    return known or code


def rename_client(
    store: HistoryStore, old: str, new: str, *, may: Callable[[str, int], bool], at: datetime
) -> int:
    """Give a client another code; return how many sittings that changed, 0 when it may not be.

    Args:
        store: the history.
        old: the code that the client has; a counselor's, as the new one.
        new: one that no other client has.
        may: asked before, with the old code as it is written there, and how many sittings it has.
        at: when.

    Raises:
        UsageError: when the new one is another client's.
        InputNotFound: when there is no such client.
    """
    found = records_of(store, old)
    taken = known_client(store, new)
    if taken is not None and not same_client(taken, old):
        raise UsageError(
            f"There is already a client {taken}, and two clients are never made one",
            mend="Use another code, or move single sittings with 'moodcheck history move'",
        )
    return store.rename_client(old, new, at) if may(found[0].client, len(found)) else 0


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
    """Enter an export into the audit; return False where a damaged history does not take it."""
    try:
        store.log_access(AuditAction.EXPORTED, at, client=client, detail=detail)
    except BadData:
        return False
    return True


def _nothing_saved(store: HistoryStore, client: str | None) -> InputNotFound:
    known = store.clients()
    if client is None or not known:
        return InputNotFound("Nothing is saved yet", mend="Save with 'moodcheck check --save'")
    count = "1 client is known" if len(known) == 1 else f"{len(known)} clients are known"
    others = "--all shows every client" if client == OWN else count
    return InputNotFound(
        f"Nothing is saved under '{client}'",
        mend=f"{did_you_mean(client, known)}Name another with --client CODE; {others}",
    )
