"""What makes a questionnaire consistent beyond the shape of its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from moodcheck.core.data_model import DataPath, Fault, one_of
from moodcheck.core.questionnaire_parts import ANSWER, Condition, Item, QuestionnaireParts
from moodcheck.core.scale import MOST_ITEMS
from moodcheck.core.scale_consistency import scale_items, scale_parts, scale_studies
from moodcheck.core.score_consistency import scale_methods

RESERVED_IDS = frozenset({"any", "all"})
"""Ids that no item may have."""


class _Rule(NamedTuple):
    """A rule, and the sections in which damage would mislead it."""

    find: Callable[[QuestionnaireParts], Iterator[Fault]]
    names: tuple[str, ...] = ()
    """Here, damage to a name or an id."""
    parts: tuple[str, ...] = ()
    """Here, any damage."""

    def is_misled(self, damaged: AbstractSet[DataPath]) -> bool:
        """Return whether the rule could find what only follows from the damage."""
        return any(
            path[0] in self.parts
            or (path[0] in self.names and (len(path) == 1 or path[-1] == "id"))
            for path in damaged
        )


def faults(
    questionnaire: QuestionnaireParts, damaged: AbstractSet[DataPath] = frozenset()
) -> list[Fault]:
    """Return everything that contradicts itself in `questionnaire`; empty when all is well.

    Args:
        questionnaire: what the rules look at.
        damaged: the paths of values that were replaced because a file had wrong ones there. No
            fault elsewhere is found that may only follow from the replacement.
    """
    rules = (rule for rule in _RULES if not rule.is_misled(damaged))
    return [fault for rule in rules for fault in rule.find(questionnaire)]


def _size(q: QuestionnaireParts) -> Iterator[Fault]:
    if len(q.all_items) > MOST_ITEMS:
        yield Fault(("items",), f"there are more than {MOST_ITEMS} items", "Leave some out")


def _ids(q: QuestionnaireParts) -> Iterator[Fault]:
    items: list[tuple[DataPath, str]] = [
        (("items", i, "id"), it.id) for i, it in enumerate(q.items)
    ]
    items += [(("context", i, "id"), it.id) for i, it in enumerate(q.context)]
    scales = [(("scales", i, "id"), scale.id) for i, scale in enumerate(q.scales)]
    advice = [(("advice", i, "id"), rule.id) for i, rule in enumerate(q.advice)]
    critical = [(("critical", i, "item"), c.item) for i, c in enumerate(q.critical)]
    for group in (items, scales, advice, critical):
        times = Counter(name for _, name in group)
        for path, name in group:
            if times[name] > 1:
                yield Fault(path, f"'{name}' is used {times[name]} times", "Use each id once")
    for path, name in items:
        if name in RESERVED_IDS:
            yield Fault(path, f"'{name}' has a meaning of its own", "Choose another id")


def _response_sets(q: QuestionnaireParts) -> Iterator[Fault]:
    for name, options in q.responses.items():
        for value, times in Counter(option.value for option in options).items():
            if times > 1:
                what = f"the value {value} is offered {times} times"
                yield Fault(("responses", name), what, "Offer each value once")


def _items(q: QuestionnaireParts) -> Iterator[Fault]:
    for i, item in enumerate(q.items):
        if item.type == "text":
            what = f"item '{item.id}' asks for words, and words cannot be scored"
            yield Fault(("items", i, "type"), what, "Move it to 'context'")
        yield from _offer(q, item, ("items", i))
    for i, item in enumerate(q.context):
        yield from _offer(q, item, ("context", i))


def _offer(q: QuestionnaireParts, item: Item, place: DataPath) -> Iterator[Fault]:
    if item.type == "text" and item.responses is not None:
        what = f"item '{item.id}' asks for words and offers response options"
        yield Fault((*place, "responses"), what, "Keep one of the two")
    elif item.type == "choice" and item.responses is None:
        what = f"item '{item.id}' offers no response options"
        yield Fault(place, what, "Add 'responses' with the name of a response set")
    elif item.responses is not None and item.responses not in q.responses:
        what = f"there is no response set '{item.responses}'"
        yield Fault((*place, "responses"), what, one_of(q.responses))


def _purpose(q: QuestionnaireParts) -> Iterator[Fault]:
    used = {name for scale in q.scales for name in q.items_of(scale)}
    used |= {critical.item for critical in q.critical}
    for i, item in enumerate(q.items):
        if item.id not in used:
            what = f"item '{item.id}' is in no scale and is not critical"
            yield Fault(("items", i, "id"), what, "Put it in a scale, or move it to 'context'")


def _critical_items(q: QuestionnaireParts) -> Iterator[Fault]:
    for i, critical in enumerate(q.critical):
        if critical.item not in q.choices:
            what = f"'{critical.item}' is not an item with response options"
            yield Fault(("critical", i, "item"), what, one_of(q.choices))


def _alerts(q: QuestionnaireParts) -> Iterator[Fault]:
    for i, critical in enumerate(q.critical):
        options = q.options(critical.item) if critical.item in q else ()
        values = sorted(option.value for option in options)
        if values and critical.at_least not in values[1:2]:
            what = (
                f"'{critical.item}' must count as an alert from its first answer above the lowest"
            )
            mend = f"Use {values[1]}" if len(values) > 1 else "Offer more than one answer"
            yield Fault(("critical", i, "at_least"), what, mend)


def _advice(q: QuestionnaireParts) -> Iterator[Fault]:
    for i, rule in enumerate(q.advice):
        is_last = i == len(q.advice) - 1
        if rule.when is None and not is_last:
            what = f"advice '{rule.id}' always fits, so the rules after it never do"
            yield Fault(("advice", i), what, "Give it a 'when', or move it to the end")
        if rule.when is not None and is_last:
            what = f"advice '{rule.id}' is the last and has a 'when', so some would get no advice"
            yield Fault(("advice", i, "when"), what, "End with a rule that has no 'when'")
        for j, entry in enumerate(rule.when or ()):
            for k, part in enumerate(entry.parts):
                is_alone = part is entry
                place = ("advice", i, "when", j, *(() if is_alone else ("all", k)))
                yield from _condition(q, part, place)


def _condition(q: QuestionnaireParts, condition: Condition, place: DataPath) -> Iterator[Fault]:
    if condition.item not in {*q.choices, "any"}:
        what = f"'{condition.item}' is not an item with response options"
        yield Fault((*place, "item"), what, one_of({*q.choices, "any"}))
    elif condition.item != "any" and condition.how_many > 1:
        what = f"'how_many' counts items, and the condition names only '{condition.item}'"
        yield Fault((*place, "how_many"), what, "Take 'how_many' away, or write item: any")
    elif condition.how_many > len(q.items):
        what = f"'how_many' is more than the {len(q.items)} scored items, so it never fits"
        yield Fault((*place, "how_many"), what, f"Use {len(q.items)} or less")


def _say(q: QuestionnaireParts) -> Iterator[Fault]:
    """Find every `say` and `visit` that could never be shown, or would break its sentence."""
    for i, item in enumerate(q.items):
        yield from _scored_say(q, item, ("items", i))
    for i, item in enumerate(q.context):
        yield from _context_say(q, item, ("context", i))


def _scored_say(q: QuestionnaireParts, item: Item, place: DataPath) -> Iterator[Fault]:
    if item.visit is not None:
        what = f"item '{item.id}' is scored, and 'visit' belongs to context items"
        yield Fault((*place, "visit"), what, "Take it away")
    if item.say is not None and ANSWER in item.say:
        what = f"item '{item.id}' is scored, and how often it was is said before it"
        yield Fault((*place, "say"), what, f"Leave out {ANSWER}: write what follows 'I'")
    if item.say is not None:
        yield from _needs_said_option(q, item, place)


def _context_say(q: QuestionnaireParts, item: Item, place: DataPath) -> Iterator[Fault]:
    is_sentence = item.say is not None and ANSWER in item.say
    if item.type == "text":
        if item.say is not None and not is_sentence:
            what = f"item '{item.id}' takes words, and its 'say' has no place for them"
            yield Fault((*place, "say"), what, f"Put {ANSWER} where they belong")
    elif is_sentence:
        yield from _needs_said_option(q, item, place)
    stands_out = any(option.stands_out for option in q.options(item.id))
    named = "visit" if item.visit is not None else "say"
    is_needed = item.visit is not None or (item.say is not None and not is_sentence)
    if is_needed and item.type == "choice" and not stands_out:
        what = f"'{named}' of item '{item.id}' is never shown: no answer of it stands out"
        yield Fault((*place, named), what, "Add 'stands_out: true' to one of its options")
    if item.visit is not None and item.type == "text":
        what = f"item '{item.id}' takes words, and 'visit' belongs to an answer that stands out"
        yield Fault((*place, "visit"), what, "Take it away")


def _needs_said_option(q: QuestionnaireParts, item: Item, place: DataPath) -> Iterator[Fault]:
    if item.responses in q.responses and not any(one.say for one in q.options(item.id)):
        what = f"'say' of item '{item.id}' is never used: no answer of it has a 'say'"
        yield Fault((*place, "say"), what, "Add a 'say' to its options")


_RULES = (
    _Rule(_size),
    _Rule(_ids),
    _Rule(_response_sets),
    _Rule(_items, names=("responses",)),
    _Rule(_say, parts=("items", "context", "responses")),
    _Rule(scale_studies, names=("validated",)),
    _Rule(scale_items, names=("items",)),
    _Rule(scale_parts, names=("scales",)),
    _Rule(scale_methods, parts=("items", "responses", "scales")),
    _Rule(_purpose, parts=("scales", "critical")),
    _Rule(_critical_items, names=("items", "context")),
    _Rule(_alerts, parts=("items", "context", "responses", "critical")),
    _Rule(_advice, names=("items", "context")),
)
