"""A counselor's clients, those with something that nobody acknowledged first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from moodcheck.core.crisis import HelpPanel
from moodcheck.core.language import Language
from moodcheck.history.critical_line import CriticalLine, critical_lines
from moodcheck.history.order import in_order
from moodcheck.history.record import Record
from moodcheck.history.trend import needs_help_first


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
class ClientList:
    """All clients. Cannot be made without saying that it is no diagnosis, and whom to see."""

    clients: tuple[ClientLine, ...]
    notice: str
    help: HelpPanel

    def __post_init__(self) -> None:
        if not (self.notice and self.help.act_now):
            msg = "a list of clients always says that it is not a diagnosis, and has help"
            raise ValueError(msg)

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
    return ClientList(tuple(lines), language.notice, panel)


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
