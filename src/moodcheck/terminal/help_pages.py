"""The pages that show help lines: for `h` and after an alert, on the way in, on the way out."""

from __future__ import annotations

from collections.abc import Sequence

from moodcheck.domain.crisis import HelpPanel
from moodcheck.domain.language import Language
from moodcheck.formats.help_text import after_the_lines, before_the_lines, help_lines
from moodcheck.safe_text import safe_text
from moodcheck.terminal.page import Line, Page, Role
from moodcheck.translation import gettext as _

Keys = tuple[tuple[str, str], ...]


def help_page(panel: HelpPanel) -> Page:
    """Return the help lines; the same page after an alert as for `h`."""
    reach = [
        line
        for how, details in help_lines(panel)
        for line in (Line(Role.STRONG, how), Line(Role.DETAIL, details))
    ]
    first, *others = before_the_lines(panel)
    return Page(
        lines=(
            _heading(safe_text(panel.title)),
            Line(Role.STRONG, first),
            *(_text(sentence) for sentence in others),
            *reach,
            *(_text(sentence) for sentence in after_the_lines(panel)),
        ),
        keys=(("g", _("go on")), ("q", _("stop")), ("r", _("change country"))),
    )


def under_18(language: Language, panel: HelpPanel) -> Page:
    """Return whom a young person can turn to."""
    return _before_help(_("If you are under 18"), language.under_18, panel)


def for_someone_else(language: Language, panel: HelpPanel) -> Page:
    """Return what helps someone else more than answering for them."""
    return _before_help(_("If it is for someone else"), language.for_someone_else, panel)


def stop(panel: HelpPanel, *, has_answers: bool, is_kept: bool = False) -> Page:
    """Return what happens to the answers, and the ways from here."""
    what_happens = _("Nothing has been saved. If you leave, your answers are gone.")
    if is_kept:
        what_happens = _(
            "Your answers so far are saved, encrypted. If you leave, the next check with --save "
            "offers to go on."
        )
    summary: Keys = (("v", _("see a summary of the answers so far")),) if has_answers else ()
    leave_or_back: Keys = (("b", _("back to the questions")), ("l", _("leave")))
    return Page(
        lines=(_heading(_("Stop here?")), _text(what_happens), *help_page(panel).lines),
        keys=(*leave_or_back, *summary, ("r", _("change country"))),
    )


def region(panel: HelpPanel, known: Sequence[tuple[str, str]]) -> Page:
    """Return the question for the country, with the countries that have help lines."""
    listed = ", ".join(f"{code} {safe_text(name)}" for code, name in known)
    here = panel.region.code or _("none")
    return Page(
        lines=(
            _heading(_("Which country are you in?")),
            _text(_("Now: {code}. Type two letters and press Enter.").format(code=safe_text(here))),
            _text(_("Help lines are known for: {countries}.").format(countries=listed)),
        ),
        keys=((_("Enter"), _("leave it as it is")),),
    )


def is_number_noted(panel: HelpPanel) -> Page:
    """Return the question before a discreet sitting clears the help lines as well."""
    said = _("All of this will be cleared. Have you noted the number you may need?")
    return Page((*help_page(panel).lines, Line(Role.STRONG, said)), (("y", _("yes, clear it")),))


def _before_help(heading: str, said: Sequence[str], panel: HelpPanel) -> Page:
    page = help_page(panel)
    lines = (_heading(heading), *(_text(safe_text(sentence)) for sentence in said), *page.lines)
    return Page(lines, page.keys)


def _heading(text: str) -> Line:
    return Line(Role.HEADING, text)


def _text(text: str) -> Line:
    return Line(Role.TEXT, text)
