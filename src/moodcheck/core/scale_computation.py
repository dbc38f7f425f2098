"""A scale, as a questionnaire says it → how its score is computed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor, lcm
from typing import NamedTuple

from moodcheck.core.computation import LARGEST, Computation, Member, Term, span_of
from moodcheck.core.scale import Number, Rescale, Scale

_WIDTH = 100
"""How wide the range is that a score is rescaled to."""


class Uncomputable(ValueError):
    """A scale that no score can come of."""

    def __init__(self, key: str, what: str, mend: str) -> None:
        super().__init__(what)
        self.key = key
        """The key of the scale that is the reason."""
        self.what = what
        self.mend = mend


def decimal(number: Number) -> Fraction:
    """Return the decimal that was written, exactly."""
    return Fraction(str(number))


def most_unanswered(scale: Scale, of: int) -> int:
    """Return how many of `of` members may be unanswered before a scale has no score."""
    if scale.max_unanswered_share is None:
        return scale.max_unanswered
    return floor(decimal(scale.max_unanswered_share) * of)


def weight(scale: Scale, name: str) -> Fraction:
    """Return what an item, or a scale in it, is multiplied by."""
    return decimal(scale.weights.get(name, 1))


def computation(
    scale: Scale,
    items: tuple[str, ...],
    extremes: Callable[[str], tuple[int, int]],
    others: Callable[[str], Computation],
) -> Computation:
    """Return how the score of a scale is computed.

    Args:
        scale: what the questionnaire says; its names are those of items and scales.
        items: the items that it combines, in their order.
        extremes: the lowest and the highest value of an item.
        others: the computation of another scale.

    Raises:
        Uncomputable: for a range of zero that is to be rescaled, a completed sum that would be
            rounded though it has decimals, and numbers beyond `LARGEST`.
    """
    parts = {name: others(name) for name in scale.scales}
    _refuse_large_parts(scale, parts)
    names = (*items, *parts)
    per_point = lcm(*(weight(scale, name).denominator for name in names))
    if scale.method != "count":
        per_point *= lcm(*(part.unit for part in parts.values()))
    members = _members(scale, items, extremes, parts, per_point)
    most = most_unanswered(scale, len(members))
    is_completed = scale.method == "sum" and most > 0
    rounds = is_completed and scale.round_prorated
    if rounds and per_point > 1:
        what = f"scale '{scale.id}' would round a completed sum of numbers with decimals"
        raise Uncomputable("max_unanswered", what, "Add round_prorated: false")
    is_divided = scale.method == "mean" or (is_completed and not rounds)
    share = Fraction(len(members) if is_divided else 1, per_point)
    if scale.method == "mean":
        share /= _all_weights(scale, members)
    low, high = _raw_range(scale, members, most, per_point)
    slope, shift = _rescaling(scale, low, high)
    over = lcm((share * slope).denominator, shift.denominator)
    divisors = range(len(members) - most, len(members) + 1) if is_divided else [1]
    found = Computation(
        method=scale.method,
        members=members,
        most_unanswered=most,
        rounds=rounds,
        is_divided=is_divided,
        times=int(share * slope * over),
        plus=int(shift * over),
        over=over,
        low=low * slope + shift,
        high=high * slope + shift,
        unit=over * lcm(*divisors),
        is_double=is_divided
        or scale.rescale is not None
        or per_point > 1
        or (scale.method != "count" and any(part.is_double for part in parts.values())),
    )
    _refuse_large_numbers(scale, found)
    return found


def _members(
    scale: Scale,
    items: tuple[str, ...],
    extremes: Callable[[str], tuple[int, int]],
    parts: dict[str, Computation],
    per_point: int,
) -> tuple[Member, ...]:
    values = {name: _Values(1, *extremes(name)) for name in items}
    terms = {name: _term(scale, name, of, per_point, is_scale=False) for name, of in values.items()}
    group_of = {name: group for group in scale.alternatives for name in group}
    groups = dict.fromkeys(group_of.get(name, (name,)) for name in items)
    alone = [
        (_term(scale, name, _Values.of(part), per_point, is_scale=True),)
        for name, part in parts.items()
    ]
    return (*(tuple(terms[name] for name in group) for group in groups), *alone)


class _Values(NamedTuple):
    """The values that something may have."""

    unit: int
    low: int
    high: int

    @staticmethod
    def of(part: Computation) -> _Values:
        return _Values(part.unit, int(part.low * part.unit), int(part.high * part.unit))


def _term(scale: Scale, name: str, values: _Values, per_point: int, *, is_scale: bool) -> Term:
    unit, low, high = values
    at_least = None
    if scale.method == "count":
        asked = scale.at_least[name] if isinstance(scale.at_least, dict) else scale.at_least or 0
        at_least = asked * unit
    points = weight(scale, name) * per_point / (1 if scale.method == "count" else unit)
    return Term(name, is_scale, unit, low, high, int(points), name in scale.reverse_keyed, at_least)


def _raw_range(
    scale: Scale, members: tuple[Member, ...], most: int, per_point: int
) -> tuple[Fraction, Fraction]:
    """Return the range before anything is multiplied or rescaled."""
    fewest = [span_of(member)[0] for member in members]
    highest = [span_of(member)[1] for member in members]
    if scale.method == "maximum":
        # So many may be unanswered, and those could be the ones whose lowest is the highest.
        return Fraction(sorted(fewest)[-1 - most], per_point), Fraction(max(highest), per_point)
    # Where members may be unanswered, all have one range and weight: any of them have the mean,
    # and the completed sum, of all. See `score_consistency`.
    divisor = Fraction(per_point)
    if scale.method == "mean":
        divisor *= _all_weights(scale, members)
    return sum(fewest) / divisor, sum(highest) / divisor


def _all_weights(scale: Scale, members: tuple[Member, ...]) -> Fraction:
    return sum((weight(scale, member[0].name) for member in members), Fraction(0))


def _rescaling(scale: Scale, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """Return what a score is multiplied by, and what is added then."""
    times = Fraction(scale.multiply_by)
    if scale.rescale is None:
        return times, Fraction(0)
    start, end = low * times, high * times
    if isinstance(scale.rescale, Rescale):
        start, end = decimal(scale.rescale.low), decimal(scale.rescale.high)
    if start == end:
        what = f"scale '{scale.id}' would be rescaled from a range of zero"
        mend = "Give rescale: {low: …, high: …} with two scores, or items with several values"
        raise Uncomputable("rescale", what, mend)
    return times * _WIDTH / (end - start), -start * _WIDTH / (end - start)


def _refuse_large_parts(scale: Scale, parts: dict[str, Computation]) -> None:
    for name, part in parts.items():
        if max(Fraction(1), abs(part.low), abs(part.high)) * part.unit > LARGEST:
            what = f"scale '{scale.id}' cannot be computed exactly from the scores of '{name}'"
            mend = f"Let fewer items of '{name}' be unanswered, or give weights fewer decimals"
            raise Uncomputable("scales", what, mend)


def _refuse_large_numbers(scale: Scale, found: Computation) -> None:
    most = sum(max(abs(points) for points in span_of(member)) for member in found.members)
    numbers = (
        2 * most * found.of + found.of if found.rounds else most,
        most * abs(found.times) + found.of * abs(found.plus),
        found.of * found.over,
    )
    if max(numbers) > LARGEST:
        reasons = ("weights", "rescale", "scales")
        key = next((key for key in reasons if getattr(scale, key)), "items")
        what = f"scale '{scale.id}' cannot be computed exactly: its numbers get too large"
        raise Uncomputable(key, what, "Use smaller numbers, or fewer decimals")
