"""Saved sittings as a table for statistics: one row for each item, and for each scale."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from moodcheck.core.administration import Unanswered
from moodcheck.core.scoring import score
from moodcheck.report.times import timestamp
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from moodcheck.core.questionnaire_parts import Item
    from moodcheck.history.record import Record

_COLUMNS = (
    "record", "client", "origin", "sequence", "taken_at", "questionnaire", "version", "mode",
    "state", "changed_outside",
    "kind", "id", "label", "value", "answer", "unanswered", "corrected_from",
    "critical", "alerted", "not_acknowledged", "acknowledged", "spoken_with", "told", "plan",
    "next_contact", "note", "notice",
)  # fmt: skip

_NOT_CRITICAL = [None] * 8

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def history_csv(records: Sequence[Record], *, notice: str) -> str:
    """Return a CSV with a header.

    `kind` is `item`, `context` or `scale`, or `sitting` for what was noted of it as a whole.
    `value` is the answer or the score as a number, empty where there is none: then `unanswered`
    says why. `answer` is its label, or the person's own words; `corrected_from` is what stood
    there before a mistake was put right. `critical` says why a human has to see an item, and
    `alerted` is the highest answer that was an alert or led to advice, also one that was changed
    later. A text that a spreadsheet would run as a formula has an apostrophe before it.
    """
    table = StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for record in records:
        for row in _rows(record):
            writer.writerow([*_head(record), *map(_cell, row), _cell(notice)])
    return table.getvalue()


def _head(record: Record) -> list[str]:
    asked = record.administration.questionnaire
    parts = [
        record.id,
        record.client,
        record.origin,
        str(record.sequence),
        timestamp(record.administration.taken_at),
        asked.id,
        asked.version,
        record.mode,
        record.state,
        "yes" if record.changed_outside else "",
    ]
    return [_cell(part) for part in parts]


def _rows(record: Record) -> Iterator[list[int | float | str | None]]:
    asked = record.administration.questionnaire
    for kind, items in (("item", asked.items), ("context", asked.context)):
        for item in items:
            answer, note = _answer(record, item), record.notes.get(item.id)
            before = _corrected(record, item)
            yield [kind, item.id, item.label, *answer, before, *_seen(record, item), note]
    for result in score(record.administration):
        scale = result.scale
        number = [result.score, None, result.reason, None]
        yield ["scale", scale.id, scale.label, *number, *_NOT_CRITICAL, None]
    if record.note:
        yield ["sitting", None, None, *[None] * 4, *_NOT_CRITICAL, record.note]


def _answer(record: Record, item: Item) -> list[int | str | None]:
    sitting = record.administration
    if item.id in sitting.answers:
        value = sitting.answers[item.id]
        return [value, sitting.questionnaire.option(item.id, value).label, None]
    return [None, sitting.words.get(item.id), sitting.unanswered.get(item.id)]


def _corrected(record: Record, item: Item) -> str | None:
    before = [str(one.before) for one in record.corrections if one.item == item.id]
    return "; ".join(before) or None


def _seen(record: Record, item: Item) -> list[int | str | None]:
    """Return why a human has to see an item, whether one still has to, and what was done."""
    for entry in record.critical:
        if entry.item == item.id:
            seen = entry.acknowledgement
            is_open = "NOT ACKNOWLEDGED" if entry in record.unacknowledged else None
            found = [entry.kind.value, entry.alerted, is_open]
            if seen is None:
                return [*found, *[None] * 5]
            said = f"{seen.initials}, {timestamp(seen.at)}: {seen.action}".removesuffix(": ")
            return [*found, said, seen.spoken_with, seen.told, seen.plan, seen.next_contact]
    return [*_NOT_CRITICAL]


def _cell(value: float | str | None) -> str:
    if not isinstance(value, str) or isinstance(value, Unanswered):
        return "" if value is None else str(value)
    text = safe_text(value)
    # Also behind spaces, which some spreadsheets take away.
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
