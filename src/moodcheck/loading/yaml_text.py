"""Plain data → YAML as people write it, which the loader reads back as the same."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from moodcheck.loading.nodes import written
from moodcheck.safe_text import unsafe_characters

WIDEST = 98
"""The longest line, but for a word that is longer."""

_STEP = 2
_HALF = re.compile("[\ud800-\udfff]")

Tree = dict[str, Any]
"""A mapping of such data."""


def yaml_lines(key: str, value: object, indent: int = 0) -> Iterator[str]:
    """Yield a key with its value: on one line where that reads well, else below each other.

    Args:
        key: as it is written.
        value: of texts, numbers, true and false, and of lists and mappings of them.
        indent: how many spaces stand before each line.
    """
    start = f"{' ' * indent}{key}:"
    short = _flow(value)
    if isinstance(value, str) and _is_long(value, len(start) + len(short)):
        space = " " * (indent + _STEP)
        yield f"{start} >-"
        yield from textwrap.wrap(
            value, WIDEST, initial_indent=space, subsequent_indent=space,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
    elif isinstance(value, dict) and value and key != "codes":
        yield start
        yield from _mapping(value, indent + _STEP)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield start
        for entry in value:
            yield from _entry(entry, indent + _STEP)
    else:
        yield f"{start} {short}"


def _mapping(tree: Tree, indent: int) -> Iterator[str]:
    for key, value in tree.items():
        yield from yaml_lines(key, value, indent)


def _entry(tree: Tree, indent: int) -> Iterator[str]:
    """Yield an entry of a list: what people edit a key a line, the rest on one line."""
    short, space = _flow(tree), " " * indent
    has_parts = any(isinstance(value, list) for value in tree.values())
    if "text" not in tree and not has_parts and indent + len(short) <= WIDEST:
        yield f"{space}- {short}"
        return
    first, *others = _mapping(tree, indent + _STEP)
    yield f"{space}- {first.lstrip()}"
    yield from others


def _is_long(text: str, cells: int) -> bool:
    """Return whether a text is folded: it would not fit, and folding changes nothing in it."""
    return cells >= WIDEST and " ".join(text.split()) == text and not unsafe_characters(text)


def _flow(value: object) -> str:
    if isinstance(value, str):
        return written(value) or json.dumps(value, ensure_ascii=_needs_escapes(value))
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    # With an exponent, programs would disagree about what a number is.
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) else json.dumps(value)


def _needs_escapes(text: str) -> bool:
    # YAML has no escape for half of a character, which no file can hold.
    return bool(unsafe_characters(text)) and not _HALF.search(text)
