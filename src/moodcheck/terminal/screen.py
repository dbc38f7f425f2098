"""Pages drawn in the alternate screen of a terminal, scrolled where they are long."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from moodcheck.report.document import Block, Detail, Listing, Option, Paragraph
from moodcheck.report.render_rich import WIDEST, ansi, drawn, render
from moodcheck.report.wrapping import NARROWEST, wrapped
from moodcheck.terminal.console import size_of
from moodcheck.terminal.page import Page, enter_follows, keys_in_words
from moodcheck.terminal.plain_view import CLEAR_ALL
from moodcheck.terminal.reader import LineEditor
from moodcheck.translation import gettext as _

_GAP = "   "
MARGIN = 1
_PROMPT = "> "
_HIDE, _SHOW = "\x1b[?25l", "\x1b[?25h"
# A pasted text comes in brackets then, so that no line of it is taken for keys.
_ENTER = f"\x1b[?1049h\x1b[?2004h{_HIDE}"
_LEAVE = f"{_SHOW}\x1b[?2004l\x1b[?1049l"


class Screen:
    """Shows one page at a time, in place of the one before."""

    edits = True

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._page = Page(())
        self._top = 0
        self._room = 1
        self._status = ""
        self._line: LineEditor | None = None
        self._height = 0
        self.is_open = False

    @contextmanager
    def opened(self) -> Iterator[None]:
        """While inside, the alternate screen is shown; afterwards what was there before."""
        self.enter()
        try:
            yield
        finally:
            self.leave()

    def enter(self) -> None:
        """Switch to the alternate screen."""
        self.is_open = True
        self._write(_ENTER)

    def leave(self) -> None:
        """Switch back to the normal screen, wiping what was drawn."""
        # After a hang-up there is no screen left to leave.
        with contextlib.suppress(OSError):
            if self.is_open:
                self.is_open = False
                self._write(f"\x1b[2J{_LEAVE}")

    def show(self, page: Page) -> None:
        """Draw a page from its top."""
        self._page, self._top, self._status, self._line = page, 0, "", None
        self._height = 0
        self.redraw()

    def scroll(self, lines: int) -> None:
        """Move the page by that many screenfuls, as far as it goes."""
        # One line of overlap, so that the eye finds its place.
        self._top += lines * max(1, self._room - 1)
        self._status = ""
        self.redraw()

    def echo(self, line: LineEditor) -> None:
        """Show what has been typed so far in the last row, with the cursor in it."""
        has_row, self._line = self._line is not None, line
        if has_row:
            self._write(self._typed(*size_of(self._stream)))
        else:
            self.redraw()

    def note(self, text: str) -> None:
        """Show one thing in the last rows, until the next page."""
        self._status, self._line = Paragraph(text).text, None
        self.redraw()

    def say_keys(self, page: Page) -> None:
        """Show the keys of a page, and those of every page, in the last rows."""
        everywhere = ((_("space or ↓"), _("more")), (_("Esc Esc"), _("leave at once")))
        keys = dict((*page.keys, *everywhere))
        self.note(keys_in_words(tuple(keys.items()), needs_enter=page.needs_enter))

    def answered(self, text: str) -> None:
        """Show nothing: the next page is there at once."""

    def clear_all(self) -> None:
        """Clear the screen and what can be scrolled back to."""
        self._write(f"{_LEAVE}{CLEAR_ALL}{_ENTER}")

    def redraw(self) -> None:
        """Draw the page again, for the window as it is now."""
        columns, rows = size_of(self._stream)
        width = max(NARROWEST, min(columns, WIDEST))
        body, keys = self._body(width), self._keys(width)
        if len(keys) > rows // 2:
            # A small window has no room for hints that stay.
            body, keys = [*body, *keys], []
        status = wrapped(self._status, columns).split("\n")[: rows // 2]
        status += [""] if self._status and self._line is not None else []
        self._room = max(1, rows - len(keys) - len(status) - 1)
        if self._height:
            # In another width the same lines stand elsewhere.
            self._top = self._top * len(body) // self._height
        self._height = len(body)
        self._top = max(0, min(self._top, len(body) - self._room))
        is_more = self._top + self._room < len(body)
        hint = [" " * MARGIN + _("more: space or down")[: columns - MARGIN]] if is_more else []
        shown = [*body[self._top : self._top + self._room], *hint, *keys]
        shown += [""] * (rows - len(status) - len(shown)) + status
        frame = "\x1b[H" + "\r\n".join(f"{line}\x1b[K" for line in shown) + "\x1b[J"
        self._write(_HIDE + frame + self._typed(columns, rows))

    def _typed(self, columns: int, rows: int) -> str:
        """Return what draws the line that is typed in the last row, and shows the cursor there."""
        if self._line is None:
            return ""
        seen, at = self._line.seen_in(max(1, columns - len(_PROMPT)))
        behind = cell_len(seen) - at
        back = f"\x1b[{behind}D" if behind else ""
        return f"{_SHOW}\x1b[{rows};1H{_PROMPT}{seen}\x1b[J{back}"

    def _body(self, width: int) -> list[str]:
        room, page = width - 2 * MARGIN, self._page
        parts = [
            _spaced(block, room, after=before)
            for block, before in zip(page.blocks, (None, *page.blocks), strict=False)
        ]
        made = render(page.document, width=room).split("\n")[:-1] if page.document else []
        return [" " * MARGIN + line for line in made] + self._rows(Group(*parts), width)

    def _keys(self, width: int) -> list[str]:
        return self._rows(_hints(self._page, width - 2 * MARGIN), width)

    def _rows(self, renderable: RenderableType, width: int) -> list[str]:
        padded = Padding(renderable, (0, MARGIN))
        return ansi(padded, width=width).split("\n")[:-1]

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _spaced(block: Block, width: int, *, after: Block | None) -> RenderableType:
    # Options stand together and details under their line; everything else has air above it.
    are_options = isinstance(block, Option) and isinstance(after, Option)
    is_tight = after is None or isinstance(block, Detail | Listing) or are_options
    return Padding(Group(*drawn(block, width)), (0 if is_tight else 1, 0, 0, 0))


def _hints(page: Page, width: int) -> RenderableType:
    """Return the key hints, as many in a row as fit, none broken."""
    rows = [Text()]
    for key, what in page.keys:
        hint = Text.assemble((key, "bold"), f" {what}")
        if rows[-1] and rows[-1].cell_len + len(_GAP) + hint.cell_len > width:
            rows.append(Text())
        rows[-1].append(_GAP if rows[-1] else "").append(hint)
    if page.needs_enter:
        rows.append(Text(wrapped(enter_follows(), width)))
    return Padding(Group(*rows), (1, 0, 0, 0))
