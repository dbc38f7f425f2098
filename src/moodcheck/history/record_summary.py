"""Records as they may be shown: one whole, or many in a list. Neither can be made bare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from moodcheck.core.crisis import CrisisDirectory, HelpPanel, Region, help_panel
from moodcheck.core.language import Language
from moodcheck.core.summary import Summary, summarize
from moodcheck.history.critical_line import CriticalLine, critical_lines
from moodcheck.history.order import in_order
from moodcheck.history.record import Record
from moodcheck.history.trend import has_alert, needs_help_first


@dataclass(frozen=True, slots=True)
class RecordSummary:
    """Everything that may be shown about one record."""

    record: Record
    summary: Summary
    critical: tuple[CriticalLine, ...]
    """What a human has to see, first what nobody acknowledged."""


@dataclass(frozen=True, slots=True)
class RecordList:
    """Which records there are, with what a human has to see of them."""

    records: tuple[Record, ...]
    critical: tuple[CriticalLine, ...]
    help_first: bool
    """Whether one of them has an alert, or advice that does not wait."""
    notice: str
    """That it is not a diagnosis, and whom to see."""
    help: HelpPanel

    def __post_init__(self) -> None:
        if not (self.notice and self.help.act_now):
            msg = "a list of records always says that it is not a diagnosis, and shows help"
            raise ValueError(msg)


def summarize_record(
    record: Record,
    crisis_directory: CrisisDirectory,
    language: Language,
    *,
    region: Region,
    now: datetime,
) -> RecordSummary:
    """Return everything that may be shown about a record; the arguments are those of `trend`."""
    summary = summarize(
        record.administration,
        crisis_directory,
        language,
        region=region,
        today=now.date(),
        help_was_shown=has_alert(record),
    )
    return RecordSummary(record, summary, critical_lines([record], language, now))


def list_records(
    records: Sequence[Record],
    crisis_directory: CrisisDirectory,
    language: Language,
    *,
    region: Region,
    now: datetime,
) -> RecordList:
    """Return the records as a list that may be shown; the arguments are those of `trend`."""
    return RecordList(
        records=in_order(records),
        critical=critical_lines(records, language, now),
        help_first=any(map(needs_help_first, records)),
        notice=language.notice,
        help=help_panel(crisis_directory, language, region, today=now.date()),
    )
