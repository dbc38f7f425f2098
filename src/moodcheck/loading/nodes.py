"""One key or value of the file → what it is, and what is wrong with it by itself."""

from __future__ import annotations

from typing import NamedTuple

from yaml.events import CollectionStartEvent, MappingStartEvent, NodeEvent, ScalarEvent

from moodcheck.loading.decoding import REPLACEMENT, TAKE_IT_OUT, hidden
from moodcheck.loading.findings import quoted
from moodcheck.loading.scalars import Doubt, Scalar, plain_value
from moodcheck.safe_text import unsafe_characters

NO_KEY = REPLACEMENT
"""Stands for a key that is no text; no key that is one can be it."""

COMMA = "If it is the rest of a text with a comma, put that whole text in quotes"
"""The mend where a comma inside braces has cut a text in two."""


class Complaint(NamedTuple):
    """What is wrong with a key or a value, and the mend."""

    what: str
    mend: str
    spoils: bool = False
    """Nobody knows what was meant, so whatever else seems wrong with it says nothing."""


_ALIAS = Complaint(
    "a word that starts with '*' refers to another place in the file",
    "Write out the text itself, or put it in quotes",
    spoils=True,
)
_ANCHOR = Complaint(
    "a word that starts with '&' gives this place a name", "Take it away, or put the text in quotes"
)
_TAG = Complaint(
    "a word that starts with '!' asks for a special type",
    "Take it away, or put the text in quotes",
    spoils=True,
)
_NOT_A_WORD = Complaint("a key must be text", "Write it as one word", spoils=True)


def read_key(event: NodeEvent) -> tuple[str, list[Complaint]]:
    """Return the key, fit to show, and what is wrong with it."""
    if not isinstance(event, ScalarEvent):
        return NO_KEY, [_NOT_A_WORD]
    key, complaints = _without_hidden(event.value, unbroken=event.value)
    complaints += _properties(event)
    value, doubt = _scalar(event)
    if doubt is None and not isinstance(value, str):
        doubt = Doubt("is not text", f"Put it in quotes. {COMMA}")
    if doubt is not None:
        complaints.append(Complaint(f"the key {quoted(key)} {doubt.what}", doubt.mend, spoils=True))
    return key, complaints


def read_value(event: NodeEvent) -> tuple[object, list[Complaint]]:
    """Return the value, its text fit to show, and what is wrong with it.

    A list or a mapping is empty: its parts come later.
    """
    if isinstance(event, CollectionStartEvent):
        return ({} if isinstance(event, MappingStartEvent) else []), _properties(event)
    if not isinstance(event, ScalarEvent):
        return None, [_ALIAS]
    complaints = _properties(event)
    value, doubt = _scalar(event)
    if doubt is not None:
        complaints.append(Complaint(f"this value {doubt.what}", doubt.mend, spoils=True))
    if not isinstance(value, str):
        return value, complaints
    text, hidden_ones = _without_hidden(value, unbroken=value.replace("\n", " "))
    return text, complaints + hidden_ones


def _without_hidden(text: str, *, unbroken: str) -> tuple[str, list[Complaint]]:
    """Return `text` fit to show, and the complaint if it was not: at most once a text."""
    if unbroken.isascii() and unbroken.isprintable():
        return text, []
    unsafe = unsafe_characters(unbroken)
    if not unsafe:
        return text, []
    characters = list(text)
    for position, _ in unsafe:
        characters[position] = REPLACEMENT
    return "".join(characters), [Complaint(hidden(unsafe), TAKE_IT_OUT)]


def _properties(event: ScalarEvent | CollectionStartEvent) -> list[Complaint]:
    anchor = [_ANCHOR] if event.anchor is not None else []
    tag = [_TAG] if event.tag is not None else []
    return anchor + tag


def _scalar(event: ScalarEvent) -> tuple[Scalar, Doubt | None]:
    # Without quotes the style is '' from the parser in C, and None from the one in Python.
    return (event.value, None) if event.style or event.tag else plain_value(event.value)
