"""A questionnaire as another program reads it, and what that could not be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exported:
    """The content of a file for another program."""

    content: bytes
    unsaid: tuple[str, ...]
    """What its format cannot say, each a sentence without its full stop."""
