"""A page: what is to be shown and which keys do something, before anyone decides how it looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from moodcheck.report.document import Block, Document, Heading, Option, Paragraph
from moodcheck.report.render_plain import said
from moodcheck.terminal.reader import Entry, LineEditor
from moodcheck.translation import gettext as _

T = TypeVar("T")

KeyHint = tuple[str, str]
"""What to press, and what it does."""

Keys = tuple[KeyHint, ...]

BACK: KeyHint = (_("Enter"), _("back"))
BEGIN: KeyHint = (_("Enter"), _("begin"))
GO_ON: KeyHint = (_("Enter"), _("go on"))
HELP: KeyHint = ("h", _("help lines"))
LEAVE: KeyHint = ("q", _("leave"))
PLAIN_TEXT: KeyHint = ("p", _("plain text"))
STOP: KeyHint = ("q", _("stop"))


@dataclass(frozen=True, slots=True)
class Page:
    """One screenful for the eye, or one block of lines for the ear."""

    blocks: tuple[Block, ...]
    keys: Keys = ()
    document: Document | None = None
    """What stands before the blocks."""
    takes_country: bool = False
    """Whether the name of a country can be typed on it, so that each key needs Enter."""
    needs_enter: bool = False
    """Whether each key is followed by Enter."""
    explains: Keys = ()
    """The keys of the page behind, where these are not in sight."""

    def texts(self) -> list[str]:
        """Return what the blocks say, one thing a line; what stands aside is for the eye alone."""
        return [
            text
            for block in self.blocks
            for text in ([block.text] if isinstance(block, Heading) else said(block))
        ]


def text_page(heading: str, request: str, on_enter: str) -> Page:
    """Return the request for a text; `on_enter` is what Enter alone does."""
    return Page((Heading(heading), Paragraph(request)), ((_("Enter"), on_enter),))


def numbered_options(texts: Iterable[str]) -> list[Option]:
    """Return texts to choose from by number, from 1."""
    return [Option(str(number), text) for number, text in enumerate(texts, start=1)]


def by_number(choices: Iterable[T]) -> dict[Entry, T]:
    """Return choices by what is entered for them, numbered as in `numbered_options`."""
    return {str(number): choice for number, choice in enumerate(choices, start=1)}


class View(Protocol):
    """Shows pages."""

    edits: bool
    """Whether a text that stands there can be drawn, and changed in any place."""

    def show(self, page: Page) -> None:
        """Show a page in place of, or after, what was shown before."""

    def scroll(self, lines: int) -> None:
        """Move a page that is longer than the window by that many screenfuls."""

    def echo(self, line: LineEditor) -> None:
        """Show what has been typed so far, and where the next character goes."""

    def say_keys(self, page: Page) -> None:
        """Say what can be pressed on a page, and what it does."""

    def note(self, text: str) -> None:
        """Say one thing about what was just entered: why it did nothing, or what it did."""

    def answered(self, text: str) -> None:
        """Repeat an answer in words, where the next page does not replace this one."""

    def clear_all(self) -> None:
        """Clear the screen and what can be scrolled back to, where the terminal can."""


def keys_in_words(keys: Keys, *, needs_enter: bool) -> str:
    """Return what can be pressed and what it does, as a sentence."""
    sentence = _("Keys: {keys}.").format(keys=", ".join(f"{key} {what}" for key, what in keys))
    return f"{sentence} {enter_follows()}" if needs_enter else sentence


def enter_follows() -> str:
    """Return that each key is followed by Enter."""
    return _("Press Enter after each key.")
