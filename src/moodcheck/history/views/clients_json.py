"""A counselor's clients as JSON: who waits and why, and all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moodcheck.history.views.record_json import critical, head
from moodcheck.report.json import as_text
from moodcheck.report.times import timestamp

if TYPE_CHECKING:
    from moodcheck.history.listing import ClientLine, ClientList
    from moodcheck.history.today import ClientToday, Today

FORMAT = "moodcheck.today/1"


def today(shown: Today) -> str:
    """Return who waits and why."""
    return as_text(
        {
            "format": FORMAT,
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
