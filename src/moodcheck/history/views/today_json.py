"""Who waits, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moodcheck.history.views.record_json import critical, head
from moodcheck.report.json import as_text
from moodcheck.safe_text import safe_lines, safe_text

if TYPE_CHECKING:
    from moodcheck.history.today import ClientToday, Today

FORMAT = "moodcheck.today/1"


def today(shown: Today) -> str:
    """Return who waits and why."""
    return as_text(
        {
            "format": FORMAT,
            "at": shown.at.isoformat(timespec="seconds"),
            "notice": safe_lines(shown.notice),
            "help_first": shown.help_first,
            "of": shown.of,
            "clients": [_client(one) for one in shown.clients],
        }
    )


def _client(one: ClientToday) -> dict[str, Any]:
    return {
        "client": safe_text(one.client),
        "sittings": one.sittings,
        "last_at": None if one.last_at is None else one.last_at.isoformat(timespec="seconds"),
        "every_days": one.every_days,
        "overdue_days": one.overdue_days,
        "not_acknowledged": [critical(line) for line in one.waiting],
        "unfinished": [head(record) for record in one.unfinished],
        "higher": [
            {
                "item": item.item,
                "label": safe_text(item.label),
                "before": item.before,
                "now": item.now,
            }
            for item in one.higher
        ],
    }
