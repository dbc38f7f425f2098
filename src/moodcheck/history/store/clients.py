"""Client codes: listed, changed, and the days that should lie between two sittings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from moodcheck.errors import InputNotFound, UsageError
from moodcheck.history.client_code import same_client
from moodcheck.history.record import AuditAction, Client
from moodcheck.history.store.audit import enter
from moodcheck.history.store.connection import rows_of
from moodcheck.history.store.reading import read_record, read_records
from moodcheck.history.store.writing import client_as_written

if TYPE_CHECKING:
    import apsw

LONGEST_INTERVAL = 3_650
"""Days."""


def read_clients(connection: apsw.Connection) -> tuple[str, ...]:
    """Return all client codes, as they were first written."""
    rows = connection.execute("SELECT min(client) FROM record GROUP BY client ORDER BY 1")
    return tuple(code for (code,) in rows)


def read_overview(connection: apsw.Connection) -> tuple[Client, ...]:
    """Return what is known of each client, by code."""
    every = dict(connection.execute("SELECT lower(code), every_days FROM client"))
    of_client: defaultdict[str, list[_Sitting]] = defaultdict(list)
    query = "SELECT client, id, taken_at, origin FROM record ORDER BY client, sequence"
    for sitting in rows_of(connection, query):
        of_client[sitting[0].lower()].append(sitting)
    return tuple(
        _client(_ordered(connection, sittings), every.get(code))
        for code, sittings in sorted(of_client.items())
    )


_Sitting = tuple[str, ...]
"""Client, id, when, origin."""


def _client(sittings: Sequence[_Sitting], every_days: int | None) -> Client:
    code, last, at, _origin = sittings[-1]
    return Client(
        code=code,
        sittings=len(sittings),
        last=last,
        last_at=datetime.fromisoformat(at),
        before=sittings[-2][1] if len(sittings) > 1 else None,
        every_days=every_days,
    )


def _ordered(connection: apsw.Connection, sittings: list[_Sitting]) -> list[_Sitting]:
    """Return the sittings of a client in their order, which one store's sequence numbers give."""
    if len({origin for *_others, origin in sittings}) == 1:
        return sittings
    by_id = {sitting[1]: sitting for sitting in sittings}
    return [by_id[record.id] for record in read_records(connection, sittings[0][0])]


def set_interval(change: apsw.Connection, client: str, days: int | None, at: datetime) -> None:
    """Set how many days there should be from one sitting of a client to the next."""
    known = _known_client(change, client)
    if days is None:
        change.execute("DELETE FROM client WHERE code = ?", (known,))
    elif 1 <= days <= LONGEST_INTERVAL:
        change.execute("INSERT OR REPLACE INTO client VALUES (?, ?)", (known, days))
    else:
        raise UsageError(
            f"{days} days cannot be an interval", mend=f"Use 1 to {LONGEST_INTERVAL} days"
        )
    enter(change, AuditAction.INTERVAL_SET, at, client=known, detail=str(days or ""))


def move(change: apsw.Connection, record: str, client: str, at: datetime) -> None:
    """File a record under another client code."""
    before = read_record(change, record).client
    code = client_as_written(change, client) or client
    change.execute("UPDATE record SET client = ? WHERE id = ?", (code, record))
    enter(change, AuditAction.MOVED, at, record, f"{before} -> {code}")


def rename_client(change: apsw.Connection, old: str, new: str, at: datetime) -> int:
    """Give a client another code, and return how many records that changed."""
    known = _known_client(change, old)
    if not same_client(known, new) and client_as_written(change, new):
        raise UsageError(
            f"Another client has the code {new} already",
            mend="Use another code, or move sittings one by one with 'moodcheck history move'",
        )
    change.execute("UPDATE record SET client = ? WHERE client = ?", (new, known))
    count = change.changes()
    change.execute("UPDATE client SET code = ? WHERE code = ?", (new, known))
    enter(change, AuditAction.RENAMED, at, client=new, detail=f"{known} -> {new}")
    return count


def _known_client(connection: apsw.Connection, code: str) -> str:
    """Return a client code as it was first written.

    Raises:
        InputNotFound: when nothing is saved under it.
    """
    if known := client_as_written(connection, code):
        return known
    raise InputNotFound(
        f"Nothing is saved under '{code[:64]}'", mend="See 'moodcheck session list'"
    )
