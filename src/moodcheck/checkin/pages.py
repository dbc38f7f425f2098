"""The pages around the questions: the welcome, what follows the summary, and saving."""

from __future__ import annotations

from collections.abc import Sequence

from moodcheck.checkin.help_pages import change_country
from moodcheck.core.crisis import HelpPanel
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.report.document import Document, Heading, Paragraph
from moodcheck.terminal.page import BACK, BEGIN, HELP, LEAVE, PLAIN_TEXT, Keys, Page
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

_A_MINUTE = 5
"""How many questions are answered in one, at a quiet pace."""


def welcome(
    questionnaire: Questionnaire, language: Language, panel: HelpPanel, *, traces: Sequence[str]
) -> Page:
    """Return what a person should know before the first question; `traces` is what stays."""
    for_whom = _("The questions are for adults, about themselves.")
    return Page(
        blocks=(
            Heading(questionnaire.title),
            Paragraph(_what_is_asked(questionnaire)),
            Paragraph(panel.act_now, is_strong=True),
            Paragraph(f"{for_whom} {language.notice}"),
            Paragraph(" ".join((_("No one is told what you answer."), *traces))),
        ),
        keys=(
            BEGIN,
            HELP,
            change_country(panel),
            ("y", _("I am under 18")),
            ("o", _("it is for someone else")),
            PLAIN_TEXT,
            LEAVE,
        ),
    )


def after_summary(
    document: Document | None, *, is_discreet: bool, can_be_saved: bool = False
) -> Page:
    """Return a summary, where pages are drawn, and what can be done with it."""
    done = _("done; everything is cleared") if is_discreet else _("done")
    save: Keys = (("s", _("save it, encrypted")),) if can_be_saved else ()
    write: Keys = (("w", _("write it to a file")), ("v", _("write a page for a visit")))
    keys = (*save, *write, HELP, ("d", done))
    return Page((), keys, document)


def file_name(*, is_for_visit: bool = False) -> Page:
    """Return the question for the name of a file: of the summary, or of a page for a visit."""
    text = _("The file will be plain to read for anyone who can open your files. Type its name.")
    # Which endings there are is said where a name has another.
    endings = _("Its ending says what it is, such as .txt, .html, .pdf or .md.")
    heading = _("Write the summary to a file")
    if is_for_visit:
        heading = _("Write one page for a visit, in your own voice")
    return Page(
        blocks=(Heading(heading), Paragraph(text), Paragraph(endings)),
        keys=((_("Enter"), _("write nothing")), ("b", _("back")), HELP),
    )


def message(text: str) -> Page:
    """Return a message that Enter takes away."""
    return Page((Paragraph(text),), (BACK, HELP))


def unfinished(began: str) -> Page:
    """Return the offer to go on with a sitting that broke off; `began` is when it began."""
    text = _("Your check-in of {when} was not finished. Its answers are saved.").format(when=began)
    return Page(
        blocks=(Heading(_("Go on?")), Paragraph(text)),
        keys=(("g", _("go on with it")), ("n", _("end it there and begin a new one")), HELP, LEAVE),
    )


def not_saved(why: str, panel: HelpPanel) -> Page:
    """Return why nothing can be saved, and the offer to go on all the same."""
    return Page(
        blocks=(
            Heading(_("Your answers cannot be saved")),
            *(Paragraph(line) for line in why.split("\n")),
            Paragraph(_("You can still answer the questions and see the summary.")),
            Paragraph(panel.act_now),
        ),
        keys=(("g", _("go on without saving")), HELP, LEAVE),
    )


def _what_is_asked(questionnaire: Questionnaire) -> str:
    items, context = len(questionnaire.items), len(questionnaire.context)
    parts = [
        ngettext(
            "{count} question about how you were {period}",
            "{count} questions about how you were {period}",
            items,
        ).format(count=items, period=_lower_first(questionnaire.recall_period))
    ]
    if context:
        parts.append(
            ngettext(
                "then {count} short one for a doctor's visit",
                "then {count} short ones for a doctor's visit",
                context,
            ).format(count=context)
        )
    minutes = max(1, round((items + context) / _A_MINUTE))
    takes = ngettext("About {count} minute.", "About {count} minutes.", minutes)
    skips = _("You can skip any of them.")
    return f"{', '.join(parts)}. {takes.format(count=minutes)} {skips}"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
