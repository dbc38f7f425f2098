"""What a person may enter, wherever it comes from: single keys or whole lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from moodcheck.terminal.key import LONGEST_ENTRY, Key
from moodcheck.terminal.line_editor import LineEditor

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

        `line` is what has been typed so far, and what is there to be changed; when an entry was
        not ended by Enter it is still there. `echo` is told when it changed, where the terminal
        does not show it itself.

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

    `ahead` gives what is there already and not yet read: a pasted text is shown when it is whole.
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
