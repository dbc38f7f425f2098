"""What makes the scales of a questionnaire consistent with its items and with its sources."""

from __future__ import annotations

from collections.abc import Iterator

from moodcheck.core.data_model import DataPath, Fault, one_of
from moodcheck.core.questionnaire_parts import QuestionnaireParts, Scale


def scale_members(q: QuestionnaireParts) -> Iterator[Fault]:
    """Find scales that combine items which are not there, one of them twice, or none."""
    for i, scale in enumerate(q.scales):
        yield from _members(q, scale, ("scales", i))


def scale_methods(q: QuestionnaireParts) -> Iterator[Fault]:
    """Find what no score can come of: a method, bands or cut-points that do not fit the items."""
    for i, scale in enumerate(q.scales):
        place: DataPath = ("scales", i)
        is_usable = not any(True for _ in _members(q, scale, place))
        if is_usable and all(q.options(name) for name in q.items_of(scale)):
            yield from _method(q, scale, place)
            yield from _bands(q, scale, place)
            yield from _cut_points(q, scale, place)


def scale_studies(q: QuestionnaireParts) -> Iterator[Fault]:
    """Find what only a study could give a scale, where none is named or it is not whole."""
    for i, scale in enumerate(q.scales):
        yield from _study(q, scale, ("scales", i))


def _members(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    if scale.items == "all":
        return
    scored = {item.id for item in q.items}
    for name in dict.fromkeys(scale.items):
        if name not in scored:
            what = f"scale '{scale.id}' names '{name}', which is not among the items"
            yield Fault((*place, "items"), what, one_of(scored))
    if not scale.items or len(set(scale.items)) < len(scale.items):
        what = f"scale '{scale.id}' has no items, or one of them twice"
        yield Fault((*place, "items"), what, "Name each item once, or write 'all'")


def _method(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    members = q.items_of(scale)
    if (scale.method == "count") is (scale.at_least is None):
        what = f"scale '{scale.id}': 'at_least' belongs to the method 'count', and only there"
        yield Fault(place, what, "Add it or take it away")
    for name in scale.reverse_keyed:
        if name not in members:
            what = f"scale '{scale.id}' reverses '{name}', which it does not have"
            yield Fault((*place, "reverse_keyed"), what, one_of(members))
    if scale.max_unanswered >= len(members):
        what = f"scale '{scale.id}' would be scored without a single answer"
        yield Fault((*place, "max_unanswered"), what, f"Use {len(members) - 1} or less")
    elif scale.max_unanswered and len({q.extremes(name) for name in members}) > 1:
        what = f"scale '{scale.id}' would complete its score from items of other ranges"
        yield Fault((*place, "max_unanswered"), what, "Use 0, or items of one range")
    elif scale.max_unanswered and scale.method == "count":
        what = f"scale '{scale.id}' counts answers, and an unanswered item is not a zero"
        yield Fault((*place, "max_unanswered"), what, "Use 0 for the method 'count'")


def _bands(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    low, high = q.range_of(scale)
    starts = [band.at_least for band in scale.bands]
    if starts != sorted(set(starts)):
        what = f"the bands of scale '{scale.id}' do not start in rising order"
        yield Fault((*place, "bands"), what, "Sort them by 'at_least', each once")
    elif starts and (starts[0] != low or starts[-1] > high):
        what = f"the bands of scale '{scale.id}' do not cover its range, {low} to {high}"
        yield Fault((*place, "bands"), what, f"Start the first at {low} and none above {high}")
    if bool(scale.bands) is (scale.citation is None):
        what = f"scale '{scale.id}': bands and the 'citation' of their study go together"
        yield Fault(place, what, "Give both or neither")


def _cut_points(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    low, high = q.range_of(scale)
    for i, cut in enumerate(scale.cut_points):
        if not low <= cut.at_least <= high:
            what = f"cut-point {cut.at_least} of scale '{scale.id}' lies outside {low} to {high}"
            yield Fault((*place, "cut_points", i, "at_least"), what, "Use the published one")


def _study(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    if not q.validated:
        for key in ("bands", "cut_points", "max_unanswered", "reliable_change"):
            if getattr(scale, key):
                what = f"scale '{scale.id}' has '{key}', and the questionnaire names no study"
                mend = f"Take '{key}' away, or write validated: {{citation: …}}"
                yield Fault((*place, key), what, mend)
    if scale.max_unanswered and scale.missing_rule is None:
        what = f"scale '{scale.id}' is scored with items unanswered by no published rule"
        yield Fault((*place, "max_unanswered"), what, "Add missing_rule: {name: …, citation: …}")
    change = scale.reliable_change
    if change and (change.points is None) is (change.sd is None or change.reliability is None):
        what = f"scale '{scale.id}': reliable change needs either points, or sd and reliability"
        yield Fault((*place, "reliable_change"), what, "Give one of the two")
