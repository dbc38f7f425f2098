"""The pages of a counselor's session: what to see first, whose sitting, and its closing."""

from __future__ import annotations

from collections.abc import Sequence

from moodcheck.checkin.help_pages import change_country, help_block
from moodcheck.core.crisis import HelpPanel
from moodcheck.history.critical import CriticalLine, Waiting
from moodcheck.history.record import Record
from moodcheck.history.views.critical_text import critical_sentence, others_waiting
from moodcheck.history.views.record_view import state_word
from moodcheck.report.document import Block, Detail, Heading, Paragraph
from moodcheck.report.times import moment
from moodcheck.terminal.page import GO_ON, HELP, LEAVE, Keys, Page, numbered_options, text_page
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext


def attention(found: Waiting, tries: int, notice: str) -> Page:
    """Return what nobody has acknowledged of a client, and how often somebody tried to unlock.

    Of other clients only how much: the client may be looking.
    """
    lines = [Paragraph(critical_sentence(line), is_strong=True) for line in found.theirs]
    if tries:
        lines.append(Paragraph(_tried(tries), is_strong=True))
    if elsewhere := others_waiting(found.others, _("Press v when you are alone.")):
        lines.append(Paragraph(elsewhere))
    see: Keys = (("v", _("see them, alone")),) if found.others else ()
    return Page(
        blocks=(Heading(_("Needs your attention first")), *lines, Paragraph(notice)),
        keys=(GO_ON, *see, HELP, LEAVE),
    )


def of_others(others: Sequence[CriticalLine], notice: str) -> Page:
    """Return what nobody has acknowledged of other clients, oldest first."""
    return Page(
        blocks=(
            Heading(_("Other clients")),
            *(Paragraph(critical_sentence(line), is_strong=True) for line in others),
            Paragraph(_("Each is acknowledged in a session with that client, or at the desk.")),
            Paragraph(notice),
        ),
        keys=((_("Enter"), _("back; this is cleared")), LEAVE),
    )


def wrong_tries(tries: int) -> Page:
    """Return how often somebody tried to unlock it, after it was unlocked."""
    return Page((Paragraph(_tried(tries), is_strong=True),), (GO_ON,))


def unknown_client(code: str, *, has_hint: bool) -> Page:
    """Return the question whether a client code is to be made; another code may be like it."""
    text = _("There is no client with the code {code} yet. Use a pseudonym, not a name.")
    like: list[Block] = []
    see: Keys = ()
    if has_hint:
        like = [Paragraph(_("Another code is much like it. Press v when you are alone to see it."))]
        see = (("v", _("see it, alone")),)
    return Page(
        blocks=(Heading(_("A new client?")), Paragraph(text.format(code=code)), *like),
        keys=(("y", _("yes, make it")), *see, ("q", _("no, leave"))),
    )


def unfinished(records: Sequence[Record]) -> Page:
    """Return the sittings of a client that are not closed, numbered."""
    return Page(
        blocks=(Heading(_("Not closed yet")), *numbered_options(map(state_of, records))),
        keys=((_("number, Enter"), _("go on with it")), ("n", _("a new sitting")), HELP, LEAVE),
    )


def broken_off(record: Record) -> Page:
    """Return what can be done with a sitting that broke off."""
    return Page(
        blocks=(Heading(_("This sitting was interrupted")), Paragraph(state_of(record))),
        keys=(
            ("g", _("go on with the questions")),
            ("v", _("end it here and see it")),
            ("b", _("back")),
        ),
    )


def stop_reading(panel: HelpPanel) -> Page:
    """Return what happens to the answers when a counselor stops asking."""
    text = _("The answers so far are saved. You can go on with them in the next session.")
    return Page(
        blocks=(Heading(_("Stop here?")), Paragraph(text), *help_block(panel)),
        keys=(
            ("b", _("back to the questions")),
            ("v", _("end it here and see it")),
            ("l", _("leave; go on another time")),
            change_country(panel),
        ),
    )


def not_saved(why: str, answers: Sequence[str], panel: HelpPanel) -> Page:
    """Return what could not be saved and why, and what can be done about it."""
    text = _("Every answer before that is saved.")
    if answers:
        text = _("These answers are not saved. They are in memory, and gone when you leave:")
    return Page(
        blocks=(
            Heading(_("Not saved")),
            Paragraph(why, is_strong=True),
            Paragraph(text),
            *(Detail(answer) for answer in answers),
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
    return text_page(
        _("Write to a file"),
        _("The file is not encrypted: whoever can open your files can read it. Type its name."),
        _("write nothing"),
    )


def _tried(tries: int) -> str:
    text = ngettext(
        "{count} wrong passphrase was tried while this was locked.",
        "{count} wrong passphrases were tried while this was locked.",
        tries,
    )
    return text.format(count=tries)


def state_of(record: Record) -> str:
    """Return when a sitting was, with what, and how far it has come."""
    text = _("{when}, {questionnaire}: {state}").format(
        when=moment(record.administration.taken_at),
        questionnaire=record.administration.questionnaire.title,
        state=state_word(record.state),
    )
    return f"{text}, {_('NOT ACKNOWLEDGED')}" if record.unacknowledged else text
