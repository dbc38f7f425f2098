"""What two questionnaires must share for their numbers to mean the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire, Scale

Values = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScoringFingerprint:
    """Equal for two questionnaires whose answers and scores may stand in one row.

    Wording, order, bands and advice are not part of it; nor are context items, unless critical.
    """

    id: str
    major: int
    """The major version: a change of meaning raises it."""
    offered: frozenset[tuple[str, Values]]
    """Each item that is scored or critical, with the values it offers."""
    scales: frozenset[tuple[object, ...]]
    """How each scale is worked out."""
    critical: frozenset[tuple[str, int]]
    """Each critical item, and the value from which on it is an alert."""

    def differing(self, other: ScoringFingerprint) -> tuple[str, ...]:
        """Return the names of the fields above in which the two are not equal, in their order."""
        return tuple(name for name in self.__slots__ if getattr(self, name) != getattr(other, name))


def scoring_fingerprint(questionnaire: Questionnaire) -> ScoringFingerprint:
    """Return what of a questionnaire decides which sittings it may be compared with."""
    critical = frozenset((one.item, one.at_least) for one in questionnaire.critical)
    counted = {item.id for item in questionnaire.items} | {item for item, _ in critical}
    return ScoringFingerprint(
        id=questionnaire.id,
        major=int(questionnaire.version.partition(".")[0]),
        offered=frozenset((item, _values(questionnaire, item)) for item in counted),
        scales=frozenset(_rule(questionnaire, scale) for scale in questionnaire.scales),
        critical=critical,
    )


def _values(questionnaire: Questionnaire, item: str) -> Values:
    return tuple(sorted(option.value for option in questionnaire.options(item)))


def _rule(questionnaire: Questionnaire, scale: Scale) -> tuple[object, ...]:
    return (
        scale.id,
        scale.method,
        frozenset(questionnaire.items_of(scale)),
        scale.at_least,
        frozenset(scale.reverse_keyed),
        scale.multiply_by,
        scale.max_unanswered,
    )
