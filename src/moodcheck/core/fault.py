"""A fault of a data file: the place, what is wrong, the mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_NAMED = 24
"""How many names one message lists."""

Path = tuple[str | int, ...]
"""The way from the top of the document to a value: `("items", 3, "responses")`."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that the author of a data file must mend."""

    path: Path
    what: str
    """What is wrong, as a sentence without its full stop."""
    mend: str
    """What to do about it, as a sentence without its full stop."""


def one_of(names: Iterable[str]) -> str:
    """Return the mend for a name that does not exist: the names that do."""
    known = sorted(set(names))
    more = ", …" if len(known) > MOST_NAMED else ""
    return f"Use one of: {', '.join(known[:MOST_NAMED]) or 'none are defined yet'}{more}"
