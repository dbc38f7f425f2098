"""Bytes → plain data and the place of every part of it, or every reason why not.

One pass over the parser's events. Nothing is constructed from tags, nothing is expanded from
aliases, and nothing calls itself, so no file can make it run long, deep or wild.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import yaml

from moodcheck.core.data_model import DataPath
from moodcheck.loading.building import Builder, Mark, Stop
from moodcheck.loading.decoding import decode
from moodcheck.loading.findings import START, Finding, Position, bad_data
from moodcheck.safe_text import safe_text

# The parser in C is ten times as fast; where PyYAML was built without it, the other one does.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_SYNTAX_MEND = "Look at the indentation, quotes, colons and brackets here and just before"
_TAB = "Write spaces where the line has tabs, and put text in quotes that starts with a sign"


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and where."""

    name: str
    """The name of the file, fit to show."""
    tree: dict[str, object]
    """Mappings, lists and values; every text in it is fit to show."""
    marks: Mapping[DataPath, Mark]
    """Where each value stands, and its key."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with it although the tree could be built."""
    spoiled: AbstractSet[DataPath] = frozenset()
    """The places of which nobody knows what was meant."""


def read_document(name: str, content: bytes) -> Document:
    """Return what the content of a YAML file says.

    What is wrong with single keys and values is left to the caller as `findings`, so that it
    can be told together with what is wrong with their meaning.

    Raises:
        BadData: when nothing can be made of the file as a whole; names every problem up to
            the place where reading stopped.
    """
    shown = safe_text(name)
    text, findings = decode(shown, content)
    builder = Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not builder.take(event):
                break
        tree = _mapping(builder)
    except Stop as stop:
        raise bad_data(shown, [*findings, *builder.findings, stop.finding]) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # The last two: a character beyond Unicode, to the parser in Python.
        raise bad_data(shown, [*findings, *builder.findings, _syntax(error)]) from None
    found = (*findings, *builder.findings)
    return Document(shown, tree, builder.marks, found, builder.spoiled)


def _mapping(builder: Builder) -> dict[str, object]:
    tree = builder.documents[0] if builder.documents else None
    if isinstance(tree, dict):
        return tree
    if tree is None and () not in builder.spoiled:
        raise Stop(Finding(START, "the file is empty", "Write something into it"))
    what = "the file does not start with a key"
    raise Stop(Finding(builder.marks[()].value, what, "Start with 'schema: 1'"))


def _syntax(error: Exception) -> Finding:
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    position = Position(mark.line + 1, mark.column + 1) if mark else START
    problem = getattr(error, "problem", None) or "a character that does not exist"
    mend = _TAB if "tab" in problem or "start any token" in problem else _SYNTAX_MEND
    if mark and began and began.line < mark.line:
        problem += f", in what begins on line {began.line + 1}"
    return Finding(position, f"the file cannot be read from here on: {problem}", mend)
