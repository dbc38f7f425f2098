"""Records and clients as they may be shown: one record whole, or lists. None is without advice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from moodcheck.core.crisis import CrisisDirectory, HelpPanel, Region, help_panel
from moodcheck.core.language import Language
from moodcheck.core.summary import Summary, summarize
from moodcheck.history.critical import CriticalLine, critical_lines, has_alert, needs_help_first
from moodcheck.history.order import in_order
from moodcheck.history.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisedList:
    """A list of several sittings, which cannot be made without the notice and help."""

    notice: str
    """That it is not a diagnosis, and whom to see."""
    help: HelpPanel

    def __post_init__(self) -> None:
        if not (self.notice and self.help.act_now):
            msg = "a list of sittings always says that it is not a diagnosis, and has help"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class RecordSummary:
    """Everything that may be shown about one record."""

    record: Record
    summary: Summary
    critical: tuple[CriticalLine, ...]
    """What a human has to see, first what nobody acknowledged."""


@dataclass(frozen=True, slots=True)
class RecordList(AdvisedList):
    """Which records there are, with what a human has to see of them."""

    records: tuple[Record, ...]
    critical: tuple[CriticalLine, ...]
    help_first: bool
    """Whether one of them has an alert, or advice that does not wait."""


@dataclass(frozen=True, slots=True)
class ClientLine:
    """One client."""

    client: str
    sittings: int
    last: Record
    """The sitting that was begun last."""
    not_acknowledged: tuple[CriticalLine, ...]
    """Of all sittings, oldest first."""


@dataclass(frozen=True, slots=True)
class ClientList(AdvisedList):
    """All clients."""

    clients: tuple[ClientLine, ...]

    @property
    def not_acknowledged(self) -> tuple[CriticalLine, ...]:
        """What nobody has acknowledged, oldest first."""
        lines = [line for client in self.clients for line in client.not_acknowledged]
        place = _places(line.record for line in lines)
        return tuple(sorted(lines, key=lambda line: place[id(line.record)]))

    @property
    def help_first(self) -> bool:
        """Whether help lines come before all else, because of what nobody has acknowledged."""
        return any(needs_help_first(line.record) for line in self.not_acknowledged)


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


def client_list(
    records: Iterable[Record], language: Language, panel: HelpPanel, now: datetime
) -> ClientList:
    """Return the clients of these records; a person's own check-ins are no client's."""
    of_client: dict[str, list[Record]] = {}
    ordered = in_order(records)
    for record in ordered:
        if record.needs_acknowledgement:
            of_client.setdefault(record.client.lower(), []).append(record)
    lines = [_line(sittings, language, now) for sittings in of_client.values()]
    place = _places(ordered)
    # By the age of what was not acknowledged; the others by when they last came, latest first.
    lines.sort(
        key=lambda line: (
            place[id(line.not_acknowledged[0].record)] if line.not_acknowledged else len(place),
            -place[id(line.last)],
        )
    )
    return ClientList(tuple(lines), notice=language.notice, help=panel)


def _places(records: Iterable[Record]) -> dict[int, int]:
    return {id(record): position for position, record in enumerate(in_order(records))}


def _line(sittings: list[Record], language: Language, now: datetime) -> ClientLine:
    found = critical_lines(sittings, language, now)
    return ClientLine(
        client=sittings[0].client,
        sittings=len(sittings),
        last=sittings[-1],
        not_acknowledged=tuple(line for line in found if line.needs_acknowledgement),
    )
