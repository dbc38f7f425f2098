"""The columns of each output, and which of somebody's own those of the scores would meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.scale import Scale

WORKING = "__moodcheck"
"""How the names of columns begin that exist only while scores are computed."""

FILE, RECORD = "file", "record"
"""The columns that tell where a row stands, where no column of the file names it."""

ALERT_COLUMNS = ("file", "record", "id", "item", "answer", "why", "notice", "record_sha256")
REJECT_COLUMNS = ("file", "record", "id", "column", "value", "reason", "raw")

OUTSIDE_TEXTS = frozenset({"file", "id", "answer", "column", "value", "raw"})
"""Those of both in which text from outside stands."""

ALERT, ADVICE, NOTICE = "alert", "advice", "notice"
QUESTIONNAIRE, VERSION = "questionnaire", "version"


def score_column(scale: Scale) -> str:
    """Return the name of the column with the score, null where there is none."""
    return f"{scale.id}_score"


def unanswered_column(scale: Scale) -> str:
    """Return the name of the column that counts the scale's unanswered items."""
    return f"{scale.id}_unanswered"


def reason_column(scale: Scale) -> str:
    """Return the name of the column that says why there is no score."""
    return f"{scale.id}_reason"


def band_column(scale: Scale) -> str:
    """Return the name of the column that quotes the published band."""
    return f"{scale.id}_published_band"


def score_columns(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the names of all columns that scoring adds, in their order."""
    scales = [name for scale in questionnaire.scales for name in _columns_of(scale)]
    return (*scales, ALERT, ADVICE, NOTICE, QUESTIONNAIRE, VERSION)


def in_the_way(
    questionnaire: Questionnaire, names: Iterable[object], prefix: str = ""
) -> Iterator[str]:
    """Yield those of `names` that a column of the scores has, or might have."""
    # Some engines tell names apart without regard to case; one rule for all.
    added = {f"{prefix}{name}".lower() for name in score_columns(questionnaire)}
    for name in map(str, names):
        if name.lower() in added or name.lower().startswith(WORKING):
            yield name


def _columns_of(scale: Scale) -> Iterator[str]:
    yield score_column(scale)
    yield unanswered_column(scale)
    yield reason_column(scale)
    if scale.bands:
        yield band_column(scale)
