"""What no format of other programs has a place for, of everything that a questionnaire says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from moodcheck.interop.scale_calculation import calculation_of

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire

_PUBLISHED = {
    "bands": "bands",
    "cut_points": "cut-points",
    "missing_rule": "the name of the rule for missing answers",
    "reliable_change": "reliable change",
}


def unsaid(questionnaire: Questionnaire, can_code: Callable[[str], bool]) -> Iterator[str]:
    """Yield what is lost, each as a sentence without its full stop.

    Args:
        questionnaire: what is exported.
        can_code: whether the format can write codes of a system, by its short name.
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
    for system in sorted({name for name in _systems(questionnaire) if not can_code(name)}):
        yield f"the codes of '{system}' are not in it"


def _is_for_a_visit(questionnaire: Questionnaire) -> Iterator[bool]:
    for item in questionnaire.all_items:
        yield item.say is not None or item.visit is not None
    for options in questionnaire.responses.values():
        for option in options:
            yield option.say is not None or option.stands_out


def _systems(questionnaire: Questionnaire) -> Iterator[str]:
    yield from questionnaire.codes
    for item in questionnaire.all_items:
        yield from item.codes
    for scale in questionnaire.scales:
        yield from scale.codes
    for options in questionnaire.responses.values():
        for option in options:
            yield from option.codes
