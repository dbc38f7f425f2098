"""Interface strings: what a person reads that no promise rests on.

What the promises need in words is data (`data/language/`), checked when it is loaded. The rest
(key hints, headings) passes through here, so that a catalogue can translate it.
"""

from __future__ import annotations

import gettext as _stdlib
from pathlib import Path

_catalogue = _stdlib.translation(
    "moodcheck", localedir=Path(__file__).parent / "locale", languages=["en"], fallback=True
)


def gettext(message: str) -> str:
    """Return `message` in the interface language; without a catalogue, as it is."""
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return `one` or `many`, whichever the interface language uses for `count`."""
    return _catalogue.ngettext(one, many, count)
