"""Times and days as text; each in the time of the place where it was."""

from __future__ import annotations

from datetime import date, datetime


def timestamp(at: datetime) -> str:
    """Return when something was, for a program: ISO 8601 to the second, with its UTC offset."""
    return at.isoformat(timespec="seconds")


def moment(at: datetime) -> str:
    """Return when something was, to the minute."""
    return at.strftime("%Y-%m-%d %H:%M")


def day(at: date, now: date | None = None) -> str:
    """Return the day of something as `21 Nov 2026`, without the year where `now` is of it too."""
    said = f"{at.day} {at.strftime('%b')}"
    return said if now is not None and at.year == now.year else f"{said} {at.year}"
