"""What became of records, in words: why they were rejected, what was unanswered or not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from moodcheck.batch.outcome import RejectReason
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.batch.outcome import RowCounts
    from moodcheck.core.administration import Unanswered

_LONGEST_COLUMN = 60
"""How much of a column's name is shown."""

_MOST_NAMED = 20
"""How many columns that were not read are named."""


def rejected_facts(counts: RowCounts) -> Iterator[tuple[str, str]]:
    """Yield each reason why records were rejected, and how many."""
    meanings = {
        RejectReason.BAD_ANSWER: _("an answer that the item does not offer"),
        RejectReason.TOO_FEW_COLUMNS: _("fewer cells than the header"),
        RejectReason.TOO_MANY_COLUMNS: _("more cells than the header"),
        RejectReason.BROKEN_QUOTE: _("a quotation mark in the wrong place"),
        RejectReason.BAD_ENCODING: _("not UTF-8 text, or it has a NUL character"),
        RejectReason.TOO_LONG: _("longer than a record may be"),
        RejectReason.SUSPECT_ID: _("a line break or hidden character in the row's id"),
        RejectReason.NO_ID: _("answers of which no id says whose they are"),
        RejectReason.SUSPECT_CELL: _("a quoted cell that seems to have swallowed other records"),
        RejectReason.NOT_AN_OBJECT: _("a line that is not a flat JSON object"),
        RejectReason.DUPLICATE_KEY: _("a column that is given twice, or a key that looks like it"),
        RejectReason.OTHER_FHIR_VERSION: _("written for another version of FHIR than R4"),
        RejectReason.BAD_SHAPE: _("a part that FHIR R4 has otherwise, or that is not understood"),
        RejectReason.TOO_DEEP: _("groups that are nested too deeply"),
        RejectReason.ENTERED_IN_ERROR: _("a response that its status takes back"),
        RejectReason.OTHER_QUESTIONNAIRE: _("a response to another questionnaire"),
        RejectReason.UNKNOWN_ITEM: _("an answer to an item that the Questionnaire does not have"),
        RejectReason.ANSWERED_TWICE: _("two answers to one item, or an item that is there twice"),
        RejectReason.WRONG_TYPE: _("an answer of a type that does not fit"),
        RejectReason.BAD_WEIGHT: _("a weight that is no whole number, or contradicts its code"),
        RejectReason.TOTAL_DIFFERS: _("a stated score that is not the one of the answers"),
    }
    for reason, count in counts.rejected.items():
        if count:
            yield reason.value, f"{count:,} ({meanings[reason]})"


def unanswered_facts(
    unanswered: Mapping[str, Mapping[Unanswered, int]],
) -> Iterator[tuple[str, str]]:
    """Yield each item that is unanswered in a row, and why in how many."""
    for item_id, reasons in unanswered.items():
        if any(reasons.values()):
            counts = (f"{count:,} {reason}" for reason, count in reasons.items() if count)
            yield item_id, ", ".join(counts)


def column_facts(counts: RowCounts) -> Iterator[tuple[str, str]]:
    """Yield which column was taken for which item, where the map names none of them."""
    for item, column in counts.found_columns.items():
        yield item, _short(column)


def _short(column: str) -> str:
    """Return the beginning and the end of a column's name: questions in a grid differ in that."""
    name = " ".join(column.split())
    if len(name) <= _LONGEST_COLUMN:
        return name
    return f"{name[: _LONGEST_COLUMN // 3]} … {name[-_LONGEST_COLUMN // 2 :]}"


def fhir_notes(counts: RowCounts) -> Iterator[str]:
    """Yield what responses of FHIR say of themselves."""
    if counts.unfinished:
        yield _(
            "Responses that were not finished, as their status says: {count}. What they lack is "
            "unanswered."
        ).format(count=f"{counts.unfinished:,}")
    if counts.other_resources:
        yield _("Resources of FHIR that are no responses, and no records: {count}.").format(
            count=f"{counts.other_resources:,}"
        )


def unread_notes(counts: RowCounts) -> Iterator[str]:
    """Yield what of the data was used for nothing, and what advice looked for in vain."""
    if counts.absent_conditions:
        items = ", ".join(counts.absent_conditions)
        yield _(
            "Advice also looks at these items, which are not in the data: {items}. With them, "
            "some rows might have had more urgent advice."
        ).format(items=items)
    if counts.unread_columns:
        yield _(
            "Columns that were not read, whose answers are in no score and no alert: {columns}."
        ).format(columns=_some_of(counts.unread_columns))


def _some_of(names: Sequence[str]) -> str:
    """Return the first of some names, and how many others there are."""
    said = ", ".join(names[:_MOST_NAMED])
    others = len(names) - _MOST_NAMED
    return said if others <= 0 else _("{names} and {count} others").format(names=said, count=others)
