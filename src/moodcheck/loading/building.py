"""The parser's events → plain data, with the place of every key and value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
)

from moodcheck.core.data_model import DataPath
from moodcheck.loading.findings import START, Finding, Position, quoted
from moodcheck.loading.nodes import NO_KEY, Complaint, read_key, read_value

MOST_LEVELS = 32
"""How deep lists and keys may stand in each other."""

MOST_VALUES = 10_000
"""How many keys and values a file may have; 500 items with all their texts have fewer."""


class Mark(NamedTuple):
    """Where a value stands, and the key before it; without a key, twice the same."""

    key: Position
    value: Position


class Stop(Exception):
    """Reading on makes no sense: `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


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
    """It stands where a key should stand, so it has no value to end."""

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


class Builder:
    """Takes the events of one file, one after the other."""

    def __init__(self) -> None:
        self.documents: list[object] = []
        """The content of the first document, once it has begun."""
        self.marks: dict[DataPath, Mark] = {}
        self.findings: list[Finding] = []
        self.spoiled: set[DataPath] = set()
        """The places of which nobody knows what was meant."""
        self._open = [_Open(self.documents, None)]
        self._values = 0

    def take(self, event: Event) -> bool:
        """Take the next event and return whether the ones after it matter.

        Raises:
            Stop: when the rest of the file cannot be understood.
        """
        match event:
            case DocumentStartEvent() if self.documents:
                what = "a second document starts here"
                self.findings.append(Finding(position(event), what, "Keep one document in a file"))
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
            raise Stop(Finding(position(event), what, "Leave something out"))

    def _begin(self, event: NodeEvent) -> None:
        around = self._open[-1]
        if isinstance(around.node, dict) and around.key is None:
            self._key(around, event)
        else:
            self._value(around, event)

    def _key(self, around: _Open, event: NodeEvent) -> None:
        around.key, complaints = read_key(event)
        around.key_position = position(event)
        path = around.path_of_next()
        self._complain(path, around.key_position, complaints)
        if path in self.marks and around.key != NO_KEY:
            first = self.marks[path].key.line
            what = f"the key {quoted(around.key)} appears twice; it is already on line {first}"
            self.findings.append(Finding(around.key_position, what, "Keep one of the two"))
        if isinstance(event, CollectionStartEvent):
            self._descend(_Open([], path, is_key=True), event)

    def _value(self, around: _Open, event: NodeEvent) -> None:
        path, at = around.path_of_next(), position(event)
        self.marks.setdefault(path, Mark(at if around.key is None else around.key_position, at))
        value, complaints = read_value(event)
        self._complain(path, at, complaints)
        around.put(value)
        if isinstance(value, dict | list):
            self._descend(_Open(value, path), event)
        else:
            around.key = None

    def _descend(self, inner: _Open, event: NodeEvent) -> None:
        if len(self._open) > MOST_LEVELS:
            what = f"lists and keys are nested more than {MOST_LEVELS} levels deep"
            raise Stop(Finding(position(event), what, "Make it flatter"))
        self._open.append(inner)

    def _complain(self, path: DataPath, at: Position, complaints: list[Complaint]) -> None:
        for complaint in complaints:
            self.findings.append(Finding(at, complaint.what, complaint.mend))
            if complaint.spoils:
                self.spoiled.add(path)


def position(event: Event) -> Position:
    """Return where an event begins."""
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark else START
