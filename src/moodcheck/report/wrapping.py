"""Lines that fit: broken at spaces, measured in terminal cells, never inside a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

NARROWEST = 18
"""Columns, for a window of 20 with margins; a narrower window is wrapped for as if it had them."""

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?]) +(?=\S)")

_NO_BREAK = "\xa0"
"""Stands for a space where no line may end; shown as a space."""

_WITHIN_A_NUMBER = re.compile(
    "(?<=[0-9]) (?=[0-9])|(?<=[0-9],) (?=option [0-9])|(?<=[0-9], option) (?=[0-9])"
)
"""Spaces in what people dial and choose; those of a date with its time as well."""

JOINERS = "\u200c\u200d"
"""Written between letters that are joined, or kept from joining; no cell wide."""


def wrapped(line: str, width: int) -> str:
    """Return `line` broken into lines of at most `width` cells.

    What starts indented goes on two columns further in. A word that is longer than a line is
    broken between characters, marks and joined letters kept together.
    """
    indent = line[: len(line) - len(line.lstrip(" "))]
    further = f"{indent}  " if indent else ""
    line = _WITHIN_A_NUMBER.sub(_NO_BREAK, line)
    room = max(1, width - len(further))
    words = [piece for word in line.split(" ") if word for piece in _pieces(word, room)]
    lines = [words[0] if words else ""]
    for word in words[1:]:
        joined = f"{lines[-1]} {word}"
        if cell_len(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return f"\n{further}".join([indent + lines[0], *lines[1:]]).replace(_NO_BREAK, " ")


def wrapped_by_sentence(line: str, width: int) -> str:
    """Return `line` broken as `wrapped` does, but between sentences where they fit in a line.

    Read aloud line by line, a sentence that is broken sounds like two.
    """
    indent = line[: len(line) - len(line.lstrip(" "))]
    lines: list[str] = []
    for sentence in _BETWEEN_SENTENCES.split(line.lstrip(" ")):
        joined = f"{lines[-1]} {sentence}" if lines else indent + sentence
        if not lines or cell_len(joined.rpartition("\n")[2]) > width:
            lines.append(wrapped(indent + sentence, width))
        else:
            lines[-1] = joined
    return "\n".join(lines).replace(_NO_BREAK, " ")


def _pieces(word: str, room: int) -> Iterator[str]:
    """Yield a word in pieces of at most `room` cells."""
    if cell_len(word) <= room:
        yield word
        return
    piece = ""
    for cluster in clusters(word):
        if piece and cell_len(piece + cluster) > room:
            yield piece
            piece = ""
        piece += cluster
    yield piece


def clusters(word: str) -> Iterator[str]:
    """Yield the characters of a word, each with what hangs on it."""
    cluster = word[:1]
    for char in word[1:]:
        if cell_len(char) == 0 or char in JOINERS or cluster[-1] in JOINERS:
            cluster += char
        else:
            yield cluster
            cluster = char
    yield cluster
