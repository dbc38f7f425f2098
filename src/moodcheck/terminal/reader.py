"""What a person enters: single keys, the line that is being written, and whole entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from rich.cells import cell_len

from moodcheck.report.wrapping import JOINERS, clusters


class Key(Enum):
    """A key that writes nothing."""

    ENTER = auto()
    TAB = auto()
    LEFT = auto()
    RIGHT = auto()
    UP = auto()
    DOWN = auto()
    TO_START = auto()
    """Home or Ctrl-A."""
    TO_END = auto()
    """The key End or Ctrl-E."""
    BACKSPACE = auto()
    DELETE = auto()
    CLEAR = auto()
    """Ctrl-U: all before the cursor."""
    CLEAR_REST = auto()
    """Ctrl-K: all after it."""
    TAKE_BACK_WORD = auto()
    """Ctrl-W."""
    END = auto()
    """Ctrl-D, or standard input ended: nothing more will come from it."""


CONTROLS = {
    "\r": Key.ENTER, "\n": Key.ENTER, "\t": Key.TAB, "\x7f": Key.BACKSPACE, "\x08": Key.BACKSPACE,
    "\x04": Key.END, "\x01": Key.TO_START, "\x05": Key.TO_END, "\x15": Key.CLEAR,
    "\x0b": Key.CLEAR_REST, "\x17": Key.TAKE_BACK_WORD,
}  # fmt: skip
"""What a terminal sends for a key, in one character."""

LONGEST_ENTRY = 2_000
"""Characters; what is typed beyond that is ignored."""

_FOR_SPACES = "\t\r\n"
"""Characters of a pasted text that become spaces."""


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
        """Replace the text, and put the cursor at its end."""
        self.text, self.cursor = text, len(text)

    def insert(self, typed: str) -> None:
        """Insert the printable part of a character or a pasted text, as far as there is room."""
        spaced = "".join(" " if char in _FOR_SPACES else char for char in typed)
        fit = "".join(char for char in spaced if char.isprintable() or char in JOINERS)
        fit = fit[: LONGEST_ENTRY - len(self.text)]
        self.text = self.before + fit + self.after
        self.cursor += len(fit)

    def edits(self, key: Key) -> bool:
        """Apply an editing key; return whether it was one and there was a text to edit."""
        does = _EDITS.get(key) if self.moves else _TAKES_BACK.get(key)
        if does is None or not self.text:
            return False
        does(self)
        return True

    def seen_in(self, room: int) -> tuple[str, int]:
        """Return the part of the text that fits `room` cells, and the cells before the cursor.

        The cursor is always in that part, with a cell of its own.
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
        """The text before the cursor."""
        return self.text[: self.cursor]

    @property
    def after(self) -> str:
        """The text after the cursor."""
        return self.text[self.cursor :]

    def leave(self, before: str, after: str) -> None:
        """Replace the text by these two parts, with the cursor between them."""
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


SPACE = " "
"""The entry of spaces alone: it scrolls, and is never taken for Enter."""

Entry = str | Key
"""What was entered: text without surrounding spaces, or a key that writes nothing."""

IsInstant = Callable[[str], bool]
"""Returns whether a key is an entry by itself, without Enter."""


Echo = Callable[[LineEditor], None]
"""Shows what has been typed so far."""


class WentIdle(Exception):
    """Nobody pressed a key for as long as a sitting may be left alone."""


class Reader(Protocol):
    """Where a person's entries come from."""

    idle_after: float | None
    """Seconds without an entry after which `WentIdle` is raised; None for never."""

    def entry(self, is_instant: IsInstant, echo: Echo, line: LineEditor) -> Entry:
        """Return the next entry: at once where the first key is instant, else when Enter ends it.

        `line` holds what has been typed so far, and keeps it when the entry was not ended by
        Enter. `echo` is called when it changed, where the terminal does not show it itself.

        Raises:
            LeftAtOnce: after Esc was pressed twice.
            WentIdle: where a sitting may not be left alone for so long.
        """

    def secret(self) -> str | Key:
        """Return a passphrase exactly as it is typed, shown to nobody; else the key that ended it.

        Raises:
            LeftAtOnce, WentIdle: as `entry`.
        """

    def discard_type_ahead(self) -> None:
        """Forget everything typed and not yet read."""


_FOR_A_TEXT = {
    Key.BACKSPACE, Key.DELETE, Key.RIGHT, Key.TO_START, Key.TO_END, Key.CLEAR, Key.CLEAR_REST,
    Key.TAKE_BACK_WORD,
}  # fmt: skip
"""Keys that do nothing where there is no text that they could change."""

_MOST_KEYS_AHEAD = 5

_LEAVES = {Key.LEFT, Key.END}
"""Keys that mean something else, and must not leave a text half-written."""


def read_entry(
    next_key: Callable[[], Key | str],
    ahead: Callable[[], str],
    is_instant: IsInstant,
    echo: Echo,
    line: LineEditor,
) -> Entry:
    """Put single keys together to an entry, as `Reader.entry` has it.

    `ahead` returns what was typed and is not yet read: a pasted text is shown once it is whole.
    """
    while True:
        match next_key():
            case Key.ENTER if line.is_own_words and line.text and is_pasted(ahead()):
                line.insert(" ")
            case Key.ENTER:
                return line.text.strip() or (SPACE if line.text else Key.ENTER)
            case Key() as key if line.edits(key):
                pass
            case Key() as key if key in _FOR_A_TEXT or (line.text and key in _LEAVES):
                continue
            case Key() as key:
                return key
            case typed if not line.text and is_instant(typed):
                return typed
            case typed:
                line.insert(typed)
        if not ahead():
            echo(line)


def is_pasted(following: str) -> bool:
    """Return whether what follows an Enter in no time is the next line of a pasted text.

    A few letters may as well be keys that were typed ahead.
    """
    return any(len(line) > _MOST_KEYS_AHEAD for line in following.splitlines()[:2])


def read_secret(next_key: Callable[[], Key | str]) -> str | Key:
    """Put single keys together to a passphrase, as `Reader.secret` has it."""
    typed = ""
    while True:
        match next_key():
            case Key.ENTER:
                return typed or Key.ENTER
            case Key.BACKSPACE:
                typed = typed[:-1]
            case Key() as key if not typed and key not in _FOR_A_TEXT:
                return key
            case str() as char if char.isprintable() and len(typed) < LONGEST_ENTRY:
                typed += char
            case _:
                continue
