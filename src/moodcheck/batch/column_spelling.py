"""Which names of columns look alike to people, though they are not the same."""

from __future__ import annotations


def spelling(name: str) -> str:
    """Return what is left of a name without capital letters, and blanks around it."""
    return name.strip().lower()
