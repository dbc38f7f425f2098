"""How a scale is worked out, as far as other programs can be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from moodcheck.interop.form import Calculation

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.scale import Scale


def calculation_of(
    asked: Questionnaire, scale: Scale, name: Callable[[str], str] = str
) -> Calculation | None:
    """Return how a scale is worked out; None where a `Calculation` cannot say it.

    `name` gives what the other program calls an item.
    """
    is_plain = not (scale.scales or scale.alternatives or scale.weights or scale.rescale)
    if scale.method == "maximum" or isinstance(scale.at_least, dict):
        return None
    if not is_plain or not scale.round_prorated:
        return None
    return Calculation(
        method=scale.method,
        links=tuple(map(name, asked.items_of(scale))),
        reverse_keyed=tuple(map(name, scale.reverse_keyed)),
        at_least=scale.at_least,
        multiply_by=scale.multiply_by,
        max_unanswered=asked.computation(scale).most_unanswered,
    )
