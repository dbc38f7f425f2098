"""A form that the names of several columns have: a pattern, in which signs stand for texts.

`{same}` stands for one that is the same in all of them, `{number}` for a number, `{any}` for any
text that is not empty. Each takes as little as it can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from moodcheck.errors import did_you_mean

_SIGN = re.compile(r"\{(\w*)\}")
_SIGNS = ("same", "number", "any")
_NUMBER = "(?P<number>[0-9]{1,9})"


def pattern_fault(pattern: str) -> tuple[str, str] | None:
    """Return what is wrong with a pattern, and the mend; None where nothing is."""
    signs = _SIGN.findall(pattern)
    known = [f"{{{sign}}}" for sign in _SIGNS]
    for sign in signs:
        if sign not in _SIGNS:
            hint = did_you_mean(f"{{{sign}}}", known)
            return f"'{{{sign}}}' stands for nothing here", f"{hint}Use {', '.join(known)}"
    if signs.count("number") > 1:
        return "'{number}' stands in it twice", "Keep one of the two"
    if not {"number", "any"} & {*signs}:
        return "it tells no two columns apart", "Use {number} or {any} where they differ"
    return None


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Names that have the same texts where a pattern asks for that."""

    pattern: str
    """The pattern with these texts in it."""
    names: tuple[tuple[int | None, str], ...]
    """The number of each, if it has one, and the name, in the order in which they came."""

    def fits(self, count: int) -> bool:
        """Return whether these are so many, all different, numbered from 1 if they have numbers."""
        numbers = [number for number, _name in self.names if number is not None]
        is_numbered = not numbers or sorted(numbers) == [*range(1, count + 1)]
        return is_numbered and len(self.names) == len({*self.names}) == count

    def in_order(self) -> list[str]:
        """Return the names by their numbers, or else as they came."""
        return [name for _number, name in sorted(self.names, key=lambda one: one[0] or 0)]


def groups(pattern: str, names: Sequence[str]) -> list[NameGroup]:
    """Return the names that a pattern without fault fits, the largest group first."""
    form = _Form(pattern)
    found: dict[str, list[tuple[int | None, str]]] = {}
    for name in names:
        if (read := form.read(name)) is not None:
            filled, number = read
            found.setdefault(filled, []).append((number, name))
    made = [NameGroup(filled, tuple(numbered)) for filled, numbered in found.items()]
    return sorted(made, key=lambda group: -len(group.names))


@dataclass(frozen=True)
class _Form:
    """A pattern, read once.

    Between two signs for texts the first place is taken where what stands there fits. That decides
    every name in one pass, where a regular expression of the whole could take minutes for a name
    that somebody made for it.
    """

    pattern: str

    @cached_property
    def _parts(self) -> tuple[list[re.Pattern[str]], list[str]]:
        """What stands before, between and after the signs for texts; and these signs."""
        literal, *rest = _SIGN.split(self.pattern)
        parts, signs = [re.escape(literal)], []
        for sign, text in zip(rest[::2], rest[1::2], strict=True):
            if sign == "number":
                parts[-1] += _NUMBER + re.escape(text)
            else:
                signs.append(sign)
                parts.append(re.escape(text))
        parts[-1] += r"\Z"
        return [re.compile(part) for part in parts], signs

    def read(self, name: str) -> tuple[str, int | None] | None:
        """Return the pattern with the texts of `{same}` in it, and the number of this name."""
        (first, *parts), signs = self._parts
        if not (found := first.match(name)):
            return None
        number, same, end = found.groupdict().get("number"), [], found.end()
        for sign, part in zip(signs, parts, strict=True):
            found = part.search(name, end + (sign == "any"))
            if found is None:
                return None
            same += [name[end : found.start()]] if sign == "same" else []
            number, end = found.groupdict().get("number") or number, found.end()
        return self._filled(iter(same)), None if number is None else int(number)

    def _filled(self, same: Iterator[str]) -> str:
        return _SIGN.sub(lambda sign: next(same) if sign[1] == "same" else sign[0], self.pattern)
