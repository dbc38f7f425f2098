"""What every row must come to, written a second time from the design, with exact fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import Condition, Together
from moodcheck.core.scale import Scale
from tests.exact import Document, ExactScale, scores


@dataclass(frozen=True)
class Bad:
    """Something in a cell that is not one of the offered values."""

    content: object


Given = int | Bad | None
"""What stands in a cell; None is blank."""

Row = Mapping[str, Given]
"""Item id → its cell. Items without an entry were not asked."""


def oracle(
    questionnaire: Questionnaire, row: Row, notice: str, *, prorates: bool = False
) -> dict[str, object]:
    """Return every column that scoring adds to a row."""
    columns: dict[str, object] = {}
    document = questionnaire.model_dump(mode="json", by_alias=True)
    is_bad = any(isinstance(cell, Bad) for cell in row.values())
    # Nobody knows what stands in a bad cell; it is not unanswered, and no score is made of it.
    answers = {
        name: cell if isinstance(cell, int) else questionnaire.options(name)[0].value
        for name, cell in row.items()
        if cell is not None
    }
    not_asked = set() if prorates else {item.id for item in questionnaire.items} - row.keys()
    found = scores(document, answers, not_asked)
    for scale in questionnaire.scales:
        one = found[scale.id]
        score = None if is_bad else one.score
        columns[f"{scale.id}_score"] = score
        columns[f"{scale.id}_unanswered"] = one.unanswered
        columns[f"{scale.id}_reason"] = "bad_answer" if is_bad else one.reason
        if scale.bands:
            highest = ExactScale(document, _plain(document, scale.id)).bounds()[1]
            columns[f"{scale.id}_published_band"] = _band(scale, score, highest, one.is_double)
    return columns | {
        "alert": _alert(questionnaire, row),
        "advice": _advice(questionnaire, row),
        "notice": notice,
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
    }


def _plain(document: Document, scale_id: str) -> Document:
    (found,) = (one for one in document["scales"] if one["id"] == scale_id)
    return dict(found)


def _band(scale: Scale, score: float | None, highest: Fraction, is_double: bool) -> str | None:
    if score is None:
        return None
    ends = [band.at_least for band in scale.bands[1:]]
    for band, end in zip(scale.bands, [*ends, None], strict=True):
        if score >= band.at_least and (end is None or score < end):
            low, to = str(band.at_least), "-" if band.at_least >= 0 else " - "
            if end is None:
                high = str(highest) if highest.denominator == 1 else f"{float(highest):.2f}"
            else:
                high = f"<{end}" if is_double else str(end - 1)
            return f"{low}{to}{high} {band.name}, {scale.citation}"
    raise AssertionError


def _alert(questionnaire: Questionnaire, row: Row) -> str:
    said = {_critical(row, one.item, one.at_least) for one in questionnaire.critical}
    worst_first = ("alert", "unanswered", "not_asked", "none")
    return next((state for state in worst_first if state in said), "not_asked")


def _critical(row: Row, name: str, at_least: int) -> str:
    if name not in row:
        return "not_asked"
    match row[name]:
        case Bad():
            return "alert"
        case None:
            return "unanswered"
        case int() as value:
            return "alert" if value >= at_least else "none"


def _advice(questionnaire: Questionnaire, row: Row) -> str:
    scored = [item.id for item in questionnaire.items]

    def fits(entry: Condition | Together) -> bool:
        if isinstance(entry, Together):
            return False not in [fits(one) for one in entry.all]
        names = scored if entry.item == "any" else [entry.item]
        highest = sorted((_height(questionnaire, row, name) for name in names), reverse=True)
        # So many are that high exactly when the last of so many highest ones is.
        return len(highest) >= entry.how_many and highest[entry.how_many - 1] >= entry.at_least

    for rule in questionnaire.advice:
        if rule.when is None or True in [fits(entry) for entry in rule.when]:
            return rule.id
    raise AssertionError


def _height(questionnaire: Questionnaire, row: Row, name: str) -> float:
    """Return how high the answer is or may be: a critical one that cannot be read is high."""
    match row.get(name):
        case Bad():
            return inf if name in [one.item for one in questionnaire.critical] else -inf
        case None:
            return -inf
        case int() as value:
            return value
