"""Who waits for a counselor, and all there is to do about one client, looked up in a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from moodcheck.core.crisis import HelpPanel
from moodcheck.core.language import Language
from moodcheck.history.client_code import OWN, same_client
from moodcheck.history.port import HistoryStore
from moodcheck.history.record import Client, Record
from moodcheck.history.today import (
    ClientToday,
    Higher,
    Today,
    client_today,
    higher_than,
    today,
)

SEEN_LATELY = 50
"""Clients whose last two sittings are compared though nothing else of them waits."""


def who_waits(store: HistoryStore, language: Language, panel: HelpPanel, now: datetime) -> Today:
    """Return who waits at this desk. The arguments are those of `history.today.today`.

    Higher answers are looked for among the clients who wait for another reason and the
    `SEEN_LATELY` who were seen last: reading everybody's sittings would take too long.
    """
    clients = [one for one in store.overview() if not same_client(one.code, OWN)]
    open_ = _open(store)
    lately = sorted(clients, key=lambda one: one.last_at, reverse=True)[:SEEN_LATELY]
    compared = {*open_, *(one.code.lower() for one in lately)}

    def shown(one: Client) -> ClientToday:
        code = one.code.lower()
        higher = _higher(store, one) if code in compared else ()
        return client_today(one, open_.get(code, ()), higher, language, now)

    return today(list(map(shown, clients)), language, panel, now)


def about_client(store: HistoryStore, code: str, language: Language, now: datetime) -> ClientToday:
    """Return what there is to do about one client, also one without a sitting yet."""
    known = next((one for one in store.overview() if same_client(one.code, code)), None)
    if known is None:
        return ClientToday(code, 0, None, None, (), (), None, ())
    found = _open(store).get(known.code.lower(), ())
    return client_today(known, found, _higher(store, known), language, now)


def matching_clients(store: HistoryStore, text: str) -> tuple[str, ...]:
    """Return the client codes that contain a text, in any case; those that begin with it first."""
    wanted = text.lower()
    found = [one for one in store.clients() if wanted in one.lower() and not same_client(one, OWN)]
    return tuple(sorted(found, key=lambda one: (not one.lower().startswith(wanted), one.lower())))


def _open(store: HistoryStore) -> Mapping[str, Sequence[Record]]:
    """Return what is not closed or not acknowledged, by client, oldest first."""
    found = {one.id: one for one in (*store.unacknowledged(), *store.unfinished())}
    by_client: defaultdict[str, list[Record]] = defaultdict(list)
    for record in sorted(found.values(), key=lambda one: one.administration.taken_at):
        by_client[record.client.lower()].append(record)
    return dict(by_client)


def _higher(store: HistoryStore, client: Client) -> tuple[Higher, ...]:
    if client.before is None:
        return ()
    return higher_than(store.record(client.before), store.record(client.last))
