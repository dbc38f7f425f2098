"""Scores worked out a second time, from the documents alone and in exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

Score = int | float | None


def scores(
    document: dict[str, Any], answers: dict[str, int], not_asked: set[str]
) -> dict[str, Score]:
    """Return the score of each scale of a questionnaire's document, or None."""
    offered = {
        item["id"]: [option["value"] for option in document["responses"][item["responses"]]]
        for item in document["items"]
    }
    return {
        scale["id"]: None
        if not_asked & set(offered if scale["items"] == "all" else scale["items"])
        else _score(scale, offered, answers)
        for scale in document["scales"]
    }


def _score(scale: dict[str, Any], offered: dict[str, list[int]], answers: dict[str, int]) -> Score:
    members = list(offered) if scale["items"] == "all" else list(scale["items"])
    counted = [
        max(offered[name]) - (answers[name] - min(offered[name]))
        if name in scale.get("reverse_keyed", ())
        else answers[name]
        for name in members
        if name in answers
    ]
    if len(counted) < len(members) - scale.get("max_unanswered", 0):
        return None
    times: int = scale.get("multiply_by", 1)
    match scale["method"]:
        case "count":
            return times * len([value for value in counted if value >= scale["at_least"]])
        case "mean":
            return float(Fraction(sum(counted), len(counted)) * times)
        case _:
            completed = Fraction(sum(counted), len(counted)) * len(members)
            return times * floor(completed + Fraction(1, 2))
