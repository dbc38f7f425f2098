"""Saved sittings as a table for statistics: one row for each item, and for each scale."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from moodcheck.domain.administration import Unanswered
from moodcheck.domain.scoring import score
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from moodcheck.domain.history import Record
    from moodcheck.domain.questionnaire import Item

_COLUMNS = (
    "record", "client", "sequence", "taken_at", "questionnaire", "version", "mode", "state",
    "kind", "id", "label", "value", "answer", "unanswered",
    "alerted", "not_acknowledged", "acknowledged", "note", "notice",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def history_csv(records: Sequence[Record], *, notice: str) -> str:
    """Return a CSV with a header.

    `kind` is `item`, `context` or `scale`. `value` is the answer or the score as a number, empty
    where there is none: then `unanswered` says why. `answer` is its label, or the person's own
    words. `alerted` is the highest alert of a critical item, also one that was changed later. A
    text that a spreadsheet would run as a formula has an apostrophe before it.
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
        str(record.sequence),
        record.administration.taken_at.isoformat(),
        asked.id,
        asked.version,
        record.mode,
        record.state,
    ]
    return [_cell(part) for part in parts]


def _rows(record: Record) -> Iterator[list[int | float | str | None]]:
    asked = record.administration.questionnaire
    for kind, items in (("item", asked.items), ("context", asked.context)):
        for item in items:
            note = record.notes.get(item.id)
            yield [kind, item.id, item.label, *_answer(record, item), *_seen(record, item), note]
    for result in score(record.administration):
        scale = result.scale
        yield ["scale", scale.id, scale.label, result.score, None, result.reason, *[None] * 4]


def _answer(record: Record, item: Item) -> list[int | str | None]:
    sitting = record.administration
    if item.id in sitting.answers:
        value = sitting.answers[item.id]
        return [value, sitting.questionnaire.option(item.id, value).label, None]
    return [None, sitting.words.get(item.id), sitting.unanswered.get(item.id)]


def _seen(record: Record, item: Item) -> list[int | str | None]:
    """Return the highest alert, whether a human still has to see it, and who has."""
    for entry in record.critical:
        if entry.item == item.id:
            seen = entry.acknowledgement
            said = f"{seen.initials}, {seen.at.isoformat()}: {seen.action}" if seen else None
            is_open = "NOT ACKNOWLEDGED" if entry in record.unacknowledged else None
            return [entry.alerted, is_open, said]
    return [None, None, None]


def _cell(value: float | str | None) -> str:
    if not isinstance(value, str) or isinstance(value, Unanswered):
        return "" if value is None else str(value)
    text = safe_text(value)
    # Also behind spaces, which some spreadsheets take away.
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
