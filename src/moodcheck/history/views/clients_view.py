"""A counselor's clients as documents: who waits and why, and all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.history.record import RecordState
from moodcheck.history.views.critical_text import critical_sentence
from moodcheck.history.views.record_view import state_word
from moodcheck.report.document import Document, Fact, Facts, Listing, Paragraph, Section
from moodcheck.report.outcome import overview
from moodcheck.report.times import day, moment
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from moodcheck.history.listing import ClientLine, ClientList
    from moodcheck.history.today import ClientToday, Today

_MOST_HIGHER = 4
"""Items named in a line; the others are counted."""


def today_document(shown: Today) -> Document:
    """Return who waits, each client with the reasons."""
    count = Section("", (Paragraph(heading(shown), is_strong=True),))
    clients = (
        Section(one.client, (Listing(tuple(reasons(one, shown.at))),)) for one in shown.clients
    )
    return overview(shown, "", (count, *clients), notice=shown.notice)


def client_list_document(shown: ClientList) -> Document:
    """Return all clients, after what nobody has acknowledged."""
    unseen = tuple(
        Paragraph(critical_sentence(line), is_strong=True) for line in shown.not_acknowledged
    )
    count = len(shown.clients)
    heading = ngettext("{count} client", "{count} clients", count).format(count=count)
    clients = (Facts(tuple(map(_client, shown.clients))),) if shown.clients else ()
    every = Section("", (Paragraph(heading, is_strong=True), *clients))
    return overview(shown, "", (Section("", unseen), every), notice=shown.notice)


def heading(shown: Today) -> str:
    """Return how many of the clients wait."""
    count = len(shown.clients)
    if not count:
        said = _("Nobody is waiting.")
    else:
        said = ngettext("{count} client is waiting.", "{count} clients are waiting.", count)
    every = ngettext("{count} client in all.", "{count} clients in all.", shown.of)
    return f"{said.format(count=count)} {every.format(count=shown.of)}"


def reasons(one: ClientToday, now: datetime) -> list[str]:
    """Return why a client waits, the most urgent reason first."""
    said = [critical_sentence(line, names_client=False) for line in one.waiting]
    said += [_unfinished(record.state, record.administration.taken_at, now)
             for record in one.unfinished]  # fmt: skip
    said += [due] if (due := _due(one)) else []
    said += [higher] if (higher := _higher(one)) else []
    return said


def about(one: ClientToday, now: datetime) -> str:
    """Return how often a client was here, when last, and how often they should be."""
    if one.last_at is None:
        return _("No sitting yet.")
    count = one.sittings
    said = ngettext(
        "{count} sitting, on {day}.", "{count} sittings, the last on {day}.", count
    ).format(count=count, day=day(one.last_at, now))
    if one.every_days is None:
        return said
    every = ngettext("Due every day.", "Due every {days} days.", one.every_days)
    return f"{said} {every.format(days=one.every_days)}"


def _client(line: ClientLine) -> Fact:
    sitting = line.last.administration
    said = _("{sittings}, last {when}, {questionnaire} {version}, {state}").format(
        sittings=ngettext("{count} sitting", "{count} sittings", line.sittings).format(
            count=line.sittings
        ),
        when=moment(sitting.taken_at),
        questionnaire=sitting.questionnaire.id,
        version=sitting.questionnaire.version,
        state=state_word(line.last.state),
    )
    if line.not_acknowledged:
        return Fact(line.client, f"{said}, {_('NOT ACKNOWLEDGED')}", is_strong=True)
    return Fact(line.client, said)


def _unfinished(state: RecordState, at: datetime, now: datetime) -> str:
    if state is RecordState.OPEN:
        return _("Interrupted on {day}. The answers so far are saved.").format(day=day(at, now))
    return _("Answered on {day}, not closed yet.").format(day=day(at, now))


def _due(one: ClientToday) -> str:
    if one.overdue_days is None:
        return ""
    if not one.overdue_days:
        return _("Due today.")
    said = ngettext("Overdue by {count} day.", "Overdue by {count} days.", one.overdue_days)
    return said.format(count=one.overdue_days)


def _higher(one: ClientToday) -> str:
    if not one.higher:
        return ""
    named = ", ".join(
        f"{item.label} {item.before} → {item.now}" for item in one.higher[:_MOST_HIGHER]
    )
    left = len(one.higher) - _MOST_HIGHER
    more = ngettext(", and {count} more", ", and {count} more", left) if left > 0 else ""
    return _("Higher than last time: {items}{more}.").format(
        items=named, more=more.format(count=left)
    )
