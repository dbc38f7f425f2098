"""One line that a person writes: keys change it, and nothing but Enter hands it over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len

from moodcheck.report.wrapping import JOINERS, clusters
from moodcheck.terminal.key import LONGEST_ENTRY, Key

_FOR_SPACES = "\t\r\n"
"""What pasted text may hold between its words."""


@dataclass
class LineEditor:
    """What has been written so far, and where the next character goes."""

    text: str = ""
    cursor: int = 0
    """Characters before it. Always between two of what a reader sees as one letter."""
    is_own_words: bool = False
    """Whether a sentence is written, in which an Enter that was pasted is only a space."""
    moves: bool = True
    """Whether arrows move in the text; not where what was written cannot be drawn again."""

    def write_over(self, text: str) -> None:
        """Put another text in place of this one, to go on at its end."""
        self.text, self.cursor = text, len(text)

    def insert(self, typed: str) -> None:
        """Write what can be shown of a character or a pasted text, as far as there is room."""
        spaced = "".join(" " if char in _FOR_SPACES else char for char in typed)
        fit = "".join(char for char in spaced if char.isprintable() or char in JOINERS)
        fit = fit[: LONGEST_ENTRY - len(self.text)]
        self.text = self.before + fit + self.after
        self.cursor += len(fit)

    def edits(self, key: Key) -> bool:
        """Do what a key does to a text; return whether it is such a key, and there is one."""
        does = _EDITS.get(key) if self.moves else _TAKES_BACK.get(key)
        if does is None or not self.text:
            return False
        does(self)
        return True

    def seen_in(self, room: int) -> tuple[str, int]:
        """Return the part of the text that fits into so many cells, and the cells to the cursor.

        The cursor is in it, with a cell of its own.
        """
        before = list(clusters(self.before))
        width = 1 + sum(map(cell_len, before))
        while width > room and before:
            width -= cell_len(before.pop(0))
        seen, left = "".join(before), room - width + 1
        for cluster in clusters(self.after):
            left -= cell_len(cluster)
            if left < 0:
                break
            seen += cluster
        return seen, width - 1

    @property
    def before(self) -> str:
        """What stands before the cursor."""
        return self.text[: self.cursor]

    @property
    def after(self) -> str:
        """What stands after it."""
        return self.text[self.cursor :]

    def leave(self, before: str, after: str) -> None:
        """Leave these two parts, with the cursor between them."""
        self.text, self.cursor = before + after, len(before)


def _left(line: LineEditor) -> None:
    line.cursor -= len(_last(line.before))


def _right(line: LineEditor) -> None:
    line.cursor += len(_first(line.after))


def _take_back_word(line: LineEditor) -> None:
    words = line.before.rstrip(" ")
    line.leave(words[: words.rfind(" ") + 1], line.after)


def _delete(line: LineEditor) -> None:
    line.leave(line.before, line.after.removeprefix(_first(line.after)))


_TAKES_BACK: dict[Key, Callable[[LineEditor], None]] = {
    Key.BACKSPACE: lambda line: line.leave(
        line.before.removesuffix(_last(line.before)), line.after
    ),
    Key.CLEAR: lambda line: line.leave("", line.after),
    Key.TAKE_BACK_WORD: _take_back_word,
}

_EDITS: dict[Key, Callable[[LineEditor], None]] = {
    **_TAKES_BACK,
    Key.LEFT: _left,
    Key.RIGHT: _right,
    Key.TO_START: lambda line: line.leave("", line.text),
    Key.TO_END: lambda line: line.leave(line.text, ""),
    Key.DELETE: _delete,
    Key.END: _delete,
    Key.CLEAR_REST: lambda line: line.leave(line.before, ""),
}
"""Ctrl-D (`Key.END`) deletes where there is a text, as in a shell."""


def _first(text: str) -> str:
    return next(clusters(text))


def _last(text: str) -> str:
    *_others, last = clusters(text)
    return last
