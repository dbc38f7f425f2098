"""One key or value of the file: what it is, and what is wrong with it by itself."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from yaml.events import CollectionStartEvent, Event, MappingStartEvent, NodeEvent, ScalarEvent

from moodcheck.core.data_model import Fault
from moodcheck.loading.decoding import REPLACEMENT, TAKE_IT_OUT, hidden
from moodcheck.loading.problems import START, Position, quoted
from moodcheck.safe_text import unsafe_characters

NO_KEY = REPLACEMENT
"""Stands for a key that is no text; no key that is one can be it."""

COMMA = "If it is the rest of a text with a comma, put that whole text in quotes"
"""The mend where a comma inside braces has cut a text in two."""

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

Words = tuple[str, str]
"""What is wrong, and the mend."""

_DIFFERENT = ("means different things to different programs", "Put it in quotes")
_TOO_LONG = (
    f"is a number of more than {MOST_DIGITS} digits",
    "Use a shorter one, or put it in quotes",
)
_NO_WORD = ("a key must be text", "Write it as one word")
_ALIAS = (
    "a word that starts with '*' refers to another place in the file",
    "Write out the text itself, or put it in quotes",
)
_ANCHOR = (
    "a word that starts with '&' gives this place a name",
    "Take it away, or put the text in quotes",
)
_TAG = (
    "a word that starts with '!' asks for a special type",
    "Take it away, or put the text in quotes",
)


class Node(NamedTuple):
    """A key, or a value; the parts of a list or a mapping come later."""

    value: object
    """Fit to show, where it is text."""
    faults: list[Fault]
    is_spoiled: bool
    """Nobody knows what was meant, so nothing else is said about it."""


def read_key(event: NodeEvent) -> tuple[str, Node]:
    """Return a key, `NO_KEY` where it is no text, and what is wrong with it."""
    at = position(event)
    if not isinstance(event, ScalarEvent):
        return NO_KEY, Node(NO_KEY, [Fault(at, *_NO_WORD)], is_spoiled=True)
    key, faults = _without_hidden(event.value, at, unbroken=event.value)
    faults += _properties(event)
    value, doubt = _scalar(event)
    if doubt is None and not isinstance(value, str):
        doubt = ("is not text", f"Put it in quotes. {COMMA}")
    if doubt is not None:
        what, mend = doubt
        faults.append(Fault(at, f"the key {quoted(key)} {what}", mend))
    return key, Node(key, faults, is_spoiled=doubt is not None or event.tag is not None)


def read_value(event: NodeEvent) -> Node:
    """Return a value, and what is wrong with it."""
    at = position(event)
    if isinstance(event, CollectionStartEvent):
        empty: object = {} if isinstance(event, MappingStartEvent) else []
        return Node(empty, _properties(event), is_spoiled=event.tag is not None)
    if not isinstance(event, ScalarEvent):
        return Node(None, [Fault(at, *_ALIAS)], is_spoiled=True)
    faults = _properties(event)
    value, doubt = _scalar(event)
    if doubt is not None:
        what, mend = doubt
        faults.append(Fault(at, f"this value {what}", mend))
    if isinstance(value, str):
        value, hidden_ones = _without_hidden(value, at, unbroken=value.replace("\n", " "))
        faults += hidden_ones
    return Node(value, faults, is_spoiled=doubt is not None or event.tag is not None)


def position(event: Event) -> Position:
    """Return where an event begins."""
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark else START


def _without_hidden(text: str, at: Position, *, unbroken: str) -> tuple[str, list[Fault]]:
    """Return `text` fit to show, and the fault if it was not: at most once a text."""
    if unbroken.isascii() and unbroken.isprintable():
        return text, []
    unsafe = unsafe_characters(unbroken)
    if not unsafe:
        return text, []
    characters = list(text)
    for index, _ in unsafe:
        characters[index] = REPLACEMENT
    return "".join(characters), [Fault(at, hidden(unsafe), TAKE_IT_OUT)]


def _properties(event: ScalarEvent | CollectionStartEvent) -> list[Fault]:
    anchor = [Fault(position(event), *_ANCHOR)] if event.anchor is not None else []
    tag = [Fault(position(event), *_TAG)] if event.tag is not None else []
    return anchor + tag


def _scalar(event: ScalarEvent) -> tuple[Scalar, Words | None]:
    # Without quotes the style is '' from the parser in C, and None from the one in Python.
    return (event.value, None) if event.style or event.tag else plain_value(event.value)


def plain_value(text: str) -> tuple[Scalar, Words | None]:
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
    """Return how `text` is written in YAML: without quotes where they are not needed.

    None for a text that no data file can hold: empty, too long, or with invisible characters.
    """
    if not text or len(text) > _LONGEST_NAME or unsafe_characters(text):
        return None
    is_plain = _PLAIN.fullmatch(text) and plain_value(text) == (text, None)
    return text if is_plain else json.dumps(text, ensure_ascii=False)
