"""What a person may enter, wherever it comes from: single keys or whole lines."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol


class Key(Enum):
    """A key that writes nothing."""

    ENTER = auto()
    LEFT = auto()
    UP = auto()
    DOWN = auto()
    BACKSPACE = auto()
    END = auto()
    """Ctrl-D, or standard input ended: nothing more will come from it."""


LONGEST_ENTRY = 2_000
"""Characters; what is typed beyond that is not taken."""

SPACE = " "
"""The entry of spaces alone: it scrolls, and is never taken for Enter."""

Entry = str | Key
"""What was entered: text without surrounding spaces, or a key that writes nothing."""

IsInstant = Callable[[str], bool]
"""Returns whether a key is an entry by itself, without Enter."""


class WentIdle(Exception):
    """Nobody pressed a key for as long as a sitting may be left alone."""


class Reader(Protocol):
    """Where a person's entries come from."""

    idle_after: float | None
    """Seconds without an entry after which `WentIdle` is raised; None for never."""

    def entry(self, is_instant: IsInstant, echo: Callable[[str], None]) -> Entry:
        """Return the next entry: at once where the first key is instant, else when Enter ends it.

        `echo` is given what has been typed so far, where the terminal does not show it itself.

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


def read_entry(
    next_key: Callable[[], Key | str], is_instant: IsInstant, echo: Callable[[str], None]
) -> Entry:
    """Put single keys together to an entry, as `Reader.entry` has it."""
    typed = ""
    while True:
        match next_key():
            case Key.ENTER:
                return typed.strip() or (SPACE if typed else Key.ENTER)
            case Key.BACKSPACE:
                typed = typed[:-1]
            case Key() as key:
                return key
            case char if not typed and is_instant(char):
                return char
            case char if char.isprintable() and len(typed) < LONGEST_ENTRY:
                typed += char
            case _:
                continue
        echo(typed)


def read_secret(next_key: Callable[[], Key | str]) -> str | Key:
    """Put single keys together to a passphrase, as `Reader.secret` has it."""
    typed = ""
    while True:
        match next_key():
            case Key.ENTER:
                return typed or Key.ENTER
            case Key.BACKSPACE:
                typed = typed[:-1]
            case Key() as key if not typed:
                return key
            case str() as char if char.isprintable() and len(typed) < LONGEST_ENTRY:
                typed += char
            case _:
                continue
