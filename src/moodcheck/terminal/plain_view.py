"""Pages as lines that are only ever added: for screen readers, logs and dumb terminals."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from itertools import takewhile
from typing import TextIO

from rich.cells import cell_len

from moodcheck.report.document import Paragraph
from moodcheck.report.render_plain import render, said
from moodcheck.report.wrapping import NARROWEST, wrapped_by_sentence
from moodcheck.terminal.console import size_of
from moodcheck.terminal.page import Page, keys_in_words
from moodcheck.terminal.reader import LineEditor
from moodcheck.translation import gettext as _

CLEAR_ALL = "\x1b[H\x1b[2J\x1b[3J"
"""Home, clear the screen, clear what can be scrolled back to."""


class PlainView:
    """Shows pages on a stream, one thing a line, nothing redrawn."""

    edits = False

    def __init__(self, stream: TextIO, *, can_clear: bool) -> None:
        self._stream = stream
        self._can_clear = can_clear
        self._typed = ""
        self._keys_said: set[tuple[tuple[str, str], ...]] = set()

    def show(self, page: Page) -> None:
        """Add the lines of a page, and the keys that do something.

        Keys that were said before are not said again where `?` says them.
        """
        lines = page.texts()
        if page.document:
            width = size_of(self._stream)[0]
            lines[:0] = render(page.document, width=width).split("\n")[:-1]
        if page.explains:
            lines.append(keys_in_words(page.explains, needs_enter=page.needs_enter))
        if page.keys in self._keys_said:
            lines.append(_("? for keys."))
        elif page.keys:
            lines.append(keys_in_words(page.keys, needs_enter=page.needs_enter))
        if "?" in dict(page.keys):
            self._keys_said.add(page.keys)
        self._write(["", *lines])

    def say_keys(self, page: Page) -> None:
        """Add the keys of a page."""
        self._write([keys_in_words(page.keys, needs_enter=page.needs_enter)])

    def scroll(self, lines: int) -> None:
        """Do nothing: what was added stays."""

    def echo(self, line: LineEditor) -> None:
        """Show the characters typed or taken back since the last time."""
        pairs = zip(self._typed, line.text, strict=False)
        stays = sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], pairs))
        taken_back = cell_len(self._typed[stays:])
        self._stream.write("\b \b" * taken_back + line.text[stays:])
        self._stream.flush()
        self._typed = line.text

    def note(self, text: str) -> None:
        """Add one line."""
        self._write(said(Paragraph(text)))

    def answered(self, text: str) -> None:
        """Add the answer in words."""
        self.note(text)

    def clear_all(self) -> None:
        """Clear the screen and what can be scrolled back to, where the terminal can."""
        with contextlib.suppress(OSError):
            if self._can_clear:
                self._stream.write(CLEAR_ALL)
                self._stream.flush()

    def _write(self, lines: Iterable[str]) -> None:
        width = max(size_of(self._stream)[0], NARROWEST)
        if self._typed:
            self._stream.write("\n")
            self._typed = ""
        self._stream.write("".join(f"{wrapped_by_sentence(line, width)}\n" for line in lines))
        self._stream.flush()
