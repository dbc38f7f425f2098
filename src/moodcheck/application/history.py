"""What may be done with saved sittings, beyond looking at them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from moodcheck.application.ports import HistoryStore
from moodcheck.domain.client_code import OWN, client_code, same_client
from moodcheck.domain.history import AuditEntry, Import, Record
from moodcheck.errors import BadData, InputNotFound, Problem, did_you_mean

LONGEST_SOURCE = 200


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


def known_client(store: HistoryStore, code: str) -> str | None:
    """Return the client code as it was first written; None where nothing is saved under it."""
    return next((known for known in store.clients() if same_client(known, code)), None)


def move(
    store: HistoryStore,
    record: str,
    code: str,
    *,
    may_make: Callable[[str], bool],
    at: datetime,
) -> str | None:
    """File a record under another client code; return the code, or None when it stays.

    Args:
        store: the history.
        record: its id.
        code: the client code it belongs under; case does not matter.
        may_make: asked whether a code that is not known yet may be made.
        at: when.

    Raises:
        UsageError: when that cannot be a client code.
        InputNotFound: when there is no such record.
    """
    code = client_code(code)
    store.record(record)
    known = known_client(store, code)
    if known is None and not may_make(code):
        return None
    store.move(record, known or code, at)
    return known or code


def take_in(  # noqa: PLR0913 - what there is to know of a file
    store: HistoryStore,
    records: Sequence[Record],
    *,
    at: datetime,
    source: str = "",
    origin: str = "",
    audit: Sequence[AuditEntry] = (),
) -> Import:
    """Keep records that were exported; what is there stays as it is. Return what was new.

    Args:
        store: the history.
        records: under the client codes that they will have here.
        at: when.
        source: what the file is called, without its folder.
        origin: the id of the store that wrote it; empty where that is not known.
        audit: what it tells of what was done at its origin.

    Raises:
        BadData: when a record of the same id is there and is not equal; then none is kept.
    """
    known = {record.id: record for record in store.records()}
    conflicts = [record.id for record in records if known.get(record.id, record) != record]
    if conflicts:
        problems = [
            Problem(f"record {name}", "it is in the history and not equal", "Look at both")
            for name in conflicts
        ]
        raise BadData(
            "The export contradicts the history, and nothing of it was imported",
            mend="Import it into another store with --store, or delete the records here first",
            problems=problems,
        )
    return store.take_in(records, audit, Import("", at, source[:LONGEST_SOURCE], origin, ()))


def _nothing_saved(store: HistoryStore, client: str | None) -> InputNotFound:
    known = store.clients()
    if client is None or not known:
        return InputNotFound("Nothing is saved yet", mend="Save with 'moodcheck check --save'")
    others = "--all shows every client" if client == OWN else f"{len(known)} clients are known"
    return InputNotFound(
        f"Nothing is saved under '{client}'",
        mend=f"{did_you_mean(client, known)}Name another with --client CODE; {others}",
    )
