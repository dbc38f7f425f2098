"""What no format of other programs has a place for, of everything that a questionnaire says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Literal

from moodcheck.interop.scale_calculation import calculation_of

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.scale import Codes

Place = Literal["whole", "item", "answer", "scale"]
"""What may have codes."""

KeptCodes = Callable[["Codes", Place], Collection[str]]
"""Codes, and what has them → the systems of those that a format has a place for."""

_PUBLISHED = {
    "bands": "bands",
    "cut_points": "cut-points",
    "missing_rule": "the name of the rule for missing answers",
    "reliable_change": "reliable change",
}


def unsaid(questionnaire: Questionnaire, kept: KeptCodes) -> Iterator[str]:
    """Yield what is lost, each as a sentence without its full stop.

    Args:
        questionnaire: what is exported.
        kept: which codes the format can write.
    """
    if not questionnaire.has_wording:
        yield "the wording is not in it, because it does not come with moodcheck"
    if questionnaire.critical:
        names = ", ".join(critical.item for critical in questionnaire.critical)
        yield (
            f"it does not say which answers are alerts ({names}): "
            "make sure that someone looks at them"
        )
    yield "the advice is not in it"
    for scale in questionnaire.scales:
        if calculation_of(questionnaire, scale) is None:
            yield f"the score '{scale.id}' is not in it: no other program would work it out alike"
        elif questionnaire.computation(scale).most_unanswered:
            yield (
                f"where answers are missing, the score '{scale.id}' is not completed once it is "
                "brought back here as a questionnaire of its own"
            )
    published = {
        words
        for scale in questionnaire.scales
        for key, words in _PUBLISHED.items()
        if getattr(scale, key)
    }
    if published:
        listed = ", ".join(words for words in _PUBLISHED.values() if words in published)
        yield f"what was published about the scores is not in it: {listed}"
    if questionnaire.validated:
        yield "the study is not in it"
    yield "where the questionnaire comes from is not in it"
    if any(_is_for_a_visit(questionnaire)):
        yield "what is said at a visit is not in it ('say', 'visit', 'stands_out')"
    yield from _codes(questionnaire, kept)


def _is_for_a_visit(questionnaire: Questionnaire) -> Iterator[bool]:
    for item in questionnaire.all_items:
        yield item.say is not None or item.visit is not None
    for options in questionnaire.responses.values():
        for option in options:
            yield option.say is not None or option.stands_out


def _codes(questionnaire: Questionnaire, kept: KeptCodes) -> Iterator[str]:
    written: set[str] = set()
    lost: set[str] = set()
    for codes, place in _coded(questionnaire):
        there = kept(codes, place)
        written |= {*there}
        lost |= codes.keys() - there
    for system in sorted(lost):
        how = "not all codes" if system in written else "the codes"
        yield f"{how} of '{system}' are {'' if system in written else 'not '}in it"


def _coded(questionnaire: Questionnaire) -> Iterator[tuple[Codes, Place]]:
    yield questionnaire.codes, "whole"
    yield from ((item.codes, "item") for item in questionnaire.all_items)
    yield from ((scale.codes, "scale") for scale in questionnaire.scales)
    for options in questionnaire.responses.values():
        yield from ((option.codes, "answer") for option in options)
