"""One quick look at every byte of a CSV file: what is in it that parsers read differently."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_CHUNK = 4 * 1024 * 1024
_OVERLAP = 2
"""Bytes of the chunk before, so that no pair or triple is cut in two."""

# A fast parser takes the space beside a quote away, and a cell is never trimmed.
_SPACE_AND_QUOTE = (b' "', b'" ', b'\t"', b'"\t')


@dataclass(frozen=True, slots=True)
class Survey:
    """What a CSV file holds."""

    has_quotes: bool
    has_blank_lines: bool
    lines: int
    """How many there are, blank ones among them; right where `is_plain`."""
    is_plain: bool
    """Every parser reads it alike: no NUL, one kind of line ending, no space beside a quote."""


def survey(path: Path, start: int = 0) -> Survey:
    """Look at every byte of a file from `start`, where its header ends.

    Raises:
        OSError: when it cannot be read.
    """
    has_quotes = has_blank_lines = is_odd = False
    endings: set[bytes] = set()
    lines = 0
    tail = b"\n"  # so that a blank first line counts
    with path.open("rb") as file:
        file.seek(start)
        while chunk := file.read(_CHUNK):
            if chunk.endswith(b"\r"):  # its line feed comes with the next chunk
                chunk += file.read(1)
            seen = tail + chunk
            lines += chunk.count(b"\n")
            has_quotes = has_quotes or b'"' in chunk
            has_blank_lines = has_blank_lines or b"\n\n" in seen or b"\n\r\n" in seen
            endings |= _line_endings(chunk)
            is_odd = is_odd or b"\0" in chunk
            is_odd = is_odd or (has_quotes and any(pair in seen for pair in _SPACE_AND_QUOTE))
            tail = seen[-_OVERLAP:]
    is_plain = not is_odd and endings in ({b"\n"}, {b"\r\n"}, set())
    return Survey(has_quotes, has_blank_lines, lines + (not tail.endswith(b"\n")), is_plain)


def _line_endings(chunk: bytes) -> set[bytes]:
    """Return the kinds of line ending in a chunk that does not end inside one."""
    if b"\r" not in chunk:
        return {b"\n"} if b"\n" in chunk else set()
    pairs = chunk.count(b"\r\n")
    alone = {b"\r": chunk.count(b"\r") - pairs, b"\n": chunk.count(b"\n") - pairs}
    return {ending for ending, times in alone.items() if times} | ({b"\r\n"} if pairs else set())
