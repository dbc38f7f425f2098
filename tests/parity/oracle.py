"""What every row must come to, written a second time from the design, with exact fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor, inf

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import Condition, Scale, Together


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
    for scale in questionnaire.scales:
        columns |= _scale(questionnaire, scale, row, prorates=prorates)
    return columns | {
        "alert": _alert(questionnaire, row),
        "advice": _advice(questionnaire, row),
        "notice": notice,
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
    }


def _scale(
    questionnaire: Questionnaire, scale: Scale, row: Row, *, prorates: bool
) -> dict[str, object]:
    members = [i.id for i in questionnaire.items if scale.items == "all" or i.id in scale.items]
    answers = [
        Fraction(_keyed(questionnaire, scale, name, cell))
        for name in members
        if isinstance(cell := row.get(name), int)
    ]
    unanswered = sum(row.get(name) is None for name in members)
    reason: str | None = None
    value: Fraction | int | None = None
    if any(isinstance(cell, Bad) for cell in row.values()):
        reason = "bad_answer"
    elif not (prorates or row.keys() >= {*members}):
        reason = "not_asked"
    elif unanswered > scale.max_unanswered:
        reason = "too_many_unanswered"
    else:
        value = _value(scale, answers, len(members))
    is_mean = scale.method == "mean"
    columns: dict[str, object] = {
        f"{scale.id}_score": float(value) if value is not None and is_mean else value,
        f"{scale.id}_unanswered": unanswered,
        f"{scale.id}_reason": reason,
    }
    if scale.bands:
        columns[f"{scale.id}_published_band"] = _band(questionnaire, scale, value)
    return columns


def _keyed(questionnaire: Questionnaire, scale: Scale, name: str, value: int) -> int:
    offered = sorted(option.value for option in questionnaire.options(name))
    return offered[0] + offered[-1] - value if name in scale.reverse_keyed else value


def _value(scale: Scale, answers: list[Fraction], of: int) -> Fraction | int:
    if scale.method == "count":
        assert scale.at_least is not None
        return len([one for one in answers if one >= scale.at_least]) * scale.multiply_by
    average = sum(answers, Fraction(0)) / len(answers)
    if scale.method == "mean":
        return average * scale.multiply_by
    return floor(average * of + Fraction(1, 2)) * scale.multiply_by


def _band(questionnaire: Questionnaire, scale: Scale, value: Fraction | int | None) -> str | None:
    if value is None:
        return None
    ends = [band.at_least for band in scale.bands[1:]]
    for band, end in zip(scale.bands, [*ends, None], strict=True):
        if value >= band.at_least and (end is None or value < end):
            low, to = str(band.at_least), "-" if band.at_least >= 0 else " - "
            if end is None:
                high = str(questionnaire.range_of(scale)[1])
            else:
                high = f"<{end}" if scale.method == "mean" else str(end - 1)
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
