"""A value written without quotes → what it is, and whether other programs agree."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from moodcheck.safe_text import unsafe_characters

Scalar = str | int | float | bool | None

MOST_DIGITS = 18
"""How many digits a number may have."""

_WORDS: dict[str, bool | None] = {
    "": None,
    **dict.fromkeys(("~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*( [A-Za-z0-9_.-]+)*")
_LONGEST_NAME = 1_000
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# Everything that YAML 1.1, YAML 1.2 or a common reader of either takes for more than text.
_READ_DIFFERENTLY = re.compile(
    r"""
      (?i: y | yes | n | no | on | off )
    | [-+]? (?: 0b[01_]+ | 0o[0-7_]+ | 0x[0-9a-fA-F_]+ )
    | [-+]? (?: \.[0-9_]+ | [0-9][0-9_]*(?:\.[0-9_]*)? ) (?: [eE][-+]?[0-9]+ )?
    | [-+]? [1-9][0-9_]* (?: :[0-5]?[0-9] )+
    | [-+]? [0-9][0-9_]* (?: :[0-5]?[0-9] )+ \.[0-9_]*
    | [-+]? \. (?i: inf ) | \. (?i: nan )
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} (?: [Tt\ ] [\ ]{0,9} [0-9:.]{4,30} [\ ]{0,9} [-+Z0-9:]{0,9} )?
    | << | =
    """,
    re.VERBOSE,
)


class Doubt(NamedTuple):
    """Why a value must be written in another way."""

    what: str
    mend: str


_DIFFERENT = Doubt("means different things to different programs", "Put it in quotes")
_TOO_LONG = Doubt(
    f"is a number of more than {MOST_DIGITS} digits", "Use a shorter one, or put it in quotes"
)


def plain_value(text: str) -> tuple[Scalar, Doubt | None]:
    """Return what a value without quotes is, and the doubt about it, if there is one.

    Numbers, true, false, null and text are told apart as in YAML 1.2; a date stays text. What
    YAML 1.1 or other readers take for something else is text here, and doubtful.
    """
    if text in _WORDS:
        return _WORDS[text], None
    if text[:1].isalpha() and len(text) > len("yes"):
        return text, None
    is_whole = bool(_WHOLE_NUMBER.fullmatch(text))
    if is_whole or _DECIMAL.fullmatch(text):
        if sum(char.isdigit() for char in text) > MOST_DIGITS:
            return text, _TOO_LONG
        return (int(text) if is_whole else float(text)), None
    if _READ_DIFFERENTLY.fullmatch(text) and not _DATE.fullmatch(text):
        return text, _DIFFERENT
    return text, None


def written(text: str) -> str | None:
    """Return `text` as YAML reads it back, without quotes where that is safe.

    None for what no map can say: an empty name, one that is too long, or that hides something.
    """
    if not text or len(text) > _LONGEST_NAME or unsafe_characters(text):
        return None
    is_plain = _PLAIN.fullmatch(text) and plain_value(text) == (text, None)
    return text if is_plain else json.dumps(text, ensure_ascii=False)
