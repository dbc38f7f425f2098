"""What all data files share: the base of their models, types of their fields, and their faults."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints

LONGEST_ID = 64
"""How many characters an `Id` may have."""

ID_PATTERN = r"^[a-z][a-z0-9_-]*$"
_MOST_NAMED = 24


class DataModel(BaseModel):
    """A frozen part of a data file: unknown keys and near-miss types are errors.

    Building is deferred because only the outermost model of a file is ever validated.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, defer_build=True, hide_input_in_errors=True
    )

    def __copy__(self) -> Self:
        """Return a copy without the cached properties, which depend on the fields."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=LONGEST_ID)]
"""A name that becomes a column, a JSON key and part of a message: lower-case ASCII."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
"""Words for a person to read; never empty."""

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
"""ISO 639, where needed with a territory: `en`, `pt-BR`."""

DataPath = tuple[str | int, ...]
"""The keys and indexes that lead from the top of a document to a value: `("items", 3, "id")`."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that the author of a data file must mend."""

    path: DataPath
    what: str
    """What is wrong, as a sentence without its full stop."""
    mend: str
    """What to do about it, as a sentence without its full stop."""


def is_id(text: str) -> bool:
    """Return whether `text` can be an `Id`."""
    return len(text) <= LONGEST_ID and re.fullmatch(ID_PATTERN.strip("^$"), text) is not None


def free_id(name: str, taken: Collection[str]) -> str:
    """Return an id, or where it is taken the first of `id_2`, `id_3` … that is not."""
    free, number = name, 2
    while free in taken:
        end = f"_{number}"
        free, number = name[: LONGEST_ID - len(end)] + end, number + 1
    return free


def one_of(names: Iterable[str]) -> str:
    """Return the mend for a name that does not exist: the names that do."""
    known = sorted(set(names))
    more = ", …" if len(known) > _MOST_NAMED else ""
    return f"Use one of: {', '.join(known[:_MOST_NAMED]) or 'none are defined yet'}{more}"
