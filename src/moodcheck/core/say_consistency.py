"""What makes the words for a person's own sentences usable: each is said somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from moodcheck.core.fault import Fault, Path

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Item, Questionnaire

ANSWER = "{answer}"
"""Stands for the answer in the `say` of a context item."""


def say_faults(q: Questionnaire) -> Iterator[Fault]:
    """Yield every `say` and `visit` that could never be shown, or would break its sentence."""
    for i, item in enumerate(q.items):
        yield from _scored(q, item, ("items", i))
    for i, item in enumerate(q.context):
        yield from _context(q, item, ("context", i))


def _scored(q: Questionnaire, item: Item, place: Path) -> Iterator[Fault]:
    if item.visit is not None:
        what = f"item '{item.id}' is scored, and 'visit' belongs to context items"
        yield Fault((*place, "visit"), what, "Take it away")
    if item.say is not None and ANSWER in item.say:
        what = f"item '{item.id}' is scored, and how often it was is said before it"
        yield Fault((*place, "say"), what, f"Leave out {ANSWER}: write what follows 'I'")
    if item.say is not None:
        yield from _needs_said_option(q, item, place)


def _context(q: Questionnaire, item: Item, place: Path) -> Iterator[Fault]:
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


def _needs_said_option(q: Questionnaire, item: Item, place: Path) -> Iterator[Fault]:
    if item.responses in q.responses and not any(one.say for one in q.options(item.id)):
        what = f"'say' of item '{item.id}' is never used: no answer of it has a 'say'"
        yield Fault((*place, "say"), what, "Add a 'say' to its options")
