"""Output that stays readable on a terminal or pipe that cannot show every character."""

from __future__ import annotations

import codecs
import sys
import unicodedata
from io import TextIOWrapper

_NAME = "moodcheck.readable"

_STAND_INS = str.maketrans(
    {
        "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "•": "*",
        "·": "-", "→": "->", "←": "<-", "╌": ".", "─": "-", "━": "=", "│": "|",
        "┃": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "\xa0": " ",
        "▁": "_", "▂": ".", "▃": ".", "▄": ":", "▅": ":", "▆": "#", "▇": "#", "█": "#",
    }
)  # fmt: skip


def make_streams_readable() -> None:
    """Let stdout and stderr write a stand-in for what their encoding lacks, and never fail."""
    codecs.register_error(_NAME, _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_NAME)


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return ascii_stand_in(error.object[error.start : error.end]), error.end


def ascii_stand_in(text: str) -> str:
    """Return `text` in ASCII: accents dropped, lines and bars drawn with signs, else `?`."""
    plain = unicodedata.normalize("NFKD", text.translate(_STAND_INS))
    without_marks = "".join(char for char in plain if not unicodedata.combining(char))
    return without_marks.encode("ascii", "replace").decode("ascii")
