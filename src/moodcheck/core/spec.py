"""What every model that is read from a data file shares."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints


class Spec(BaseModel):
    """A frozen part of a data file: unknown keys and near-miss types are errors.

    Building is deferred because only the outermost model of a file is ever validated.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, defer_build=True, hide_input_in_errors=True
    )

    def __copy__(self) -> Self:
        """Return a copy that works out anew what is worked out from the fields."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


LONGEST_ID = 64

_ID = r"^[a-z][a-z0-9_-]*$"

Id = Annotated[str, StringConstraints(pattern=_ID, max_length=LONGEST_ID)]
"""A name that becomes a column, a JSON key and part of a message: lower-case ASCII."""


def is_id(text: str) -> bool:
    """Return whether `text` can be an `Id`."""
    return len(text) <= LONGEST_ID and re.fullmatch(_ID.strip("^$"), text) is not None


Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
"""Words for a person to read; never empty."""

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
"""ISO 639, where needed with a territory: `en`, `pt-BR`."""
