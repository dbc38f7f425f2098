"""The pages around a hand-over: before the keyboard changes hands, hand-back, and the lock."""

from __future__ import annotations

from collections.abc import Sequence

from moodcheck.checkin.help_pages import change_country, help_block
from moodcheck.core.crisis import HelpPanel
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.summary import Summary
from moodcheck.report.help_block import in_short
from moodcheck.safe_text import safe_text
from moodcheck.terminal.page import Line, Page, Role
from moodcheck.translation import gettext as _


def start_hand_over(
    client: str, language: Language, panel: HelpPanel, minutes: float, *, inside: str = ""
) -> Page:
    """Return what a counselor confirms before the client takes the keyboard.

    `inside` names a program that this terminal runs inside of, whose keys are beyond ours.
    """
    words = language.hand_over
    leave = _(
        "Esc twice, q, Ctrl-C, Ctrl-Z and Ctrl-\\ lead to a page that asks to hand it back. "
        "From there, nothing is shown without the passphrase."
    )
    leads_out = words.inside.replace("{program}", inside) if inside else ""
    return Page(
        lines=(
            _heading(_("Hand over to {client}").format(client=safe_text(client))),
            *([Line(Role.STRONG, safe_text(leads_out))] if leads_out else []),
            Line(Role.STRONG, _("“{promise}”").format(promise=safe_text(words.promise))),
            _text(_("The client sees their own questions and nothing else. They are told:")),
            Line(Role.DETAIL, safe_text(words.tells_no_one)),
            Line(Role.DETAIL, safe_text(words.stays_visible)),
            _text(leave),
            _text(_locks(minutes)),
            _text(_("The screen and its scrollback will be cleared.")),
            _text(safe_text(words.beyond)),
            *(_text(one.text) for one in in_short(panel)),
        ),
        keys=(
            ("y", _("I will read them; begin")),
            ("h", _("help lines")),
            change_country(panel),
            ("q", _("leave")),
        ),
    )


def start_read_aloud(
    client: str,
    language: Language,
    panel: HelpPanel,
    minutes: float,
    *,
    can_be_locked: bool = True,
) -> Page:
    """Return what a counselor should know before reading the items aloud."""
    return Page(
        lines=(
            _heading(_("Read aloud to {client}").format(client=safe_text(client))),
            _text(_("Read each question with its answers, and enter what the client says.")),
            _text(
                _("Press n to write a note at a question, d where the client declines to answer.")
            ),
            _text(_("Every answer is saved, encrypted, as soon as you enter it.")),
            _text(_locks(minutes) if can_be_locked else _ends(minutes)),
            _text(safe_text(language.hand_over.beyond)),
            _text(safe_text(language.not_a_diagnosis)),
            *(_text(one.text) for one in in_short(panel)),
        ),
        keys=(
            (_("Enter"), _("begin")),
            ("h", _("help lines")),
            change_country(panel),
            ("q", _("leave")),
        ),
    )


def client_welcome(questionnaire: Questionnaire, language: Language, panel: HelpPanel) -> Page:
    """Return what a client should know before the first question."""
    return Page(
        lines=(
            _heading(safe_text(questionnaire.title)),
            _text(safe_text(language.not_a_diagnosis)),
            Line(Role.STRONG, safe_text(panel.tells_no_one)),
            _text(safe_text(language.hand_over.stays_visible)),
            _text(_("It is for adults, about themselves. Any question can be skipped.")),
            *(_text(one.text) for one in in_short(panel)),
        ),
        keys=(
            (_("Enter"), _("begin")),
            ("h", _("help lines")),
            change_country(panel),
            ("y", _("I am under 18")),
            ("p", _("plain text")),
            ("q", _("hand back")),
        ),
    )


def next_questionnaire(questionnaire: Questionnaire, panel: HelpPanel) -> Page:
    """Return what stands between two questionnaires of one hand-over."""
    return Page(
        lines=(
            _heading(safe_text(questionnaire.title)),
            _text(_("One more set of questions. Any question can be skipped.")),
            *(_text(one.text) for one in in_short(panel)),
        ),
        keys=(
            (_("Enter"), _("begin")),
            ("h", _("help lines")),
            change_country(panel),
            ("p", _("plain text")),
            ("q", _("hand back")),
        ),
    )


def advised(summaries: Sequence[Summary], panel: HelpPanel, *, help_first: bool) -> Page:
    """Return what a client is told at the end: the advice that fits, and no answer or number."""
    every = dict.fromkeys((one.advice.label, one.advice.text) for one in summaries)
    advice = [
        line
        for label, text in every
        for line in (Line(Role.STRONG, safe_text(label)), _text(safe_text(text)))
    ]
    not_a_diagnosis = dict.fromkeys(safe_text(one.not_a_diagnosis) for one in summaries)
    said = [*advice, *map(_text, not_a_diagnosis)]
    help_lines = list(help_block(panel))
    lines = [*help_lines, *said] if help_first else [*said, *help_lines]
    return Page(
        lines=(_heading(_("Thank you for answering")), *lines),
        keys=((_("Enter"), _("hand back")), ("h", _("help lines")), change_country(panel)),
    )


def hand_back(language: Language, panel: HelpPanel, *, is_going_idle: bool = False) -> Page:
    """Return the only way out for whoever is not the counselor: nothing stored is on it."""
    words = language.hand_over
    return Page(
        lines=(
            Line(Role.STRONG, safe_text(words.hand_back)),
            *([_text(safe_text(words.going_idle))] if is_going_idle else []),
            *help_block(panel),
        ),
        keys=(
            ("b", _("back to the questions")),
            ("u", _("unlock, for who gave you this")),
            change_country(panel),
        ),
    )


def locked(panel: HelpPanel, *, problem: str, hand_back: str = "") -> Page:
    """Return the page of a session that was left alone; a client is asked to hand it back."""
    said = _("Locked, because no key was pressed for a while.")
    first = [Line(Role.STRONG, safe_text(hand_back))] if hand_back else []
    return Page(
        lines=(*first, _heading(said), *_passphrase(problem), *help_block(panel)),
        keys=((_("Enter"), _("unlock")),),
    )


def unlock(panel: HelpPanel, *, problem: str) -> Page:
    """Return the question for the passphrase after the keyboard was handed back."""
    return Page(
        lines=(
            _heading(_("For the person who gave this to you")),
            *_passphrase(problem),
            *(Line(Role.STRONG, one.text) for one in in_short(panel)),
        ),
        keys=((_("Enter"), _("unlock; with nothing typed, back")),),
    )


def _locks(minutes: float) -> str:
    said = _("After {minutes} minutes without a key it locks and asks for the passphrase.")
    return said.format(minutes=f"{minutes:g}")


def _ends(minutes: float) -> str:
    said = _(
        "This terminal cannot be cleared or locked: what is shown stays in its log. After "
        "{minutes} minutes without an entry the session ends; the answers so far are saved."
    )
    return said.format(minutes=f"{minutes:g}")


def _passphrase(problem: str) -> list[Line]:
    asked = _text(
        _("Type the passphrase of the history and press Enter. Nothing you type is shown.")
    )
    return [Line(Role.STRONG, safe_text(problem)), asked] if problem else [asked]


def _heading(text: str) -> Line:
    return Line(Role.HEADING, text)


def _text(text: str) -> Line:
    return Line(Role.TEXT, text)
