"""Bytes → plain data and the place of every part of it, or every reason why not.

One pass over the parser's events. No tag is constructed, no alias is expanded, and nothing is
recursive, so that time and memory are bounded for every file.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
)

from moodcheck.core.data_model import DataPath, Fault
from moodcheck.loading.decoding import decode
from moodcheck.loading.nodes import NO_KEY, Node, position, read_key, read_value
from moodcheck.loading.problems import START, Position, bad_data, quoted

MOST_LEVELS = 32
"""How deep lists and keys may be nested."""

MOST_VALUES = 10_000
"""How many keys and values a file may have; 500 items with all their texts have fewer."""

# The parser in C is ten times as fast; where PyYAML was built without it, the other one does.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_SYNTAX_MEND = "Look at the indentation, quotes, colons and brackets here and just before"
_TAB = "Write spaces where the line has tabs, and put text in quotes that starts with a sign"


class Mark(NamedTuple):
    """Where a value stands, and the key before it; without a key, twice the same."""

    key: Position
    value: Position


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and where."""

    name: str
    """The name of the file, fit to show."""
    tree: dict[str, object]
    """Mappings, lists and values; every text in it is fit to show."""
    marks: Mapping[DataPath, Mark]
    """Where each value stands, and its key."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with it although the tree could be built."""
    spoiled: AbstractSet[DataPath] = frozenset()
    """The places where nobody knows what was meant."""

    def position(self, path: DataPath, *, is_key: bool = False) -> Position:
        """Return where the value at a path begins, or its key.

        What is missing has no place of its own: what it is missing from has one.
        """
        if path not in self.marks:
            return self.position(path[:-1])
        mark = self.marks[path]
        return mark.key if is_key else mark.value


def read_document(name: str, content: bytes) -> Document:
    """Return the document in the content of a YAML file.

    Faults of single keys and values are left to the caller, who reports them together with
    what is wrong with their meaning.

    Raises:
        BadData: when nothing can be made of the file as a whole; names every problem up to
            the place where reading stopped.
    """
    text, faults = decode(name, content)
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not builder.take(event):
                break
        tree = _mapping(builder)
    except _Stop as stop:
        raise bad_data(name, [*faults, *builder.faults, stop.fault]) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # The last two: a character beyond Unicode, to the parser in Python.
        raise bad_data(name, [*faults, *builder.faults, _syntax(error)]) from None
    found = (*faults, *builder.faults)
    return Document(name, tree, builder.marks, found, builder.spoiled)


def _mapping(builder: _Builder) -> dict[str, object]:
    tree = builder.documents[0] if builder.documents else None
    if isinstance(tree, dict):
        return tree
    if tree is None and () not in builder.spoiled:
        raise _Stop(Fault(START, "the file is empty", "Write something into it"))
    what = "the file does not start with a key"
    raise _Stop(Fault(builder.marks[()].value, what, "Start with 'schema: 1'"))


def _syntax(error: Exception) -> Fault:
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    position = Position(mark.line + 1, mark.column + 1) if mark else START
    problem = getattr(error, "problem", None) or "a character that does not exist"
    mend = _TAB if "tab" in problem or "start any token" in problem else _SYNTAX_MEND
    if mark and began and began.line < mark.line:
        problem += f", in what begins on line {began.line + 1}"
    return Fault(position, f"the file cannot be read from here on: {problem}", mend)


class _Stop(Exception):
    """The rest of the file cannot be read; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(slots=True)
class _Open:
    """A list or a mapping that has begun and not ended."""

    node: dict[str, object] | list[object]
    path: DataPath | None
    """None for what is around the whole document."""
    key: str | None = None
    """In a mapping: the key whose value comes next."""
    key_position: Position = START
    is_key: bool = False
    """It stands where a key belongs, so no value ends with it."""

    def path_of_next(self) -> DataPath:
        if self.path is None:
            return ()
        return (*self.path, len(self.node) if self.key is None else self.key)

    def put(self, value: object) -> None:
        if isinstance(self.node, list):
            self.node.append(value)
        else:
            # Of two equal keys, the first counts.
            self.node.setdefault(NO_KEY if self.key is None else self.key, value)


class _Builder:
    """Makes a tree of the parser's events, one after the other."""

    def __init__(self) -> None:
        self.documents: list[object] = []
        """The content of the first document, once it has begun."""
        self.marks: dict[DataPath, Mark] = {}
        self.faults: list[Fault] = []
        self.spoiled: set[DataPath] = set()
        """As in `Document`."""
        self._open = [_Open(self.documents, None)]
        self._values = 0

    def take(self, event: Event) -> bool:
        """Take the next event and return whether the ones after it matter.

        Raises:
            _Stop: when the rest of the file cannot be understood.
        """
        match event:
            case DocumentStartEvent() if self.documents:
                what = "a second document starts here"
                self.faults.append(Fault(position(event), what, "Keep one document in a file"))
                return False
            case NodeEvent():
                self._count(event)
                self._begin(event)
            case CollectionEndEvent():
                if not self._open.pop().is_key:
                    self._open[-1].key = None
        return True

    def _count(self, event: NodeEvent) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            what = f"the file has more than {MOST_VALUES:,} keys and values"
            raise _Stop(Fault(position(event), what, "Leave something out"))

    def _begin(self, event: NodeEvent) -> None:
        around = self._open[-1]
        if isinstance(around.node, dict) and around.key is None:
            self._key(around, event)
        else:
            self._value(around, event)

    def _key(self, around: _Open, event: NodeEvent) -> None:
        around.key, node = read_key(event)
        around.key_position = position(event)
        path = around.path_of_next()
        self._note(path, node)
        if path in self.marks and around.key != NO_KEY:
            first = self.marks[path].key.line
            what = f"the key {quoted(around.key)} appears twice; it is already on line {first}"
            self.faults.append(Fault(around.key_position, what, "Keep one of the two"))
        if isinstance(event, CollectionStartEvent):
            self._descend(_Open([], path, is_key=True), event)

    def _value(self, around: _Open, event: NodeEvent) -> None:
        path, at = around.path_of_next(), position(event)
        self.marks.setdefault(path, Mark(at if around.key is None else around.key_position, at))
        node = read_value(event)
        self._note(path, node)
        around.put(node.value)
        if isinstance(node.value, dict | list):
            self._descend(_Open(node.value, path), event)
        else:
            around.key = None

    def _descend(self, inner: _Open, event: NodeEvent) -> None:
        if len(self._open) > MOST_LEVELS:
            what = f"lists and keys are nested more than {MOST_LEVELS} levels deep"
            raise _Stop(Fault(position(event), what, "Make it flatter"))
        self._open.append(inner)

    def _note(self, path: DataPath, node: Node) -> None:
        self.faults += node.faults
        if node.is_spoiled:
            self.spoiled.add(path)
