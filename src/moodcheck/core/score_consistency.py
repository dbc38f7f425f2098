"""What makes a score come of every scale: its method fits its members, and its bands its range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor

from moodcheck.core.computation import whole_or_double
from moodcheck.core.data_model import DataPath, Fault, one_of
from moodcheck.core.questionnaire_parts import QuestionnaireParts
from moodcheck.core.scale import Number, Rescale, Scale
from moodcheck.core.scale_computation import Uncomputable, decimal, most_unanswered, weight
from moodcheck.core.scale_consistency import scale_items, scale_parts


def scale_methods(q: QuestionnaireParts) -> Iterator[Fault]:
    """Find what no score can come of: a method, bands or cut-points that do not fit the members."""
    scales = _Scales(q)
    for scale in q.scales:
        yield from scales.faults(scale)


class _Scales:
    """The scales of a questionnaire, each looked at once, those in another before it."""

    def __init__(self, q: QuestionnaireParts) -> None:
        self._q = q
        wrong = {fault.path[:2] for fault in (*scale_items(q), *scale_parts(q))}
        self._with_wrong_members = {
            scale.id for i, scale in enumerate(q.scales) if ("scales", i) in wrong
        }
        self._found: dict[str, list[Fault]] = {}
        self._places = {id(scale): i for i, scale in enumerate(q.scales)}

    def faults(self, scale: Scale) -> list[Fault]:
        """Return what is wrong with a scale whose members are those of the questionnaire."""
        if scale.id not in self._found:
            self._found[scale.id] = [*self._look(scale)]
        return self._found[scale.id]

    def _look(self, scale: Scale) -> Iterator[Fault]:
        if not self._has_members(scale):
            return
        place: DataPath = ("scales", self._places[id(scale)])
        found = [*_keys(self._q, scale, place)]
        # What is wrong with a scale is said there, and not again of those that have it.
        is_sound = all(map(self._is_sound, scale.scales))
        found += _unanswered(self._q, scale, place) if is_sound else []
        if is_sound and not found:
            found += _thresholds(self._q, scale, place)
        yield from found
        if found or not is_sound:
            return
        try:
            self._q.computation(scale)
        except Uncomputable as error:
            yield Fault((*place, error.key), error.what, error.mend)
        else:
            yield from _bands(self._q, scale, place)
            yield from _cut_points(self._q, scale, place)

    def _has_members(self, scale: Scale) -> bool:
        if scale.id in self._with_wrong_members:
            return False
        return all(self._q.options(name) for name in self._q.items_of(scale))

    def _is_sound(self, name: str) -> bool:
        scale = self._q.scale(name)
        return self._has_members(scale) and not self.faults(scale)


def _keys(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    """Find keys that contradict each other, or name what the scale does not have."""
    members = (*q.items_of(scale), *scale.scales)
    if (scale.method == "count") is (scale.at_least is None):
        what = f"scale '{scale.id}': 'at_least' belongs to the method 'count', and only there"
        yield Fault(place, what, "Add it or take it away")
    elif isinstance(scale.at_least, dict):
        yield from _named(scale, members, scale.at_least, (*place, "at_least"))
        if missing := [name for name in members if name not in scale.at_least]:
            what = f"scale '{scale.id}' does not say from which value on '{missing[0]}' counts"
            mend = "Name each of its items there, or write one number for all"
            yield Fault((*place, "at_least"), what, mend)
    for name in scale.reverse_keyed:
        if name not in members:
            what = f"scale '{scale.id}' reverses '{name}', which it does not have"
            yield Fault((*place, "reverse_keyed"), what, one_of(members))
    yield from _named(scale, members, scale.weights, (*place, "weights"))
    yield from _weights(scale, (*place, "weights"))
    rescale = scale.rescale
    if isinstance(rescale, Rescale) and decimal(rescale.low) >= decimal(rescale.high):
        what = f"scale '{scale.id}' would be rescaled from a range of zero, or one upside down"
        yield Fault((*place, "rescale"), what, "Give a 'low' that is below the 'high'")
    if scale.max_unanswered and scale.max_unanswered_share is not None:
        what = f"scale '{scale.id}' says in two ways how many items may be unanswered"
        yield Fault((*place, "max_unanswered_share"), what, "Keep the one that was published")


def _named(
    scale: Scale, members: tuple[str, ...], named: Mapping[str, Number], at: DataPath
) -> Iterator[Fault]:
    for name in named:
        if name not in members:
            what = f"scale '{scale.id}' does not have '{name}'"
            yield Fault((*at, name), what, one_of(members))


def _weights(scale: Scale, at: DataPath) -> Iterator[Fault]:
    for name, given in scale.weights.items():
        if given == 0:
            what = f"'{name}' would count for nothing in scale '{scale.id}'"
            yield Fault((*at, name), what, "Use another weight, or leave it out of the scale")
        elif given < 0 and scale.method == "mean":
            what = f"the mean of scale '{scale.id}' has no weight below zero"
            yield Fault((*at, name), what, "Use one above zero, or reverse_keyed")
    for group in scale.alternatives:
        if len({weight(scale, name) for name in group}) > 1:
            what = f"alternatives of scale '{scale.id}' count as one, and have different weights"
            yield Fault(at, what, f"Give the same one to {' and '.join(group)}")


def _unanswered(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    """Find rules for unanswered items by which no score could be completed."""
    of = _size(q, scale)
    most = most_unanswered(scale, of)
    is_share = scale.max_unanswered_share is not None
    at = (*place, "max_unanswered_share" if is_share else "max_unanswered")
    if most >= of:
        what = f"scale '{scale.id}' would be scored without a single answer"
        yield Fault(at, what, f"Use {of - 1} or less")
    elif most and scale.method == "count":
        what = f"scale '{scale.id}' counts answers, and an unanswered item is not a zero"
        yield Fault(at, what, "Use 0 for the method 'count'")
    elif most and scale.method != "maximum" and not _is_alike(q, scale):
        what = f"scale '{scale.id}' would complete its score from items of other ranges or weights"
        yield Fault(at, what, "Use 0, or items of one range and weight")
    if not scale.round_prorated and not (most and scale.method == "sum"):
        what = f"scale '{scale.id}' has no sum that is ever completed, so nothing is rounded"
        mend = "Take it away, or say how many items may be unanswered"
        yield Fault((*place, "round_prorated"), what, mend)


def _is_alike(q: QuestionnaireParts, scale: Scale) -> bool:
    """Return whether all items and scales in a scale have one range and one weight."""
    return len({(low, high, weight(scale, name)) for name, low, high in _ranges(q, scale)}) <= 1


def _size(q: QuestionnaireParts, scale: Scale) -> int:
    """Return how many members a scale has, alternatives as one."""
    others = sum(len(group) - 1 for group in scale.alternatives)
    return len(q.items_of(scale)) - others + len(scale.scales)


def _ranges(q: QuestionnaireParts, scale: Scale) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Yield each item and scale in a scale, and its range."""
    for name in q.items_of(scale):
        low, high = q.extremes(name)
        yield name, Fraction(low), Fraction(high)
    for name in scale.scales:
        part = q.computation(q.scale(name))
        yield name, part.low, part.high


def _thresholds(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    """Find what a count would never count, or always."""
    if scale.at_least is None:
        return
    for name, low, high in _ranges(q, scale):
        is_own = isinstance(scale.at_least, dict)
        asked = scale.at_least[name] if isinstance(scale.at_least, dict) else scale.at_least
        if low < asked <= high:
            continue
        ends = f"{whole_or_double(low)} to {whole_or_double(high)}"
        how = "always" if asked <= low else "never"
        what = f"scale '{scale.id}' would {how} count '{name}' ({ends}) from {asked} on"
        each = "" if is_own else ", or a value for each item"
        mend = f"Use one above {whole_or_double(low)} and not above {whole_or_double(high)}{each}"
        if floor(low) + 1 > high:
            mend = "Leave it out of the scale: no whole number lies between"
        yield Fault((*place, "at_least", *([name] if is_own else [])), what, mend)
        if not is_own:
            return


def _bands(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    low, high = q.range_of(scale)
    starts = [band.at_least for band in scale.bands]
    if starts != sorted(set(starts)):
        what = f"the bands of scale '{scale.id}' do not start in rising order"
        yield Fault((*place, "bands"), what, "Sort them by 'at_least', each once")
    elif starts and (starts[0] != floor(low) or starts[-1] > high):
        what = f"the bands of scale '{scale.id}' do not cover its range, {low} to {high}"
        mend = f"Start the first at {floor(low)} and none above {floor(high)}"
        yield Fault((*place, "bands"), what, mend)
    if bool(scale.bands) is (scale.citation is None):
        what = f"scale '{scale.id}': bands and the 'citation' of their study go together"
        yield Fault(place, what, "Give both or neither")


def _cut_points(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    low, high = q.range_of(scale)
    for i, cut in enumerate(scale.cut_points):
        if not low <= cut.at_least <= high:
            what = f"cut-point {cut.at_least} of scale '{scale.id}' lies outside {low} to {high}"
            yield Fault((*place, "cut_points", i, "at_least"), what, "Use the published one")
