"""The pages of a counselor's desk: who waits, one client, and nobody while a client is present."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from moodcheck.checkin.help_pages import change_country, help_in_short
from moodcheck.history.record import Record
from moodcheck.history.session.session_pages import state_of
from moodcheck.history.today import ClientToday, Today
from moodcheck.history.views.clients_view import about, heading, reasons
from moodcheck.report.document import Block, Detail, Document, Heading, Option, Paragraph
from moodcheck.report.outcome import before_and_after
from moodcheck.report.times import day
from moodcheck.terminal.page import Page
from moodcheck.translation import gettext as _

Keys = tuple[tuple[str, str], ...]

_PRESENT = ("p", _("a client is present: hide everyone"))


def desk(shown: Today) -> Page:
    """Return who waits, numbered, each with the reasons."""
    # The whole panel is behind `h`: it would push off the page those who wait.
    first, _last = before_and_after([shown], help_in_short(shown.help))
    title = Heading(_("Your desk, {day}").format(day=day(shown.at, shown.at)))
    lines: list[Block] = [title, *first, Paragraph(heading(shown))]
    for number, one in enumerate(shown.clients, start=1):
        lines.append(Option(str(number), one.client))
        lines += (Detail(f"   {said}") for said in reasons(one, shown.at))
    numbered: Keys = ((_("number, Enter"), _("open a client")),) if shown.clients else ()
    return Page(
        blocks=(*lines, Paragraph(shown.notice)),
        keys=(
            *numbered,
            ("s", _("search or begin by code")),
            _PRESENT,
            ("h", _("help lines")),
            *([] if shown.help.region.code else [change_country(shown.help)]),
            ("q", _("leave")),
        ),
    )


def search() -> Page:
    """Return the question for a client code, or a part of one."""
    return Page(
        blocks=(
            Heading(_("Which client?")),
            Paragraph(_("Type the code, or a part of it, and press Enter. Case does not matter.")),
        ),
        keys=((_("Enter"), _("back")),),
    )


def whole_code() -> Page:
    """Return the question for the code of the client who is present; it finds no other code."""
    return Page(
        blocks=(
            Heading(_("Which client is here?")),
            Paragraph(_("Type the whole code and press Enter. Case does not matter.")),
        ),
        keys=((_("Enter"), _("back")),),
    )


def found(codes: Sequence[str]) -> Page:
    """Return the client codes that were found, numbered."""
    return Page(
        blocks=(
            Heading(_("Which of these?")),
            *(Option(str(number), code) for number, code in enumerate(codes, start=1)),
        ),
        keys=((_("number, Enter"), _("open")), (_("Enter"), _("back"))),
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
            ("h", _("help lines")),
            ("q", _("leave")),
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
    said = [Paragraph(reason, is_strong=True) for reason in reasons(one, now)]
    said += [Paragraph(_("Note: {note}").format(note=note)) for note in notes]
    begin: Keys = (("r", _("read aloud")), ("o", _("hand over")))
    look: Keys = (
        ("l", _("look at the last sitting")),
        ("w", _("choose a sitting")),
        ("t", _("trend")),
        ("n", _("note on the last sitting")),
        ("x", _("export")),
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
            *said,
            Paragraph(notice),
        ),
        keys=(
            *acknowledge,
            *begin,
            *(look if one.sittings else ()),
            *present,
            ("h", _("help lines")),
            ("q", _("leave")),
        ),
    )


def sittings(records: Sequence[Record]) -> Page:
    """Return a client's sittings, numbered, the latest first."""
    return Page(
        blocks=(
            Heading(_("Which sitting?")),
            *(
                Option(str(number), state_of(record))
                for number, record in enumerate(records, start=1)
            ),
        ),
        keys=((_("number, Enter"), _("look at it")), (_("Enter"), _("back"))),
    )


def interval(one: ClientToday) -> Page:
    """Return the question for the days between two sittings."""
    now = _("none") if one.every_days is None else str(one.every_days)
    return Page(
        blocks=(
            Heading(_("Days between sittings")),
            Paragraph(_("Now: {days}. Type a number of days; 0 for none.").format(days=now)),
        ),
        keys=((_("Enter"), _("leave it as it is")),),
    )


def export_name() -> Page:
    """Return the question for the file of an export."""
    said = _(
        "The file holds every sitting of this client, notes too. It is not encrypted: whoever can "
        "open your files can read it. Type its name."
    )
    return Page(
        blocks=(Heading(_("Export")), Paragraph(said)), keys=((_("Enter"), _("write nothing")),)
    )


def trend(document: Document) -> Page:
    """Return a trend."""
    return Page((), ((_("Enter"), _("back")),), document)
