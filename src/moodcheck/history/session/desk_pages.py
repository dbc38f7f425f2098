"""The pages of a counselor's desk: who waits, one client, and nobody while a client is present."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from moodcheck.checkin.help_pages import change_country, help_in_short
from moodcheck.history.record import Record
from moodcheck.history.session.session_pages import state_of
from moodcheck.history.today import ClientToday, Today
from moodcheck.history.trend import Trend
from moodcheck.history.views.clients_view import about, heading, reasons
from moodcheck.history.views.trend_view import trend_document
from moodcheck.report.document import Block, Detail, Heading, Option, Paragraph
from moodcheck.report.outcome import before_and_after
from moodcheck.report.times import day
from moodcheck.terminal.page import BACK, HELP, LEAVE, Keys, Page, numbered_options, text_page
from moodcheck.translation import gettext as _

_PRESENT = ("p", _("a client is present: hide everyone"))


def desk(today: Today) -> Page:
    """Return who waits, numbered, each with the reasons."""
    # The whole panel is behind `h`: it would push off the page those who wait.
    first, _last = before_and_after([today], help_in_short(today.help))
    title = Heading(_("Your desk, {day}").format(day=day(today.at, today.at)))
    lines: list[Block] = [title, *first, Paragraph(heading(today))]
    for number, one in enumerate(today.clients, start=1):
        lines.append(Option(str(number), one.client))
        lines += (Detail(f"   {reason}") for reason in reasons(one, today.at))
    numbered: Keys = ((_("number, Enter"), _("open a client")),) if today.clients else ()
    return Page(
        blocks=(*lines, Paragraph(today.notice)),
        keys=(
            *numbered,
            ("s", _("search or begin by code")),
            _PRESENT,
            HELP,
            *([] if today.help.region.code else [change_country(today.help)]),
            LEAVE,
        ),
    )


def search() -> Page:
    """Return the question for a client code, or a part of one."""
    request = _("Type the code, or a part of it, and press Enter. Case does not matter.")
    return text_page(_("Which client?"), request, _("back"))


def whole_code() -> Page:
    """Return the question for the code of the client who is present; it finds no other code."""
    request = _("Type the whole code and press Enter. Case does not matter.")
    return text_page(_("Which client is here?"), request, _("back"))


def found(codes: Sequence[str]) -> Page:
    """Return the client codes that were found, numbered."""
    return Page(
        blocks=(Heading(_("Which of these?")), *numbered_options(codes)),
        keys=((_("number, Enter"), _("open")), BACK),
    )


def hidden() -> Page:
    """Return what is shown while a client is present: nothing of anybody."""
    return Page(
        blocks=(
            Heading(_("A client is present")),
            Paragraph(_("Everyone is hidden until you say that you are alone again.")),
        ),
        keys=(
            ("s", _("open the client who is here, by code")),
            ("v", _("I am alone again")),
            HELP,
            LEAVE,
        ),
    )


def alone() -> Page:
    """Return the question whether the counselor is alone."""
    return Page(
        blocks=(
            Heading(_("Can nobody else see this screen?")),
            Paragraph(_("The next page shows every client who is waiting.")),
        ),
        keys=(("y", _("yes, show it")), (_("Enter"), _("no, stay hidden"))),
    )


def client(
    one: ClientToday, notes: Sequence[str], notice: str, now: datetime, *, is_hidden: bool
) -> Page:
    """Return all there is to do about one client, and nothing about any other.

    `is_hidden`: a client is present, and everyone else is hidden.
    """
    about_them = [Paragraph(reason, is_strong=True) for reason in reasons(one, now)]
    about_them += [Paragraph(_("Note: {note}").format(note=note)) for note in notes]
    begin: Keys = (("r", _("read aloud")), ("o", _("hand over")))
    look: Keys = (
        ("l", _("look at the last sitting")),
        ("w", _("choose a sitting")),
        ("t", _("trend")),
        ("n", _("note on the last sitting")),
        ("x", _("export")),
        ("f", _("one page to print")),
        ("i", _("interval")),
    )
    present: Keys = (("b", _("back; everyone else is hidden")),)
    if not is_hidden:
        present = (_PRESENT, ("b", _("back to the desk")))
    acknowledge: Keys = (("a", _("acknowledge")),) if one.waiting else ()
    return Page(
        blocks=(
            Heading(_("Client {client}").format(client=one.client)),
            Paragraph(about(one, now)),
            *about_them,
            Paragraph(notice),
        ),
        keys=(*acknowledge, *begin, *(look if one.sittings else ()), *present, HELP, LEAVE),
    )


def sittings(records: Sequence[Record]) -> Page:
    """Return a client's sittings, numbered, the latest first."""
    return Page(
        blocks=(Heading(_("Which sitting?")), *numbered_options(map(state_of, records))),
        keys=((_("number, Enter"), _("look at it")), BACK),
    )


def interval(one: ClientToday) -> Page:
    """Return the question for the days between two sittings."""
    now = _("none") if one.every_days is None else str(one.every_days)
    request = _("Now: {days}. Type a number of days; 0 for none.").format(days=now)
    return text_page(_("Days between sittings"), request, _("leave it as it is"))


def export_name() -> Page:
    """Return the question for the file of an export."""
    request = _(
        "The file holds every sitting of this client, notes too. It is not encrypted: whoever can "
        "open your files can read it. Type its name."
    )
    return text_page(_("Export"), request, _("write nothing"))


def sheet_name() -> Page:
    """Return the question for the name of a file with one page about a client's last sitting."""
    request = _(
        "It has the last sitting: every answer, what waits, your notes, and the numbers over time. "
        "It is not encrypted: whoever can open your files can read it. Type its name; the ending "
        "says what it is, such as .html, .pdf or .md."
    )
    return text_page(_("One page to print"), request, _("write nothing"))


def trend(shown: Trend) -> Page:
    """Return one screen of a trend."""
    how = _("Press d for all of them.")
    document = trend_document(shown, how_to_see_all=how)
    return Page((), (("d", _("every sitting, and details")), BACK, HELP), document)


def whole_trend(shown: Trend) -> Page:
    """Return everything that may be shown of a trend."""
    return Page((), (BACK, HELP), trend_document(shown, is_whole=True))
