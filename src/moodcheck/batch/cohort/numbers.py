"""Numbers of many rows as people read them."""

from __future__ import annotations

from moodcheck.report.over_time import NO_VALUE

_SMALL, _LEAST, _TINY = 0.001, 0.0001, 0.00005


def decimal(number: float | None, places: int = 2) -> str:
    """Return a number with so many decimals, or the sign for none."""
    if number is None:
        return NO_VALUE
    said = f"{number:.{places}f}"
    # A sign before nothing but zeros says nothing.
    return said.lstrip("-") if not said.strip("-0.") else said


def share(part: int | None, whole: int) -> str:
    """Return a part of rows as a percentage, or the sign for none; few are never shown as none."""
    if part is None or not whole:
        return NO_VALUE
    of_all = part / whole
    if part and of_all < _TINY:
        return f"<{_LEAST:.2%}"
    return f"{of_all:.2%}" if part and of_all < _SMALL else f"{of_all:.1%}"
