"""The keys that write nothing."""

from __future__ import annotations

from enum import Enum, auto


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
"""Characters; what is typed beyond that is not taken."""
