"""What stands beside the summary of a sitting that was kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """Sentences around a summary; each is fit to show."""

    before: tuple[str, ...] = ()
    """What a human has to see, before the advice."""
    after: tuple[str, ...] = ()
    """What else was written down."""
    is_own: bool = True
    """Whether the one who answered is the one who reads it, and could say it."""


NOTHING = Beside()
