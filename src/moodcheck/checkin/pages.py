"""The first pages of a sitting and the last: the welcome, and what follows the summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from moodcheck.checkin.help_pages import change_country
from moodcheck.core.crisis import HelpPanel
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.safe_text import safe_text
from moodcheck.terminal.page import Line, Page, Role
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

Keys = tuple[tuple[str, str], ...]

_A_MINUTE = 5
"""How many questions are answered in one, at a quiet pace."""


def welcome(
    questionnaire: Questionnaire, language: Language, panel: HelpPanel, *, traces: Sequence[str]
) -> Page:
    """Return what a person should know before the first question; `traces` is what stays."""
    for_whom = _("The questions are for adults, about themselves.")
    return Page(
        lines=(
            _heading(safe_text(questionnaire.title)),
            _text(_what_is_asked(questionnaire)),
            Line(Role.STRONG, safe_text(panel.act_now)),
            _text(f"{for_whom} {safe_text(language.notice)}"),
            _text(" ".join((_("No one is told what you answer."), *traces))),
        ),
        keys=(
            (_("Enter"), _("begin")),
            ("h", _("help lines")),
            change_country(panel),
            ("y", _("I am under 18")),
            ("o", _("it is for someone else")),
            ("p", _("plain text")),
            ("q", _("leave")),
        ),
    )


def after_summary(
    rendered: Callable[[int], str] | None, *, is_discreet: bool, can_be_saved: bool = False
) -> Page:
    """Return a summary, made for the width it is shown in, and what can be done with it."""
    done = _("done; everything is cleared") if is_discreet else _("done")
    save: Keys = (("s", _("save it, encrypted")),) if can_be_saved else ()
    keys = (*save, ("w", _("write it to a file")), ("h", _("help lines")), ("d", done))
    return Page((), keys, rendered)


def file_name() -> Page:
    """Return the question for the name of a file."""
    said = _("The file will be plain to read for anyone who can open your files. Type its name.")
    return Page(
        lines=(_heading(_("Write the summary to a file")), _text(said)),
        keys=((_("Enter"), _("write nothing")), ("b", _("back")), ("h", _("help lines"))),
    )


def said(text: str) -> Page:
    """Return one thing said, until Enter."""
    return Page((_text(safe_text(text)),), ((_("Enter"), _("back")), ("h", _("help lines"))))


def _heading(text: str) -> Line:
    return Line(Role.HEADING, text)


def _text(text: str) -> Line:
    return Line(Role.TEXT, text)


def _what_is_asked(questionnaire: Questionnaire) -> str:
    items, context = len(questionnaire.items), len(questionnaire.context)
    said = [
        ngettext(
            "{count} question about how you were {period}",
            "{count} questions about how you were {period}",
            items,
        ).format(count=items, period=_lower_first(safe_text(questionnaire.recall_period)))
    ]
    if context:
        said.append(
            ngettext(
                "then {count} short one for a doctor's visit",
                "then {count} short ones for a doctor's visit",
                context,
            ).format(count=context)
        )
    minutes = max(1, round((items + context) / _A_MINUTE))
    takes = ngettext("About {count} minute.", "About {count} minutes.", minutes)
    skips = _("You can skip any of them.")
    return f"{', '.join(said)}. {takes.format(count=minutes)} {skips}"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
