"""The pages that show help lines: for `h` and after an alert, on the way in, on the way out."""

from __future__ import annotations

from collections.abc import Sequence

from moodcheck.core.crisis import CrisisDirectory, HelpPanel
from moodcheck.core.language import Language
from moodcheck.report.document import Block, Contact, Detail, Heading, Paragraph
from moodcheck.report.help_block import after_the_numbers, in_short, numbers
from moodcheck.terminal.page import GO_ON, HELP, STOP, Keys, Page
from moodcheck.translation import gettext as _


def help_page(panel: HelpPanel) -> Page:
    """Return the help lines; the same page after an alert as for `h`."""
    return _asking(panel.title, (), panel)


def under_18(language: Language, panel: HelpPanel) -> Page:
    """Return whom a young person can turn to."""
    return _asking(_("If you are under 18"), language.under_18, panel)


def for_someone_else(language: Language, panel: HelpPanel) -> Page:
    """Return what helps someone else more than answering for them."""
    return _asking(_("If it is for someone else"), language.for_someone_else, panel)


def help_block(panel: HelpPanel) -> tuple[Block, ...]:
    """Return the help lines as they stand on a page about something else."""
    return (Heading(panel.title), *numbers(panel), *after_the_numbers(panel))


def help_in_short(panel: HelpPanel) -> tuple[Block, ...]:
    """Return whom to call right now and the first help line; the others are behind `h`."""
    first, *others = (one.text for one in in_short(panel))
    reach = [block.reach for block in numbers(panel) if isinstance(block, Contact)]
    return (Paragraph(first, is_strong=True), *(Detail(text) for text in (*others, *reach[:1])))


def change_country(panel: HelpPanel) -> tuple[str, str]:
    """Return the key with which a person says where they are."""
    return ("r", _("change country") if panel.region.code else _("say which country you are in"))


def stop(panel: HelpPanel, *, has_answers: bool, is_kept: bool = False) -> Page:
    """Return what happens to the answers, and the ways from here."""
    what_happens = _("Nothing has been saved. If you leave, your answers are gone.")
    if is_kept:
        what_happens = _(
            "Your answers so far are saved, encrypted. If you leave, the next check with --save "
            "offers to go on."
        )
    elsewhere = [one.text for one in in_short(panel)[1:]]
    before = [what_happens, *elsewhere] if panel.elsewhere else []
    summary: Keys = (("v", _("see a summary of the answers so far")),) if has_answers else ()
    leave_or_back: Keys = (("b", _("back to the questions")), ("l", _("leave")))
    return Page(
        blocks=(
            Heading(_("Stop here?")),
            # The list of all countries is long: what happens and the numbers come before it.
            *numbers(panel, *before),
            *([] if before else [Paragraph(what_happens)]),
            *after_the_numbers(panel),
        ),
        keys=(*leave_or_back, *summary, change_country(panel)),
    )


def is_number_noted(panel: HelpPanel) -> Page:
    """Return the question before a discreet sitting clears the help lines as well."""
    return Page(
        blocks=(
            Paragraph(_("Have you noted the number? All of this will be cleared."), is_strong=True),
            *numbers(panel),
            *after_the_numbers(panel),
        ),
        keys=(("y", _("yes, clear it")), ("n", _("not yet"))),
    )


def region(panel: HelpPanel, directory: CrisisDirectory) -> Page:
    """Return the question for the country, with the countries that have help lines."""
    known = sorted(directory.countries.items(), key=lambda item: item[1].name)
    asked = [Paragraph(_("Type its name, or its two letters, and press Enter."))]
    code = panel.region.code
    if code is not None:
        country = directory.countries.get(code, panel.region.country)
        here = country.name if country else code
        now = _("Now: {country} (a guess).") if panel.region.is_guess else _("Now: {country}.")
        asked.insert(0, Paragraph(now.format(country=here)))
    return Page(
        blocks=(
            Heading(_("Which country are you in?")),
            *asked,
            Paragraph(_("Help lines are known for:")),
            *(Detail(f"{code} {country.name}") for code, country in known),
        ),
        keys=((_("Enter"), _("leave it as it is")), ("b", _("back")), HELP),
    )


def _asking(heading: str, sentences: Sequence[str], panel: HelpPanel) -> Page:
    """Return a page of help lines that also takes the country, where that is not known."""
    is_unknown = panel.region.code is None
    ask = _("Which country are you in? Type it and press Enter (also after q or r).")
    country = ("r", _("countries")) if is_unknown else change_country(panel)
    return Page(
        blocks=(
            Heading(heading),
            *numbers(panel, *([ask] if is_unknown else [])),
            *(Paragraph(sentence) for sentence in sentences),
            *after_the_numbers(panel),
        ),
        keys=(GO_ON, STOP, country),
        takes_country=is_unknown,
    )
