"""What a counselor sees before a sitting is closed. Numbers side by side, and no verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from moodcheck.domain.administration import Unanswered
from moodcheck.domain.change import ItemChange, ScaleChange, changes, quotation, scale_changes
from moodcheck.domain.critical_line import CriticalLine, critical_lines
from moodcheck.domain.history import Record
from moodcheck.domain.language import Language
from moodcheck.domain.questionnaire import Questionnaire
from moodcheck.domain.summary import ItemLine, Summary
from moodcheck.domain.trend import has_alert


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item whose answer is another one than last time, in words."""

    label: str
    before: str
    now: str
    difference: int | None
    """None unless both times there was an answer."""


@dataclass(frozen=True, slots=True)
class ChangedScale:
    """A scale and its score, then and now; what a publication says of the change, if it does."""

    change: ScaleChange
    published: str | None


@dataclass(frozen=True, slots=True)
class Closing:
    """All that stands in the closing view. Its summary brings advice, and is no diagnosis."""

    record: Record
    summary: Summary
    critical: tuple[CriticalLine, ...]
    since: datetime | None
    """When the sitting was that this one is compared with; None where it is the first."""
    changed: tuple[ChangedItem, ...]
    scales: tuple[ChangedScale, ...]

    @property
    def changed_most(self) -> tuple[ChangedItem, ...]:
        """The items whose answers moved furthest, up or down."""
        moved = [one for one in self.changed if one.difference]
        furthest = max((abs(one.difference or 0) for one in moved), default=0)
        return tuple(one for one in moved if abs(one.difference or 0) == furthest)

    @property
    def unanswered(self) -> tuple[ItemLine, ...]:
        """The items without an answer."""
        lines = (*self.summary.items, *self.summary.context)
        return tuple(line for line in lines if line.reason is not None)

    @property
    def own_words(self) -> tuple[ItemLine, ...]:
        """What the person wrote or said in their own words."""
        lines = (*self.summary.items, *self.summary.context)
        return tuple(line for line in lines if isinstance(line.value, str))


def closing(
    record: Record, before: Record | None, summary: Summary, language: Language, now: datetime
) -> Closing:
    """Return what a counselor sees before a sitting is closed.

    Args:
        record: the sitting.
        before: the one it is compared with; it has to be comparable.
        summary: of that sitting.
        language: the words that the promises rest on.
        now: what the age of a critical entry is counted to.
    """
    sitting = record.administration
    then = None if before is None else before.administration
    asked = sitting.questionnaire
    items = () if then is None else changes(then, sitting)
    scales = () if then is None else scale_changes(then, sitting)
    return Closing(
        record=record,
        # An alert stays one for whoever closes the sitting, also where it was changed later.
        summary=replace(summary, help_was_shown=summary.help_was_shown or has_alert(record)),
        critical=critical_lines([record], language, now),
        since=None if then is None else then.taken_at,
        changed=tuple(_in_words(one, asked, language) for one in items if one.before != one.now),
        scales=tuple(
            ChangedScale(one, quotation(one.published, language) if one.published else None)
            for one in scales
        ),
    )


def _in_words(change: ItemChange, asked: Questionnaire, language: Language) -> ChangedItem:
    def words(value: int | Unanswered | None) -> str:
        if value is None:
            return language.unanswered[Unanswered.NOT_ASKED]
        if isinstance(value, Unanswered):
            return language.unanswered[value]
        offered = {option.value: option.label for option in asked.options(change.item)}
        label = offered.get(value)
        return f"{value} ({label})" if label else str(value)

    label = asked.item(change.item).label
    return ChangedItem(label, words(change.before), words(change.now), change.difference)
