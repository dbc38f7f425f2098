"""The order of sittings: by sequence number in one history, by the time taken across several."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter

from moodcheck.history.record import Record

_sequence = attrgetter("sequence", "administration.taken_at", "id")


def in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return records in the order in which they were begun.

    In one history the sequence number decides, since a clock may be set back. Records from
    different histories are merged by the time taken; where a clock was changed, a record stays
    beside the one that was begun before it in the same history.
    """
    of_history: dict[str, list[Record]] = {}
    for record in records:
        of_history.setdefault(record.origin, []).append(record)
    placed: list[tuple[datetime, str, int, Record]] = []
    for origin, group in of_history.items():
        group.sort(key=_sequence)
        times = [record.administration.taken_at for record in group]
        placed += [
            (time, origin, position, record)
            for position, (time, record) in enumerate(zip(_rising(times), group, strict=True))
        ]
    return tuple(record for *_place, record in sorted(placed, key=lambda one: one[:3]))


def _rising(times: Sequence[datetime]) -> list[datetime]:
    """Return times that never fall, with as few of them changed as can be.

    One wrong date moves its own record alone: those around it keep theirs.
    """
    kept = _longest_rising(times)
    trusted = set(kept)
    time = times[kept[0]]
    rising = []
    for position, own in enumerate(times):
        time = own if position in trusted else time
        rising.append(time)
    return rising


def _longest_rising(times: Sequence[datetime]) -> list[int]:
    """Return the positions of the longest part of `times` in which none is before the last."""
    ends: list[datetime] = []  # the earliest time at which a rising part of each length can end
    at: list[int] = []
    before: list[int | None] = []
    for position, time in enumerate(times):
        length = bisect_right(ends, time)
        before.append(at[length - 1] if length else None)
        ends[length : length + 1] = [time]
        at[length : length + 1] = [position]
    found: list[int] = []
    step: int | None = at[-1]
    while step is not None:
        found.append(step)
        step = before[step]
    return found[::-1]
