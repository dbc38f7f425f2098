"""Documents of what somebody answered: never without advice, and help lines first where it counts.

These are the only places that ask `help_first`; a view hands over what it has to show and asks
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from moodcheck.report.document import Advice, Block, Document, Notice, Section
from moodcheck.report.help_block import first_numbers, help_block, help_in_brief

if TYPE_CHECKING:
    from moodcheck.core.crisis import HelpPanel


class Outcome(Protocol):
    """Something that tells of answers, and knows whether they ask for help lines first."""

    @property
    def help_first(self) -> bool:
        """Whether help lines come before all else."""

    @property
    def help(self) -> HelpPanel:
        """The help lines."""


def outcome(  # noqa: PLR0913 - what a document of an outcome is made of, in its order
    shown: Outcome,
    title: str,
    *,
    subtitle: str = "",
    at: datetime | None = None,
    before: Sequence[Section] = (),
    advice: Sequence[Advice],
    notice: str,
    sections: Sequence[Section] = (),
    is_brief: bool = False,
) -> Document:
    """Return the document of one person's answers.

    It begins with the help lines where these come first, and else ends with them.

    Args:
        shown: what is shown.
        title: what it is.
        subtitle: of when it is, in words.
        at: of when it is; None where it is of several times.
        before: what a human has to see before the advice.
        advice: when to see someone, at least one.
        notice: that this is not a diagnosis, and whom to see.
        sections: everything else.
        is_brief: whether it has to fit on a screen: the first help line is enough, and the advice
            comes after the sections.

    Raises:
        ValueError: when there is no advice or no notice.
    """
    if not (notice and advice and all(one.text for one in advice)):
        msg = "a document of an outcome has advice and says that it is not a diagnosis"
        raise ValueError(msg)
    said = Section("", (*advice, Notice(notice)))
    # What is meant for one screen begins with what is looked for there.
    ordered = (*before, *sections, said) if is_brief else (*before, said, *sections)
    made = help_in_brief if is_brief else help_block
    panel = made(shown.help, is_urgent=shown.help_first)
    everything = (panel, *ordered) if shown.help_first else (*ordered, panel)
    return Document(title, everything, subtitle, at)


def overview(
    shown: Outcome, title: str, sections: Sequence[Section], *, notice: str, subtitle: str = ""
) -> Document:
    """Return the document of who or what there is, whose answers are shown elsewhere.

    It begins with the help lines where these come first, and else has none.

    Args:
        shown: what is shown.
        title: what it is.
        sections: everything but the notice, which ends the document.
        notice: that this is not a diagnosis, and whom to see.
        subtitle: of when it is.

    Raises:
        ValueError: when there is no notice.
    """
    if not notice:
        msg = "a document of outcomes says that they are not a diagnosis, and whom to see"
        raise ValueError(msg)
    first = [help_block(shown.help, is_urgent=True)] if shown.help_first else []
    return Document(title, (*first, *sections, Section("", (Notice(notice),))), subtitle)


def before_and_after(
    shown: Iterable[Outcome], help_lines: Iterable[Block], *, help_was_shown: bool = False
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return which help lines a page shows before what it tells of outcomes, and which after.

    Args:
        shown: what the page tells of.
        help_lines: as much of them as the page has room for.
        help_was_shown: whether they came first before, so that they come first here too.
    """
    is_first = help_was_shown or any(one.help_first for one in shown)
    lines = tuple(help_lines)
    return (lines, ()) if is_first else ((), lines)


def last_words(shown: Outcome, *, advice: Advice, notice: str) -> Document:
    """Return what should stay in view at the end, short enough for the smallest window.

    That is the advice, that it is no diagnosis and, where help lines come first, the emergency
    number and the first line.
    """
    said = Section("", (advice, Notice(notice)))
    whom = [Section("", tuple(first_numbers(shown.help)))] if shown.help_first else []
    return Document("", (said, *whom))
