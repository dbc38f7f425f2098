"""What is counted of rows: whole numbers, which come to the same in any order and any parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from moodcheck.batch.plan import Plan
    from moodcheck.core.administration import Unanswered
    from moodcheck.core.computation import Term
    from moodcheck.core.scale import Scale


class Moment(Enum):
    """What is added up of an item over the rows in which its whole scale is answered."""

    POINTS = auto()
    """What its answers add to the total of the scale."""
    SQUARES = auto()
    WITH_TOTAL = auto()
    """Its points times that total. Over all items they come to the squares of the totals."""

    def of(self, points: Any, total: Any) -> Any:  # noqa: ANN401 - numbers, or columns of them
        """Return what is added up: of numbers, or of whatever can be multiplied like them."""
        match self:
            case Moment.POINTS:
                return points
            case Moment.SQUARES:
                return points * points
            case Moment.WITH_TOTAL:
                return points * total


@dataclass(slots=True)
class Sums:
    """What is counted of some rows without a bad answer."""

    rows: int = 0
    values: Counter[tuple[str, int]] = field(default_factory=Counter)
    """Item and the value of an option → rows."""
    unanswered: Counter[tuple[str, Unanswered]] = field(default_factory=Counter)
    """Item and why it is unanswered → rows."""
    scores: Counter[tuple[str, float | None, bool]] = field(default_factory=Counter)
    """Scale, score (None for none), and whether the whole scale is answered → rows."""
    moments: Counter[tuple[str, str, Moment]] = field(default_factory=Counter)
    """Scale, item and what is added up."""

    def add(self, other: Sums) -> None:
        """Add what is counted of other rows."""
        self.rows += other.rows
        self.values.update(other.values)
        self.unanswered.update(other.unanswered)
        self.scores.update(other.scores)
        self.moments.update(other.moments)


Groups = dict[str, Sums]
"""What stands in the column that tells groups apart → the rows of that group."""

ALL = ""
"""The group of all rows, where no column tells groups apart."""


def add_groups(groups: Groups, others: Mapping[str, Sums]) -> None:
    """Add to each group what is counted of other rows of it."""
    for name, sums in others.items():
        groups.setdefault(name, Sums()).add(sums)


class NoAlpha(StrEnum):
    """Why a scale has no alpha."""

    NOT_ADDED_UP = "not_added_up"
    """Its score is no plain sum or mean of items that all count alike."""
    NOT_ASKED = "not_asked"
    """One of its items is not part of the data."""
    ONE_ITEM = "one_item"
    TOO_FEW_ROWS = "too_few_rows"
    """In fewer than two rows every item is answered."""
    ALL_ALIKE = "all_alike"
    """All of those rows have the same total."""
    WITHHELD = "withheld"
    """Those rows are too few to be shown, or would give few away."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """An item of a scale; its answers add `factor * value + offset` to the total."""

    item: str
    factor: int
    offset: int


def keyed_items(plan: Plan, scale: Scale) -> tuple[Keyed, ...] | NoAlpha:
    """Return the items of a scale as it counts them, or why no answers could give it an alpha."""
    how = plan.questionnaire.computation(scale)
    terms = [term for member in how.members for term in member]
    is_plain = how.method in {"sum", "mean"} and len(terms) == how.of
    if not is_plain or any(one.is_scale or one.factor != terms[0].factor for one in terms):
        return NoAlpha.NOT_ADDED_UP
    if len(terms) == 1:
        return NoAlpha.ONE_ITEM
    if not plan.codings.keys() >= {one.name for one in terms}:
        return NoAlpha.NOT_ASKED
    return tuple(map(_keyed, terms))


def _keyed(one: Term) -> Keyed:
    # What all items are multiplied by changes nothing of how they go together.
    return Keyed(one.name, -1, one.low + one.high) if one.is_reversed else Keyed(one.name, 1, 0)
