"""The pages around a hand-over: before the keyboard changes hands, hand-back, and the lock."""

from __future__ import annotations

from collections.abc import Sequence

from moodcheck.checkin.help_pages import change_country, help_block
from moodcheck.core.crisis import HelpPanel
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.summary import Summary
from moodcheck.report.document import Block, Detail, Heading, Paragraph
from moodcheck.report.help_block import in_short
from moodcheck.report.outcome import before_and_after
from moodcheck.terminal.page import BEGIN, HELP, LEAVE, PLAIN_TEXT, Page
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
        blocks=(
            Heading(_("Hand over to {client}").format(client=client)),
            *([Paragraph(leads_out, is_strong=True)] if leads_out else []),
            Paragraph(_("“{promise}”").format(promise=words.promise), is_strong=True),
            Paragraph(_("The client sees their own questions and nothing else. They are told:")),
            Detail(words.tells_no_one),
            Detail(words.stays_visible),
            Paragraph(leave),
            Paragraph(_locks(minutes)),
            Paragraph(_("The screen and its scrollback will be cleared.")),
            Paragraph(words.beyond),
            *in_short(panel),
        ),
        keys=(("y", _("I will read them; begin")), HELP, change_country(panel), LEAVE),
    )


def start_read_aloud(
    client: str, language: Language, panel: HelpPanel, minutes: float, *, can_be_locked: bool = True
) -> Page:
    """Return what a counselor should know before reading the items aloud."""
    return Page(
        blocks=(
            Heading(_("Read aloud to {client}").format(client=client)),
            Paragraph(_("Read each question with its answers, and enter what the client says.")),
            Paragraph(
                _("Press n to write a note at a question, d where the client declines to answer.")
            ),
            Paragraph(_("Every answer is saved, encrypted, as soon as you enter it.")),
            Paragraph(_locks(minutes) if can_be_locked else _ends(minutes)),
            Paragraph(language.hand_over.beyond),
            Paragraph(language.not_a_diagnosis),
            *in_short(panel),
        ),
        keys=(BEGIN, HELP, change_country(panel), LEAVE),
    )


def client_welcome(questionnaire: Questionnaire, language: Language, panel: HelpPanel) -> Page:
    """Return what a client should know before the first question."""
    return Page(
        blocks=(
            Heading(questionnaire.title),
            Paragraph(language.not_a_diagnosis),
            Paragraph(panel.tells_no_one, is_strong=True),
            Paragraph(language.hand_over.stays_visible),
            Paragraph(_("It is for adults, about themselves. Any question can be skipped.")),
            *in_short(panel),
        ),
        keys=(
            BEGIN,
            HELP,
            change_country(panel),
            ("y", _("I am under 18")),
            PLAIN_TEXT,
            ("q", _("hand back")),
        ),
    )


def next_questionnaire(questionnaire: Questionnaire, panel: HelpPanel) -> Page:
    """Return what stands between two questionnaires of one hand-over."""
    return Page(
        blocks=(
            Heading(questionnaire.title),
            Paragraph(_("One more set of questions. Any question can be skipped.")),
            *in_short(panel),
        ),
        keys=(BEGIN, HELP, change_country(panel), PLAIN_TEXT, ("q", _("hand back"))),
    )


def advised(summaries: Sequence[Summary], panel: HelpPanel, *, help_was_shown: bool) -> Page:
    """Return what a client is told at the end: the advice that fits, and no answer or number.

    `help_was_shown`: help lines came up while they answered.
    """
    every = dict.fromkeys((one.advice.label, one.advice.text) for one in summaries)
    advice = [
        line
        for label, text in every
        for line in (Paragraph(label, is_strong=True), Paragraph(text))
    ]
    not_a_diagnosis = dict.fromkeys(one.not_a_diagnosis for one in summaries)
    sentences = [*advice, *map(Paragraph, not_a_diagnosis)]
    first, last = before_and_after(summaries, help_block(panel), help_was_shown=help_was_shown)
    return Page(
        blocks=(Heading(_("Thank you for answering")), *first, *sentences, *last),
        keys=((_("Enter"), _("hand back")), HELP, change_country(panel)),
    )


def hand_back(language: Language, panel: HelpPanel, *, is_going_idle: bool = False) -> Page:
    """Return the only way out for whoever is not the counselor: nothing stored is on it."""
    words = language.hand_over
    return Page(
        blocks=(
            Paragraph(words.hand_back, is_strong=True),
            *([Paragraph(words.going_idle)] if is_going_idle else []),
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
    text = _("Locked, because no key was pressed for a while.")
    first = [Paragraph(hand_back, is_strong=True)] if hand_back else []
    return Page(
        blocks=(*first, Heading(text), *_passphrase(problem), *help_block(panel)),
        keys=((_("Enter"), _("unlock")),),
    )


def unlock(panel: HelpPanel, *, problem: str) -> Page:
    """Return the question for the passphrase after the keyboard was handed back."""
    return Page(
        blocks=(
            Heading(_("For the person who gave this to you")),
            *_passphrase(problem),
            *(Paragraph(one.text, is_strong=True) for one in in_short(panel)),
        ),
        keys=((_("Enter"), _("unlock; with nothing typed, back")),),
    )


def _locks(minutes: float) -> str:
    text = _("After {minutes} minutes without a key it locks and asks for the passphrase.")
    return text.format(minutes=f"{minutes:g}")


def _ends(minutes: float) -> str:
    text = _(
        "This terminal cannot be cleared or locked: what is shown stays in its log. After "
        "{minutes} minutes without an entry the session ends; the answers so far are saved."
    )
    return text.format(minutes=f"{minutes:g}")


def _passphrase(problem: str) -> list[Block]:
    asked = Paragraph(
        _("Type the passphrase of the history and press Enter. Nothing you type is shown.")
    )
    return [Paragraph(problem, is_strong=True), asked] if problem else [asked]
