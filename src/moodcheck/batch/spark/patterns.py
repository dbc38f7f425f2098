"""Paths as Spark takes them: with patterns, unless their signs are escaped."""

from __future__ import annotations


def literal(location: str) -> str:
    """Return a path or URI in which no sign stands for a pattern."""
    return "".join(f"\\{sign}" if sign in "*?[]{}\\" else sign for sign in location)
