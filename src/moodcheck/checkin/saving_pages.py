"""The pages of whoever wants their check-in saved: one that broke off, and what cannot be saved."""

from __future__ import annotations

from moodcheck.core.crisis import HelpPanel
from moodcheck.report.document import Heading, Paragraph
from moodcheck.terminal.page import Page
from moodcheck.translation import gettext as _


def unfinished(began: str) -> Page:
    """Return the offer to go on with a sitting that broke off; `began` is when it began."""
    said = _("Your check-in of {when} was not finished. Its answers are saved.").format(when=began)
    return Page(
        blocks=(Heading(_("Go on?")), Paragraph(said)),
        keys=(
            ("g", _("go on with it")),
            ("n", _("end it there and begin a new one")),
            ("h", _("help lines")),
            ("q", _("leave")),
        ),
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
        keys=(
            ("g", _("go on without saving")),
            ("h", _("help lines")),
            ("q", _("leave")),
        ),
    )
