"""What stood out, and what the person could say: their own answers in words, without a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from moodcheck.core.administration import Administration
from moodcheck.core.language import SayWords
from moodcheck.core.questionnaire_parts import ANSWER, Item, ResponseOption
from moodcheck.core.safety import alerts

MOST_NAMED = 6
"""How many symptoms are named: nobody reads out a longer list."""

_MOST_GROUPS = 2
"""How many groups of equally frequent symptoms are named; the answers show the rest."""

_IN_ONE_BREATH = 3
"""How many things are named in one sentence."""


@dataclass(frozen=True, slots=True)
class StoodOut:
    """The scored items that share one answer, which is one to look at."""

    answer: str
    """Its label."""
    items: tuple[Item, ...]


def stood_out(administration: Administration) -> tuple[StoodOut, ...] | None:
    """Return what stood out: the answers that the questionnaire marks, and every alert.

    The last option of a response set comes first. None where the questionnaire marks no answer,
    or no scored item was answered.
    """
    asked = administration.questionnaire
    marks_any = any(option.stands_out for item in asked.items for option in asked.options(item.id))
    if not marks_any or all(item.id in administration.unanswered for item in asked.items):
        return None
    alerting = alerts(administration)
    return tuple(
        StoodOut(label, items)
        for label, items in _grouped(
            administration,
            lambda item, option: option.label if option.stands_out or item.id in alerting else None,
        )
    )


def stands_out(item: Item, administration: Administration) -> bool:
    """Return whether the answer to an item is one that the questionnaire marks."""
    given = administration.answers.get(item.id)
    return given is not None and administration.questionnaire.option(item.id, given).stands_out


def could_say(administration: Administration, words: SayWords) -> tuple[str, ...]:
    """Return sentences in the first person, made from the person's own answers.

    An alert comes first, as the person may not get to the end. Then come the most frequent
    symptoms; context items, such as since when and what they make hard; what else to talk about;
    and what the person wishes for. Empty where the questionnaire has no words for any answer.
    """
    context = administration.questionnaire.context
    first = [words.alert] if alerts(administration) else []
    told = [*_symptoms(administration, words), *_sentences(administration)]
    also = [
        item.say
        for item in context
        if item.say and ANSWER not in item.say and stands_out(item, administration)
    ]
    told += _sentences_of(also, (words.about, words.and_about), words)
    wishes = [
        item.say.replace(ANSWER, administration.words[item.id])
        for item in context
        if item.say and item.id in administration.words
    ]
    has_something = first or told or wishes
    return (*first, *told, *(wishes or [words.wish])) if has_something else ()


def _symptoms(administration: Administration, words: SayWords) -> Iterator[str]:
    """Yield the symptoms of the two most frequent answers, and that there are more."""
    groups = _grouped(administration, lambda item, option: option.say if item.say else None)
    left = MOST_NAMED
    for i, (how_often, items) in enumerate(groups[:_MOST_GROUPS]):
        named = [item.say or "" for item in items[:left]]
        left -= len(named)
        first = words.less_often if i else words.often
        first = first.replace("{period}", administration.questionnaire.recall_period)
        first = first.replace("{how_often}", how_often)
        yield from _sentences_of(named, (first, words.and_also), words)
    if sum(len(items) for _how_often, items in groups) > MOST_NAMED:
        yield words.more


def _sentences(administration: Administration) -> Iterator[str]:
    """Yield the sentences of context items into which the answer is put."""
    asked = administration.questionnaire
    for item in asked.context:
        given = administration.answers.get(item.id)
        if item.say and ANSWER in item.say and given is not None:
            said = asked.option(item.id, given).say
            yield from [item.say.replace(ANSWER, said)] if said else []


def _grouped(
    administration: Administration, key: Callable[[Item, ResponseOption], str | None]
) -> list[tuple[str, tuple[Item, ...]]]:
    """Return the answered scored items, grouped by their key; None leaves an item out.

    Groups come in the order of response sets, the last option first.
    """
    asked = administration.questionnaire
    groups: dict[str, list[Item]] = {}
    for name, options in asked.responses.items():
        for option in reversed(options):
            for item in asked.items:
                is_given = administration.answers.get(item.id) == option.value
                if item.responses == name and is_given and (kept := key(item, option)):
                    groups.setdefault(kept, []).append(item)
    return [(kept, tuple(items)) for kept, items in groups.items()]


def _sentences_of(
    parts: list[str], first_and_next: tuple[str, str], words: SayWords
) -> Iterator[str]:
    """Yield sentences that together name all parts, a few in each."""
    first, following = first_and_next
    for start in range(0, len(parts), _IN_ONE_BREATH):
        sentence = following if start else first
        said = sentence.replace("{what}", _listed(parts[start : start + _IN_ONE_BREATH], words))
        yield said[:1].upper() + said[1:]


def _listed(parts: list[str], words: SayWords) -> str:
    *some, last = parts
    if not some:
        return last
    return words.both.replace("{some}", ", ".join(some)).replace("{last}", last)
