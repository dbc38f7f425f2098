"""How a scale makes a number of answers, in words: a line for each thing that is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from moodcheck.core.scale import Rescale
from moodcheck.core.scoring import number
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.computation import Term
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.scale import Scale


def scale_words(asked: Questionnaire, scale: Scale) -> Iterator[str]:
    """Yield what a scale is called, its method and range; then, indented, how it is worked out."""
    low, high = map(number, asked.range_of(scale))
    said = _("{id}: {label} ({method}, {low} to {high})")
    yield said.format(id=scale.id, label=scale.label, method=scale.method, low=low, high=high)
    yield from (f"   {line}" for line in _details(asked, scale))


def _details(asked: Questionnaire, scale: Scale) -> Iterator[str]:
    how = asked.computation(scale)
    yield _("of {members}").format(members=_members(asked, scale))
    if scale.at_least is not None:
        yield _("counted from: {values}").format(values=_named(scale.at_least))
    if scale.reverse_keyed:
        yield _("reverse-keyed: {names}").format(names=", ".join(scale.reverse_keyed))
    if scale.weights:
        yield _("weights: {weights}").format(weights=_named(scale.weights))
    if how.most_unanswered:
        yield _("unanswered: {most} or fewer").format(most=how.most_unanswered)
    if how.rounds:
        yield _("then completed, and rounded to a whole number")
    elif how.most_unanswered and scale.method == "sum":
        yield _("then completed, and not rounded")
    if scale.multiply_by > 1:
        yield _("multiplied by {times}").format(times=scale.multiply_by)
    if isinstance(scale.rescale, Rescale):
        ends = {"low": scale.rescale.low, "high": scale.rescale.high}
        yield _("rescaled: {low} becomes 0, and {high} becomes 100").format(**ends)
    elif scale.rescale:
        yield _("rescaled: its lowest becomes 0, and its highest 100")


def _members(asked: Questionnaire, scale: Scale) -> str:
    if scale.items == "all" and not scale.alternatives and not scale.scales:
        return _("all items")
    members = asked.computation(scale).members
    return ", ".join(_(" or ").join(map(_name, member)) for member in members)


def _name(term: Term) -> str:
    return _("the scale {id}").format(id=term.name) if term.is_scale else term.name


def _named(given: object) -> str:
    """Return a number, or what each name has."""
    if isinstance(given, dict):
        return ", ".join(f"{name} {value}" for name, value in given.items())
    return str(given)
