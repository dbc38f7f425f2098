"""A JSON array of records → the same records as JSON Lines, one after the other."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import BinaryIO

from moodcheck.batch.tables.strict_csv import LONGEST
from moodcheck.errors import BadData

BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*\[[ \t\r\n]*[{\]]")
"""How an array of records begins."""

_CHUNK = 1024 * 1024
_BLANK = rb"[ \t\r\n]*"
_TEXT = rb'"(?:[^"\\]|\\[\s\S])*"'
_FLAT = re.compile(rb'%s(\{[^{}\[\]"]*(?:%s[^{}\[\]"]*)*\})%s([,\]])' % (_BLANK, _TEXT, _BLANK))
"""An object that holds no other, and what follows it: nearly every element of nearly every file."""

_SIGN = re.compile(_TEXT + rb"|[{}\[\],]")
_TEXT_OR_BREAK = re.compile(_TEXT + rb"|\n")
_UNSEEN = b"\x1f"


def array_lines(file: BinaryIO, shown: str, *, is_whole: bool) -> Generator[bytes]:
    """Yield each element of an array as a line; what kind of value it is, its reader tells.

    Args:
        file: stands at its beginning.
        shown: what messages call it.
        is_whole: whether the array has to end in it.

    Raises:
        BadData: when it is no array, or does not end, or an element is longer than a record may be.
    """
    content = file.read(_CHUNK)
    at = content.find(b"[") + 1
    if content[at : at + _CHUNK].lstrip().startswith(b"]"):
        at = content.index(b"]") + 1
    else:
        while True:
            element = _FLAT.match(content, at)
            if element is None and len(content) - at <= LONGEST and (more := file.read(_CHUNK)):
                content, at = content[at:] + more, 0
                continue
            line, ending, at = (
                (element[1], element[2], element.end())
                if element is not None
                else _any_element(content, at, shown, is_whole=is_whole)
            )
            if not ending:
                return
            yield _in_one_line(line) + b"\n"
            if ending == b"]":
                break
    rest = content[at:]
    while rest:
        if rest.strip(b" \t\r\n"):
            raise _no_array(shown, "something follows its end")
        rest = file.read(_CHUNK)


def _any_element(
    content: bytes, at: int, shown: str, *, is_whole: bool
) -> tuple[bytes, bytes, int]:
    """Return the element that begins there, what follows it, and where the next one begins."""
    depth = 0
    for sign in _SIGN.finditer(content, at):
        match sign[0]:
            case b"{" | b"[":
                depth += 1
            case b"," | b"]" if not depth:
                line = content[at : sign.start()].strip(b" \t\r\n")
                if not line:
                    raise _no_array(shown, "a comma has nothing beside it")
                return line, sign[0], sign.end()
            case b"}" | b"]":
                depth -= 1
    if len(content) - at > LONGEST:
        raise _no_array(shown, f"a record has over {LONGEST:,} bytes, or never ends")
    if is_whole:
        raise _no_array(shown, "it ends too early")
    return b"", b"", at


def _in_one_line(element: bytes) -> bytes:
    """Return an element without line feeds; one inside a text, which none may have, stays wrong."""
    if b"\n" not in element:
        return element
    return _TEXT_OR_BREAK.sub(
        lambda found: b" " if found[0] == b"\n" else found[0].replace(b"\n", _UNSEEN), element
    )


def _no_array(shown: str, why: str) -> BadData:
    return BadData(
        f"{shown} is no JSON array of records: {why}, and nothing was scored",
        mend="Export it again, or write one record a line (JSON Lines)",
    )
