"""What makes the scales of a questionnaire consistent with its items and with its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from moodcheck.core.data_model import DataPath, Fault, one_of
from moodcheck.core.questionnaire_parts import QuestionnaireParts
from moodcheck.core.scale import Scale


def scale_items(q: QuestionnaireParts) -> Iterator[Fault]:
    """Find scales that combine items which are not there, one of them twice, or nothing."""
    for i, scale in enumerate(q.scales):
        yield from _items(q, scale, ("scales", i))
        yield from _alternatives(q, scale, ("scales", i))


def scale_parts(q: QuestionnaireParts) -> Iterator[Fault]:
    """Find scales that combine scales which are not there, one of them twice, or themselves."""
    for i, scale in enumerate(q.scales):
        yield from _parts(q, scale, ("scales", i))


def scale_studies(q: QuestionnaireParts) -> Iterator[Fault]:
    """Find what only a study could give a scale, where none is named or it is not whole."""
    for i, scale in enumerate(q.scales):
        yield from _study(q, scale, ("scales", i))


def _items(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    if scale.items == "all":
        return
    scored = {item.id for item in q.items}
    for name in dict.fromkeys(scale.items):
        if name not in scored:
            what = f"scale '{scale.id}' names '{name}', which is not among the items"
            yield Fault((*place, "items"), what, one_of(scored))
    has_none = not scale.items and not scale.scales
    if has_none or len(set(scale.items)) < len(scale.items):
        what = f"scale '{scale.id}' has no items, or one of them twice"
        at = place if "items" not in scale.model_fields_set else (*place, "items")
        yield Fault(at, what, "Name each item once, or write 'all'")


def _alternatives(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    members = q.items_of(scale)
    times = Counter(name for group in scale.alternatives for name in group)
    for j, group in enumerate(scale.alternatives):
        at = (*place, "alternatives", j)
        for name in dict.fromkeys(group):
            if name not in members:
                what = f"scale '{scale.id}' has no item '{name}' that could be an alternative"
                yield Fault(at, what, one_of(members))
            elif times[name] > 1:
                what = f"'{name}' is among the alternatives of scale '{scale.id}' more than once"
                yield Fault(at, what, "Name it once, in one of the groups")


def _parts(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    by_id = {one.id: one for one in q.scales}
    times = Counter(scale.scales)
    for j, name in enumerate(scale.scales):
        at = (*place, "scales", j)
        if name not in by_id:
            what = f"scale '{scale.id}' names '{name}', which is not among the scales"
            yield Fault(at, what, one_of(by_id.keys() - {scale.id}))
        elif scale.id in _within(by_id, name):
            way = "" if name == scale.id else f", by way of '{name}'"
            what = f"scale '{scale.id}' would be part of itself{way}"
            yield Fault(at, what, "Leave one of them out of the other")
        elif times[name] > 1:
            what = f"scale '{scale.id}' has '{name}' {times[name]} times"
            yield Fault(at, what, "Name each scale once; give it a weight if it counts for more")
        elif name in q.items_of(scale):
            what = f"scale '{scale.id}' has an item and a scale that are both called '{name}'"
            yield Fault(at, what, "Give one of the two another id")


def _within(by_id: dict[str, Scale], name: str) -> set[str]:
    """Return the scale of that name and all that are in it, however deep."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in found and one in by_id:
            found.add(one)
            waiting += by_id[one].scales
    return found


def _study(q: QuestionnaireParts, scale: Scale, place: DataPath) -> Iterator[Fault]:
    by_rule = [key for key in ("max_unanswered", "max_unanswered_share") if getattr(scale, key)]
    if not q.validated:
        for key in (*by_rule, "bands", "cut_points", "reliable_change"):
            if getattr(scale, key):
                what = f"scale '{scale.id}' has '{key}', and the questionnaire names no study"
                mend = f"Take '{key}' away, or write validated: {{citation: …}}"
                yield Fault((*place, key), what, mend)
    if by_rule and scale.missing_rule is None:
        what = f"scale '{scale.id}' is scored with items unanswered by no published rule"
        yield Fault((*place, by_rule[0]), what, "Add missing_rule: {name: …, citation: …}")
    change = scale.reliable_change
    if change and (change.points is None) is (change.sd is None or change.reliability is None):
        what = f"scale '{scale.id}': reliable change needs either points, or sd and reliability"
        yield Fault((*place, "reliable_change"), what, "Give one of the two")
