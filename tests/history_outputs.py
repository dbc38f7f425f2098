"""Everything that is shown of saved sittings, in each format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from moodcheck.core.crisis import Region
from moodcheck.history.listing import (
    RecordList,
    RecordSummary,
    list_records,
    summarize_record,
)
from moodcheck.history.record import Record
from moodcheck.history.trend import Trend, trend
from moodcheck.history.views import (
    history_json,
    record_view,
)
from moodcheck.history.views.trend_view import trend_document
from moodcheck.report import render_plain, render_rich
from moodcheck.report.document import Document
from tests.shipped import DIRECTORY, LANGUAGE, TAKEN_AT, UNITED_STATES

NOW = TAKEN_AT + timedelta(days=3, minutes=5)


Render = Callable[[Sequence[Record], Region, int], str]
"""Shows records with the help lines of a region, at a width."""


def trend_of(records: Sequence[Record], where: Region = UNITED_STATES) -> Trend:
    return trend(records, DIRECTORY, LANGUAGE, region=where, now=NOW)


def summary_of(record: Record, where: Region = UNITED_STATES) -> RecordSummary:
    return summarize_record(record, DIRECTORY, LANGUAGE, region=where, now=NOW)


def list_of(records: Sequence[Record], where: Region = UNITED_STATES) -> RecordList:
    return list_records(records, DIRECTORY, LANGUAGE, region=where, now=NOW)


def _trend(kept: Sequence[Record], where: Region, *, is_whole: bool) -> Document:
    return trend_document(trend_of(kept, where), is_whole=is_whole, how_to_see_all="All of them.")


def _record_rich(kept: Sequence[Record], where: Region, width: int) -> str:
    shown = record_view.record_document(summary_of(kept[-1], where))
    return render_rich.render(shown, width=width)


OUTCOMES: Mapping[str, Render] = {
    "trend, rich": lambda kept, where, width: render_rich.render(
        _trend(kept, where, is_whole=False), width=width
    ),
    "trend, plain": lambda kept, where, width: render_plain.render(
        _trend(kept, where, is_whole=False), width=width
    ),
    "trend whole, rich": lambda kept, where, width: render_rich.render(
        _trend(kept, where, is_whole=True), width=width
    ),
    "trend whole, plain": lambda kept, where, width: render_plain.render(
        _trend(kept, where, is_whole=True), width=width
    ),
    "trend, json": lambda kept, where, _: history_json.trend(trend_of(kept, where)),
    "record, rich": _record_rich,
    "record, plain": lambda kept, where, width: render_plain.render(
        record_view.record_document(summary_of(kept[-1], where)), width=width
    ),
    "record, json": lambda kept, where, _: history_json.record(summary_of(kept[-1], where)),
}
"""What shows answers or scores; a record is the last of those given."""

LISTS: Mapping[str, Render] = {
    "list, rich": lambda kept, where, width: render_rich.render(
        record_view.list_document(list_of(kept, where)), width=width
    ),
    "list, plain": lambda kept, where, width: render_plain.render(
        record_view.list_document(list_of(kept, where)), width=width
    ),
    "list, json": lambda kept, where, _: history_json.record_list(list_of(kept, where)),
}
"""What only says which records there are, and which of them a human has to see."""

EVERY_OUTPUT: Mapping[str, Render] = {**OUTCOMES, **LISTS}
FOR_EYES_AND_EARS = [name for name in EVERY_OUTPUT if not name.endswith("json")]
