"""A sitting as its counselor reviews it: every answer, the urgent ones first, and no verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from moodcheck.core.administration import Unanswered
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import Item
from moodcheck.core.safety import behind_advice
from moodcheck.core.summary import ItemLine, Summary
from moodcheck.history.change import ItemChange, QuotedChange, changes, quoted, scale_changes
from moodcheck.history.critical import CriticalLine, critical_lines, has_alert, in_words
from moodcheck.history.record import Record, SittingMode

Value = int | str | Unanswered | None


@dataclass(frozen=True, slots=True)
class ReviewedItem:
    """One item of a sitting: what stands there, and what stood there last time."""

    item: Item
    now: str
    """The answer with its value, the person's own words, or why there is no answer."""
    before: str | None
    """The same of last time; None where it was equal, or where there was no last time."""
    difference: int | None
    """How far the answer moved since; None unless both times there was one."""
    sets_advice: bool
    """Whether the advice is what it is because of this answer."""
    note: str
    """The counselor's; empty where there is none."""
    is_in_own_words: bool


@dataclass(frozen=True, slots=True)
class ReviewedCorrection:
    """An answer that was put right after the sitting."""

    label: str
    before: str
    now: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SessionReview:
    """All that stands in the closing view. Its summary brings advice, and is no diagnosis."""

    record: Record
    summary: Summary
    critical: tuple[CriticalLine, ...]
    since: datetime | None
    """When the sitting was that this one is compared with; None where it is the first."""
    apart: Questionnaire | None
    """What was asked before under the same id, and is not compared: it is scored differently."""
    items: tuple[ReviewedItem, ...]
    """Every item, also what was not answered, in the questionnaire's order."""
    corrections: tuple[ReviewedCorrection, ...]
    scales: tuple[QuotedChange, ...]
    was_told: bool
    """Whether the client was shown the advice as it is now."""

    @property
    def set_advice(self) -> tuple[ReviewedItem, ...]:
        """The items whose answers set the advice."""
        return tuple(one for one in self.items if one.sets_advice)

    @property
    def changed(self) -> tuple[ReviewedItem, ...]:
        """The other items that are not as they were last time, those that moved furthest first."""
        moved = [one for one in self.items if one.before is not None and not one.sets_advice]
        return tuple(sorted(moved, key=lambda one: -abs(one.difference or 0)))

    @property
    def others(self) -> tuple[ReviewedItem, ...]:
        """All that are left."""
        return tuple(one for one in self.items if one.before is None and not one.sets_advice)

    @property
    def in_order(self) -> tuple[ReviewedItem, ...]:
        """Every item in the order in which the view shows and numbers them."""
        return (*self.set_advice, *self.changed, *self.others)


def session_review(  # noqa: PLR0913 - each is something the view shows
    record: Record,
    before: Record | None,
    summary: Summary,
    language: Language,
    now: datetime,
    *,
    apart: Questionnaire | None = None,
    was_told: bool = False,
) -> SessionReview:
    """Return what a counselor sees of a sitting.

    Args:
        record: the sitting.
        before: the one it is compared with; it has to be comparable.
        summary: of that sitting.
        language: the words that the promises rest on.
        now: what the age of a critical entry is counted to.
        apart: what was asked last under the same id, where that is scored differently.
        was_told: whether the client is known to have been shown the advice. A client who got to
            the end at the keyboard was, too.
    """
    sitting = record.administration
    then = None if before is None else before.administration
    return SessionReview(
        record=record,
        # An alert stays one for the counselor, also where the answer was changed later.
        summary=replace(summary, help_was_shown=summary.help_was_shown or has_alert(record)),
        critical=critical_lines([record], language, now),
        since=None if then is None else then.taken_at,
        apart=apart,
        items=_items(record, before, summary, language),
        corrections=_corrections(record, language),
        scales=tuple(
            quoted(one, language) for one in (() if then is None else scale_changes(then, sitting))
        ),
        # A correction since then may have led to other advice.
        was_told=(was_told or _came_to_the_end(record)) and not record.corrections,
    )


def _came_to_the_end(record: Record) -> bool:
    """Return whether the client had the keyboard, and left nothing out by ending early."""
    is_not_reached = Unanswered.NOT_REACHED in record.administration.unanswered.values()
    return record.mode is not SittingMode.READ_ALOUD and not is_not_reached


def _items(
    record: Record, before: Record | None, summary: Summary, language: Language
) -> tuple[ReviewedItem, ...]:
    sitting = record.administration
    asked, behind = sitting.questionnaire, behind_advice(sitting)
    compared = () if before is None else changes(before.administration, sitting)
    moved = {one.item: one for one in compared if _is_another(one)}

    def shown(line: ItemLine) -> ReviewedItem:
        name = line.item.id
        change = moved.get(name)
        given: Value = line.value if line.reason is None else sitting.unanswered[name]
        return ReviewedItem(
            item=line.item,
            now=in_words(given, name, asked, language),
            before=in_words(change.before, name, asked, language) if change else None,
            difference=change.difference if change else None,
            sets_advice=name in behind,
            note=record.notes.get(name, ""),
            is_in_own_words=isinstance(line.value, str),
        )

    return tuple(shown(line) for line in (*summary.items, *summary.context))


def _is_another(change: ItemChange) -> bool:
    """Return whether an answer changed; one reason for having none is as good as another."""
    has_answer = isinstance(change.before, int) or isinstance(change.now, int)
    return has_answer and change.before != change.now


def _corrections(record: Record, language: Language) -> tuple[ReviewedCorrection, ...]:
    sitting = record.administration
    asked = sitting.questionnaire
    every: dict[str, Value] = {**sitting.answers, **sitting.words, **sitting.unanswered}
    return tuple(
        ReviewedCorrection(
            label=asked.item(one.item).label,
            before=in_words(one.before, one.item, asked, language),
            now=in_words(every[one.item], one.item, asked, language),
            at=one.at,
        )
        for one in record.corrections
    )
