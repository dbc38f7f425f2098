"""The pages of a counselor's desk: who waits, one client, and nobody while a client is present."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from moodcheck.checkin.help_pages import change_country, help_in_short
from moodcheck.history.record import Record
from moodcheck.history.session.session_pages import state_of
from moodcheck.history.today import ClientToday, Today
from moodcheck.history.views.clients_view import about, heading, reasons
from moodcheck.report.times import day
from moodcheck.safe_text import safe_text
from moodcheck.terminal.page import Line, Page, Role
from moodcheck.translation import gettext as _

Keys = tuple[tuple[str, str], ...]

_PRESENT = ("p", _("a client is present: hide everyone"))


def desk(shown: Today) -> Page:
    """Return who waits, numbered, each with the reasons."""
    lines = [_heading(_("Your desk, {day}").format(day=day(shown.at, shown.at)))]
    if shown.help_first:
        # The whole panel is behind `h`: it would push off the page those who wait.
        lines += help_in_short(shown.help)
    lines.append(_text(heading(shown)))
    for number, one in enumerate(shown.clients, start=1):
        lines.append(Line(Role.OPTION, safe_text(one.client), str(number)))
        lines += (Line(Role.DETAIL, f"     {said}") for said in reasons(one, shown.at))
    numbered: Keys = ((_("number, Enter"), _("open a client")),) if shown.clients else ()
    return Page(
        lines=(*lines, _text(safe_text(shown.notice))),
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
        lines=(
            _heading(_("Which client?")),
            _text(_("Type the code, or a part of it, and press Enter. Case does not matter.")),
        ),
        keys=((_("Enter"), _("back")),),
    )


def whole_code() -> Page:
    """Return the question for the code of the client who is present; it finds no other code."""
    return Page(
        lines=(
            _heading(_("Which client is here?")),
            _text(_("Type the whole code and press Enter. Case does not matter.")),
        ),
        keys=((_("Enter"), _("back")),),
    )


def found(codes: Sequence[str]) -> Page:
    """Return the client codes that were found, numbered."""
    return Page(
        lines=(
            _heading(_("Which of these?")),
            *(
                Line(Role.OPTION, safe_text(code), str(number))
                for number, code in enumerate(codes, start=1)
            ),
        ),
        keys=((_("number, Enter"), _("open")), (_("Enter"), _("back"))),
    )


def hidden() -> Page:
    """Return what is shown while a client is present: nothing of anybody."""
    return Page(
        lines=(
            _heading(_("A client is present")),
            _text(_("Everyone is hidden until you say that you are alone again.")),
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
        lines=(
            _heading(_("Can nobody else see this screen?")),
            _text(_("The next page shows every client who is waiting.")),
        ),
        keys=(("y", _("yes, show it")), (_("Enter"), _("no, stay hidden"))),
    )


def client(
    one: ClientToday, notes: Sequence[str], notice: str, now: datetime, *, is_hidden: bool
) -> Page:
    """Return all there is to do about one client, and nothing about any other.

    `is_hidden`: a client is present, and everyone else is hidden.
    """
    said = [Line(Role.STRONG, reason) for reason in reasons(one, now)]
    said += [_text(_("Note: {note}").format(note=safe_text(note))) for note in notes]
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
        lines=(
            _heading(_("Client {client}").format(client=safe_text(one.client))),
            _text(about(one, now)),
            *said,
            _text(safe_text(notice)),
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
        lines=(
            _heading(_("Which sitting?")),
            *(
                Line(Role.OPTION, state_of(record), str(number))
                for number, record in enumerate(records, start=1)
            ),
        ),
        keys=((_("number, Enter"), _("look at it")), (_("Enter"), _("back"))),
    )


def interval(one: ClientToday) -> Page:
    """Return the question for the days between two sittings."""
    now = _("none") if one.every_days is None else str(one.every_days)
    return Page(
        lines=(
            _heading(_("Days between sittings")),
            _text(_("Now: {days}. Type a number of days; 0 for none.").format(days=now)),
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
        lines=(_heading(_("Export")), _text(said)), keys=((_("Enter"), _("write nothing")),)
    )


def trend(rendered: Callable[[int], str] | None, lines: Sequence[str]) -> Page:
    """Return a trend: drawn in the width of the window, or as lines."""
    return Page(
        lines=tuple(_text(line) for line in lines),
        keys=((_("Enter"), _("back")),),
        rendered=rendered,
    )


def _heading(text: str) -> Line:
    return Line(Role.HEADING, text)


def _text(text: str) -> Line:
    return Line(Role.TEXT, text)
