"""The pages of a counselor's session: what to see first, whose sitting, and its closing."""

from __future__ import annotations

from collections.abc import Sequence

from moodcheck.domain.closing import Closing
from moodcheck.domain.crisis import HelpPanel
from moodcheck.domain.critical_line import CriticalLine
from moodcheck.domain.history import Record, RecordState
from moodcheck.domain.waiting import Waiting
from moodcheck.formats.closing_text import closing_sections
from moodcheck.formats.critical_text import critical_sentence, moment, others_waiting
from moodcheck.safe_text import safe_text
from moodcheck.terminal.help_pages import help_page
from moodcheck.terminal.page import Line, Page, Role
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

Keys = tuple[tuple[str, str], ...]


def attention(found: Waiting, wrong_tries: int, notice: str) -> Page:
    """Return what nobody has acknowledged of a client, and how often somebody tried to unlock.

    Of other clients only how much: the client may be looking.
    """
    lines = [Line(Role.STRONG, critical_sentence(line)) for line in found.theirs]
    if wrong_tries:
        said = ngettext(
            "{count} wrong passphrase was tried while this was locked.",
            "{count} wrong passphrases were tried while this was locked.",
            wrong_tries,
        )
        lines.append(Line(Role.STRONG, said.format(count=wrong_tries)))
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


def unknown_client(code: str, hint: str) -> Page:
    """Return the question whether a client code is to be made."""
    said = _("There is no client with the code {code} yet. {hint}Use a pseudonym, not a name.")
    return Page(
        lines=(
            _heading(_("A new client?")),
            _text(said.format(code=safe_text(code), hint=safe_text(hint))),
        ),
        keys=(("y", _("yes, make it")), ("q", _("no, leave"))),
    )


def unfinished(records: Sequence[Record]) -> Page:
    """Return the sittings of a client that are not closed, numbered."""
    return Page(
        lines=(
            _heading(_("Not closed yet")),
            *(
                Line(Role.OPTION, _unfinished(record), str(number))
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
        lines=(_heading(_("This sitting was interrupted")), _text(_unfinished(record))),
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
        lines=(_heading(_("Stop here?")), _text(said), *help_page(panel).lines),
        keys=(
            ("b", _("back to the questions")),
            ("v", _("end it here and see it")),
            ("l", _("leave; go on another time")),
            ("r", _("change country")),
        ),
    )


def closing(shown: Closing, panel: HelpPanel) -> Page:
    """Return the closing view and what can be done with the sitting."""
    sections = [
        line
        for heading, said in closing_sections(shown)
        for line in (_heading(heading), *(_text(sentence) for sentence in said))
    ]
    help_lines = list(help_page(panel).lines)
    lines = [*help_lines, *sections] if shown.summary.help_first else [*sections, *help_lines]
    when = moment(shown.record.administration.taken_at)
    title = f"{safe_text(shown.record.client)}, {when}"
    next_steps: Keys = ()
    if shown.record.unacknowledged:
        next_steps = (
            ("a", _("acknowledge")),
            ("l", _("leave it NOT ACKNOWLEDGED for now")),
        )
    elif shown.record.state is not RecordState.CLOSED:
        next_steps = (("c", _("close it")),)
    return Page(
        lines=(_heading(title), *lines),
        keys=(*next_steps, ("h", _("help lines")), ("q", _("leave"))),
    )


def initials(line: CriticalLine) -> Page:
    """Return the question who acknowledges a critical entry."""
    return _about(line, _("Who has seen this? Type your initials."))


def action(line: CriticalLine) -> Page:
    """Return the question what was done about a critical entry."""
    return _about(line, _("What was done? Type it in a few words."))


def note(label: str, before: str) -> Page:
    """Return the question for a note at an item."""
    said = [_text(_("So far: {note}").format(note=safe_text(before)))] if before else []
    return Page(
        lines=(
            _heading(_("A note at: {item}").format(item=safe_text(label))),
            *said,
            _text(_("Type it and press Enter. A single - takes away what is there.")),
        ),
        keys=((_("Enter"), _("leave it as it is")),),
    )


def _about(line: CriticalLine, asked: str) -> Page:
    return Page(
        lines=(
            _heading(_("Acknowledge")),
            Line(Role.STRONG, critical_sentence(line)),
            _text(asked),
        ),
        keys=((_("Enter"), _("not now")),),
    )


def _unfinished(record: Record) -> str:
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
