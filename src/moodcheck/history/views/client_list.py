"""A counselor's clients as lines, or as one JSON array."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moodcheck.history.views.critical_text import critical_sentence
from moodcheck.history.views.state_text import state_word
from moodcheck.report import plain
from moodcheck.report.times import moment
from moodcheck.safe_text import safe_lines, safe_text
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.history.critical import CriticalLine
    from moodcheck.history.listing import ClientLine, ClientList


def client_list(shown: ClientList, *, width: int = 80) -> str:
    """Return the clients as lines of at most `width` columns, after what has to be seen first."""
    unseen = [critical_sentence(line) for line in shown.not_acknowledged]
    panel = plain.help_section(shown.help)
    count = len(shown.clients)
    heading = ngettext("{count} client", "{count} clients", count).format(count=count)
    clients = [heading, *map(_line, shown.clients)]
    sections = [unseen, clients, [safe_text(shown.notice)]]
    return plain.joined([panel, *sections] if shown.help_first else sections, width)


def client_list_json(shown: ClientList) -> str:
    """Return the clients as an indented JSON array, ASCII, ending in a newline."""
    notice = safe_lines(shown.notice)
    clients = [_object(line) | {"notice": notice} for line in shown.clients]
    return json.dumps(clients, indent=2) + "\n"


def _line(line: ClientLine) -> str:
    sitting = line.last.administration
    said = _("  {client}: {sittings}, last {when}, {questionnaire} {version}, {state}").format(
        client=safe_text(line.client),
        sittings=ngettext("{count} sitting", "{count} sittings", line.sittings).format(
            count=line.sittings
        ),
        when=moment(sitting.taken_at),
        questionnaire=sitting.questionnaire.id,
        version=sitting.questionnaire.version,
        state=state_word(line.last.state),
    )
    return f"{said}, {_('NOT ACKNOWLEDGED')}" if line.not_acknowledged else said


def _object(line: ClientLine) -> dict[str, Any]:
    sitting = line.last.administration
    return {
        "client": safe_text(line.client),
        "sittings": line.sittings,
        "last": {
            "record": line.last.id,
            "taken_at": sitting.taken_at.isoformat(timespec="seconds"),
            "questionnaire": sitting.questionnaire.id,
            "version": sitting.questionnaire.version,
            "state": line.last.state,
        },
        "not_acknowledged": [_critical(one) for one in line.not_acknowledged],
    }


def _critical(line: CriticalLine) -> dict[str, Any]:
    return {
        "record": line.record.id,
        "item": line.entry.item,
        "label": safe_text(line.label),
        "answer": safe_text(line.answer),
        "since": line.entry.raised_at.isoformat(timespec="seconds"),
    }
