"""The pages of a counselor's session: what to see first, whose sitting, and its closing."""

from __future__ import annotations

from collections.abc import Sequence

from moodcheck.checkin.help_pages import change_country, help_block
from moodcheck.core.crisis import HelpPanel
from moodcheck.history.critical import CriticalLine, Waiting
from moodcheck.history.record import Record, RecordState
from moodcheck.history.views.critical_text import critical_sentence, others_waiting
from moodcheck.report.times import moment
from moodcheck.safe_text import safe_text
from moodcheck.terminal.page import Line, Page, Role
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

Keys = tuple[tuple[str, str], ...]


def attention(found: Waiting, tries: int, notice: str) -> Page:
    """Return what nobody has acknowledged of a client, and how often somebody tried to unlock.

    Of other clients only how much: the client may be looking.
    """
    lines = [Line(Role.STRONG, critical_sentence(line)) for line in found.theirs]
    if tries:
        lines.append(Line(Role.STRONG, _tried(tries)))
    if elsewhere := others_waiting(found.others, _("Press v when you are alone.")):
        lines.append(_text(elsewhere))
    see: Keys = (("v", _("see them, alone")),) if found.others else ()
    return Page(
        lines=(_heading(_("Needs your attention first")), *lines, _text(safe_text(notice))),
        keys=((_("Enter"), _("go on")), *see, ("h", _("help lines")), ("q", _("leave"))),
    )


def of_others(others: Sequence[CriticalLine], notice: str) -> Page:
    """Return what nobody has acknowledged of other clients, oldest first."""
    return Page(
        lines=(
            _heading(_("Other clients")),
            *(Line(Role.STRONG, critical_sentence(line)) for line in others),
            _text(_("Each is acknowledged in a session with that client, or at the desk.")),
            _text(safe_text(notice)),
        ),
        keys=((_("Enter"), _("back; this is cleared")), ("q", _("leave"))),
    )


def wrong_tries(tries: int) -> Page:
    """Return how often somebody tried to unlock it, after it was unlocked."""
    return Page((Line(Role.STRONG, _tried(tries)),), ((_("Enter"), _("go on")),))


def unknown_client(code: str, *, has_hint: bool) -> Page:
    """Return the question whether a client code is to be made; another code may be like it."""
    said = _("There is no client with the code {code} yet. Use a pseudonym, not a name.")
    like: list[Line] = []
    see: Keys = ()
    if has_hint:
        like = [_text(_("Another code is much like it. Press v when you are alone to see it."))]
        see = (("v", _("see it, alone")),)
    return Page(
        lines=(_heading(_("A new client?")), _text(said.format(code=safe_text(code))), *like),
        keys=(("y", _("yes, make it")), *see, ("q", _("no, leave"))),
    )


def unfinished(records: Sequence[Record]) -> Page:
    """Return the sittings of a client that are not closed, numbered."""
    return Page(
        lines=(
            _heading(_("Not closed yet")),
            *(
                Line(Role.OPTION, state_of(record), str(number))
                for number, record in enumerate(records, start=1)
            ),
        ),
        keys=(
            (_("number, Enter"), _("go on with it")),
            ("n", _("a new sitting")),
            ("h", _("help lines")),
            ("q", _("leave")),
        ),
    )


def broken_off(record: Record) -> Page:
    """Return what can be done with a sitting that broke off."""
    return Page(
        lines=(_heading(_("This sitting was interrupted")), _text(state_of(record))),
        keys=(
            ("g", _("go on with the questions")),
            ("v", _("end it here and see it")),
            ("b", _("back")),
        ),
    )


def stop_reading(panel: HelpPanel) -> Page:
    """Return what happens to the answers when a counselor stops asking."""
    said = _("The answers so far are saved. You can go on with them in the next session.")
    return Page(
        lines=(_heading(_("Stop here?")), _text(said), *help_block(panel)),
        keys=(
            ("b", _("back to the questions")),
            ("v", _("end it here and see it")),
            ("l", _("leave; go on another time")),
            change_country(panel),
        ),
    )


def not_saved(why: str, answers: Sequence[str], panel: HelpPanel) -> Page:
    """Return what could not be saved and why, and what can be done about it."""
    said = _("Every answer before that is saved.")
    if answers:
        said = _("These answers are not saved. They are in memory, and gone when you leave:")
    return Page(
        lines=(
            _heading(_("Not saved")),
            Line(Role.STRONG, safe_text(why)),
            _text(said),
            *(Line(Role.DETAIL, safe_text(answer)) for answer in answers),
            *help_block(panel),
        ),
        keys=(
            ("t", _("try again to save them")),
            *((("w", _("write them to a file")),) if answers else ()),
            ("l", _("leave")),
            change_country(panel),
        ),
    )


def file_name() -> Page:
    """Return the question for the name of a file."""
    said = _("The file is not encrypted: whoever can open your files can read it. Type its name.")
    return Page(
        lines=(_heading(_("Write to a file")), _text(said)),
        keys=((_("Enter"), _("write nothing")),),
    )


def _tried(tries: int) -> str:
    said = ngettext(
        "{count} wrong passphrase was tried while this was locked.",
        "{count} wrong passphrases were tried while this was locked.",
        tries,
    )
    return said.format(count=tries)


def state_of(record: Record) -> str:
    """Return when a sitting was, with what, and how far it has come."""
    states = {
        RecordState.OPEN: _("interrupted"),
        RecordState.ANSWERED: _("answered, not closed"),
        RecordState.CLOSED: _("closed"),
    }
    said = _("{when}, {questionnaire}: {state}").format(
        when=moment(record.administration.taken_at),
        questionnaire=safe_text(record.administration.questionnaire.title),
        state=states[record.state],
    )
    return f"{said}, {_('NOT ACKNOWLEDGED')}" if record.unacknowledged else said


def _heading(text: str) -> Line:
    return Line(Role.HEADING, text)


def _text(text: str) -> Line:
    return Line(Role.TEXT, text)
