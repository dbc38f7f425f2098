"""Bytes → the text of a YAML file, without characters that YAML readers disagree about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from moodcheck.core.data_model import Fault
from moodcheck.files.reading import MOST_BYTES
from moodcheck.loading.problems import MOST_REPORTED, START, Position, bad_data
from moodcheck.safe_text import unsafe_characters

REPLACEMENT = "\ufffd"
"""Stands for a character that cannot be seen."""

TAKE_IT_OUT = "Take it out"

_SAVE_AS_UTF_8 = "Save it again as UTF-8 in your editor"

_LINE_BREAK = re.compile("\r\n|\r|\n")
# What YAML forbids, what YAML 1.1 takes for a line break and an editor does not, and a byte order
# mark that is not at the very beginning.
_FORBIDDEN = (
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_DIRECTIVE = re.compile("^%", re.MULTILINE)


def decode(name: str, content: bytes) -> tuple[str, list[Fault]]:
    """Return the text of `content`, and the faults of single characters in it.

    In the text these characters are replaced one for one, so that reading can go on.

    Raises:
        BadData: when it is too large, not UTF-8, or empty.
    """
    text = _LINE_BREAK.sub("\n", _as_text(name, content))
    # Nothing printable is forbidden, and this test is cheaper than compiling the pattern.
    is_harmless = text.replace("\n", "").isprintable() or not re.search(_FORBIDDEN, text)
    if is_harmless and not _DIRECTIVE.search(text):
        return text, []
    lines = enumerate(text.split("\n"), start=1)
    faults = (fault for number, line in lines for fault in _line_faults(number, line))
    found = list(islice(faults, MOST_REPORTED + 1))
    # Thousands of %TAG lines would take the parser seconds; comments take none.
    return re.sub(_FORBIDDEN, REPLACEMENT, _DIRECTIVE.sub("#", text)), found


def _as_text(name: str, content: bytes) -> str:
    if len(content) > MOST_BYTES:
        what = f"the file is larger than {MOST_BYTES // 1024} KiB"
        raise bad_data(name, [Fault(START, what, "Leave something out")])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        what = "the file is not UTF-8 text; it looks like UTF-16, or is not text at all"
        raise bad_data(name, [Fault(START, what, _SAVE_AS_UTF_8)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _LINE_BREAK.split(error.object[: error.start].decode())
        position = Position(len(before), len(before[-1]) + 1)
        fault = Fault(position, "this is not UTF-8 text", _SAVE_AS_UTF_8)
        raise bad_data(name, [fault]) from None
    if not text.strip():
        raise bad_data(name, [Fault(START, "the file is empty", "Write something into it")])
    return text


def _line_faults(number: int, line: str) -> Iterator[Fault]:
    if found := re.search(_FORBIDDEN, line):
        position = Position(number, found.start() + 1)
        yield Fault(position, hidden(unsafe_characters(found.group())), TAKE_IT_OUT)
    if line[:1] == "%":
        what = "a line that starts with '%' is an instruction to the program that reads the file"
        yield Fault(Position(number, 1), what, "Take it away")


def hidden(unsafe: list[tuple[int, str]]) -> str:
    """Return what is wrong with a text in which `unsafe_characters` found some."""
    return f"there is an invisible character here: {unsafe[0][1]}"
