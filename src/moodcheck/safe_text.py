"""Outside text made fit to show: it can never move the cursor, colour, link, hide or reorder."""

from __future__ import annotations

import unicodedata

_JOINERS = frozenset("\u200c\u200d")
# Printable by Unicode's rules, yet they look like nothing, so text could hide behind them.
_BLANK_LOOKING = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5")
# Enough for every living script; a longer run only paints over the neighbouring lines.
_MOST_MARKS_IN_A_ROW = 4


def safe_text(text: str) -> str:
    r"""Return `text` as one line in which every dangerous character is spelled out.

    Control, format, bidirectional, blank-looking and unpaired surrogate characters become
    visible escapes such as `\x1b` or `\u202e`; so does a flood of combining marks. The two
    joiners that Persian and the Indic scripts need stay between two letters of such a script.
    """
    if text.isascii() and text.isprintable():
        return text
    dangerous = dict(unsafe_characters(text))
    return "".join(_spelled_out(char) if i in dangerous else char for i, char in enumerate(text))


def safe_lines(text: str) -> str:
    """Return `text` like `safe_text` does, keeping its line breaks."""
    return "\n".join(safe_text(line) for line in text.split("\n"))


def unsafe_characters(text: str) -> list[tuple[int, str]]:
    """Return the position and the name of every character that `safe_text` would spell out."""
    found, marks, can_be_joined = [], 0, False
    for position, char in enumerate(text):
        if char in _JOINERS:
            # A joiner does not end a run of marks, or it could hide a flood of them.
            is_safe = can_be_joined and _joins(text[position + 1 :][:1], marks)
        else:
            marks = marks + 1 if _is_mark(char) else 0
            is_safe = char.isprintable() and char not in _BLANK_LOOKING
            is_safe = is_safe and marks <= _MOST_MARKS_IN_A_ROW
        can_be_joined = is_safe and _is_joinable(char)
        if not is_safe:
            name = unicodedata.name(char, "control character")
            found.append((position, f"U+{ord(char):04X} {name.lower()}"))
    return found


def _joins(following: str, marks: int) -> bool:
    """Return whether a joiner may stand before what follows it, after so many marks."""
    if not following or not _is_joinable(following):
        return False
    return marks < _MOST_MARKS_IN_A_ROW or not _is_mark(following)


def _is_joinable(char: str) -> bool:
    is_letter_or_mark = unicodedata.category(char)[0] in "LM"
    return is_letter_or_mark and not char.isascii() and char not in _BLANK_LOOKING


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me"}


def _spelled_out(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
