"""How far a sitting has come, in words."""

from __future__ import annotations

from moodcheck.history.record import RecordState
from moodcheck.translation import gettext as _


def state_word(state: RecordState) -> str:
    """Return how far a sitting has come."""
    return {
        RecordState.OPEN: _("interrupted"),
        RecordState.ANSWERED: _("not closed"),
        RecordState.CLOSED: _("closed"),
    }[state]
