"""Scores worked out a second time, from a questionnaire's document alone and in exact fractions."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

Document = dict[str, Any]

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Exact:
    """What a scale comes to."""

    value: Fraction | None
    unanswered: int
    """How many members are."""
    reason: str | None
    is_double: bool

    @property
    def score(self) -> int | float | None:
        """The value in its type."""
        if self.value is None:
            return None
        return float(self.value) if self.is_double else int(self.value)


def scores(
    document: Document, answers: Mapping[str, int], not_asked: AbstractSet[str]
) -> dict[str, Exact]:
    """Return what each scale of a questionnaire's document comes to.

    A scale that lacks an item of `not_asked` has no score.
    """
    found: dict[str, Exact] = {}
    while len(found) < len(document["scales"]):
        for scale in document["scales"]:
            if scale["id"] not in found and {*scale.get("scales", ())} <= found.keys():
                found[scale["id"]] = ExactScale(document, scale).exact(answers, not_asked, found)
    return found


class ExactScale:
    """One scale of a document."""

    def __init__(self, document: Document, scale: Document) -> None:
        self.document, self.scale = document, scale
        self.by_id = {one["id"]: one for one in document["scales"]}
        self.offered = {
            item["id"]: [option["value"] for option in document["responses"][item["responses"]]]
            for item in document["items"]
        }
        items = scale.get("items", ())
        names = [*self.offered] if items == "all" else [*items]
        groups = [list(group) for group in scale.get("alternatives", ())]
        alone = [[name] for name in names if not any(name in group for group in groups)]
        self.members = [*alone, *groups, *([name] for name in scale.get("scales", ()))]
        self.method = scale["method"]

    def exact(
        self, answers: Mapping[str, int], not_asked: AbstractSet[str], others: Mapping[str, Exact]
    ) -> Exact:
        parts = {name: others[name] for name in self.scale.get("scales", ())}
        values = {name: Fraction(value) for name, value in answers.items() if name in self.offered}
        for name, part in parts.items():
            values.pop(name, None)
            if part.value is not None:
                values[name] = part.value
        lacking = not_asked - parts.keys()
        lacking |= {name for name, part in parts.items() if part.reason == "not_asked"}
        answered = [one for one in self.members if any(name in values for name in one)]
        unanswered = len(self.members) - len(answered)
        reason = value = None
        if any({*member} <= lacking for member in self.members):
            reason = "not_asked"
        elif unanswered > self.allowed():
            reason = "too_many_unanswered"
        else:
            worths = [
                max(self.worth(name, values[name]) for name in member if name in values)
                for member in answered
            ]
            value = self.final(self.combined(answered, worths))
        return Exact(value, unanswered, reason, self.is_double())

    def allowed(self) -> int:
        """Return how many members may be unanswered."""
        if (share := self.scale.get("max_unanswered_share")) is not None:
            return floor(_decimal(share) * len(self.members))
        return int(self.scale.get("max_unanswered", 0))

    def weight(self, name: str) -> Fraction:
        """Return what an item or a scale is multiplied by."""
        return _decimal(self.scale.get("weights", {}).get(name, 1))

    def ends(self, name: str) -> tuple[Fraction, Fraction]:
        """Return the lowest and the highest value of an item or a scale."""
        if name in self.scale.get("scales", ()):
            return ExactScale(self.document, self.by_id[name]).bounds()
        return Fraction(min(self.offered[name])), Fraction(max(self.offered[name]))

    def worth(self, name: str, value: Fraction) -> Fraction:
        low, high = self.ends(name)
        if name in self.scale.get("reverse_keyed", ()):
            value = high - (value - low)
        if self.method == "count":
            from_on = self.scale["at_least"]
            from_on = from_on[name] if isinstance(from_on, dict) else from_on
            value = Fraction(value >= from_on)
        return value * self.weight(name)

    def combined(self, answered: list[list[str]], worths: list[Fraction]) -> Fraction:
        total = sum(worths, Fraction(0))
        match self.method:
            case "maximum":
                return max(worths)
            case "mean":
                return total / sum(self.weight(member[0]) for member in answered)
            case "sum":
                completed = total * len(self.members) / len(answered)
                is_rounded = self.allowed() and self.scale.get("round_prorated", True)
                return Fraction(floor(completed + HALF)) if is_rounded else completed
        return total

    def final(self, value: Fraction) -> Fraction:
        value *= int(self.scale.get("multiply_by", 1))
        match self.scale.get("rescale"):
            case None:
                return value
            case True:
                low, high = (
                    end * int(self.scale.get("multiply_by", 1)) for end in self.raw_bounds()
                )
            case ends:
                low, high = _decimal(ends["low"]), _decimal(ends["high"])
        return (value - low) / (high - low) * 100

    def bounds(self) -> tuple[Fraction, Fraction]:
        """Return the lowest and the highest score."""
        low, high = self.raw_bounds()
        return self.final(low), self.final(high)

    def raw_bounds(self) -> tuple[Fraction, Fraction]:
        spans = [self.span(member) for member in self.members]
        if self.method == "mean":
            weights = [self.weight(member[0]) for member in self.members]
            return _bounds_of_means(spans, weights, self.allowed())
        if self.method == "maximum":
            lows = sorted(low for low, _ in spans)
            return lows[len(lows) - 1 - self.allowed()], max(high for _, high in spans)
        return sum((low for low, _ in spans), Fraction(0)), sum(
            (high for _, high in spans), Fraction(0)
        )

    def span(self, member: list[str]) -> tuple[Fraction, Fraction]:
        ends = []
        for name in member:
            low, high = self.ends(name) if self.method != "count" else (Fraction(0), Fraction(1))
            ends += [low * self.weight(name), high * self.weight(name)]
        return min(ends), max(ends)

    def is_double(self) -> bool:
        """Return whether scores may have decimals."""
        is_completed = self.method == "sum" and self.allowed() > 0
        is_exact = is_completed and not self.scale.get("round_prorated", True)
        names = [name for member in self.members for name in member]
        has_decimals = any(self.weight(name).denominator > 1 for name in names)
        within = [self.by_id[name] for name in self.scale.get("scales", ())]
        has_doubles = self.method != "count" and any(
            ExactScale(self.document, one).is_double() for one in within
        )
        is_rescaled = self.scale.get("rescale") is not None
        return self.method == "mean" or is_exact or has_decimals or has_doubles or is_rescaled


def _bounds_of_means(
    spans: list[tuple[Fraction, Fraction]], weights: list[Fraction], allowed: int
) -> tuple[Fraction, Fraction]:
    """Return the lowest and the highest mean of any members of whom so many may be unanswered."""
    # Else the lowest mean of so many would not be that of those with the lowest points.
    assert not allowed or len({*weights}) == 1
    lows, highs = sorted(low for low, _ in spans), sorted(high for _, high in spans)
    several = range(len(spans) - allowed, len(spans) + 1)
    return (
        min(sum(lows[:some], Fraction(0)) / sum(weights[:some]) for some in several),
        max(sum(highs[-some:], Fraction(0)) / sum(weights[:some]) for some in several),
    )


def _decimal(number: float) -> Fraction:
    return Fraction(repr(number))
