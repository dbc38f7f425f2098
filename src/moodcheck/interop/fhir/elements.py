"""A part of a resource that is read strictly: every value has its type, every fault its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from moodcheck.errors import BadData, Problem
from moodcheck.safe_text import unsafe_characters

MOST_PROBLEMS = 50
"""How many problems of one resource are told."""

_LONGEST_TEXT = 2_000
_SPACES = re.compile(r"[ \t\r\n]+")  # and no other separator, which could hide something
_LONGEST_SHOWN = 80
_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "an array",
    dict: "an object",
}


class Element:
    """An object of a resource, where it stands, and the list that its problems go to."""

    def __init__(self, tree: Mapping[str, Any], place: str, problems: list[Problem]) -> None:
        self.tree = tree
        self.place = place
        self.problems = problems

    def at(self, key: str) -> str:
        """Return the place of what stands under a key."""
        return f"{self.place}.{key}" if self.place else key

    def refuse(self, what: str, mend: str, *, key: str = "") -> None:
        """Note a problem of this element, or of what stands under one of its keys."""
        self.problems.append(Problem(self.at(key) if key else self.place, what, mend))

    def text(self, key: str) -> str | None:
        """Return a text as one line; None where there is none, or none that can be used."""
        value = self._value(key, str)
        if value is None:
            return None
        line = " ".join(word for word in _SPACES.split(value) if word)
        if unsafe := unsafe_characters(line):
            what = f"there is an invisible character in this text: {unsafe[0][1]}"
            self.refuse(what, "Take it out", key=key)
            return None
        if len(line) > _LONGEST_TEXT:
            what = f"this text is longer than {_LONGEST_TEXT:,} characters"
            self.refuse(what, "Shorten it", key=key)
            return None
        return line or None

    def flag(self, key: str) -> bool:
        """Return whether it says true; nothing is false."""
        return self._value(key, bool) is True

    def number(self, key: str) -> int | float | None:
        """Return a number; None where there is none."""
        value = self.tree.get(key)
        if type(value) in {int, float}:
            return value
        self._refuse_type(key, value, "a number")
        return None

    def element(self, key: str) -> Element | None:
        """Return the object under a key."""
        value = self._value(key, dict)
        return None if value is None else Element(value, self.at(key), self.problems)

    def elements(self, key: str) -> Iterator[Element]:
        """Yield the objects of the array under a key."""
        value = self._value(key, list)
        for position, one in enumerate(value or ()):
            place = f"{self.at(key)}[{position}]"
            if isinstance(one, dict):
                yield Element(one, place, self.problems)
            else:
                what = f"this must be an object, and is {_KINDS[type(one)]}"
                self.problems.append(Problem(place, what, "Compare it with FHIR R4"))

    def extensions(self, *urls: str) -> Iterator[Element]:
        """Yield the extensions of one of these urls."""
        for one in self.elements("extension"):
            if one.tree.get("url") in urls:
                yield one

    def _value(self, key: str, kind: type) -> Any:  # noqa: ANN401 - the caller names its type
        value = self.tree.get(key)
        # `True` is an int to Python, and a flag is no number.
        if type(value) is kind:
            return value
        self._refuse_type(key, value, _KINDS[kind])
        return None

    def _refuse_type(self, key: str, value: object, wanted: str) -> None:
        if key in self.tree:
            what = f"this must be {wanted}, and is {_KINDS[type(value)]}"
            self.refuse(what, "Compare it with FHIR R4", key=key)


def quoted(name: str) -> str:
    """Return a name from a resource as messages show it: in quotes, and not too long."""
    return f"'{name[:_LONGEST_SHOWN]}{'…' if len(name) > _LONGEST_SHOWN else ''}'"


def refuse(shown: str, kind: str, problems: list[Problem]) -> None:
    """Raise BadData with the problems of a file, if there are any.

    Args:
        shown: the name of the file.
        kind: what it would have been, as `FHIR Questionnaire`.
        problems: each with its place in the file.
    """
    if not problems:
        return
    told = problems[:MOST_PROBLEMS]
    if left := len(problems) - len(told):
        told.append(Problem("", f"and {left} more", "Fix these first"))
    raise BadData(f"{shown} cannot be used as a {kind}", problems=told)
