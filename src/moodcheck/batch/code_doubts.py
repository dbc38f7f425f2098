"""Whether codes mean what they are taken for: data counted from 1 make every score too high."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moodcheck.batch.plan import Coding, Plan

_ENOUGH_ROWS = 50
"""Rows with an answer from which on it is a sign that hardly anybody gave the lowest one."""

_HARDLY_EVER = 0.01
"""The lowest answers are a smaller share of all answers to all items. Even those who are very ill
give more of them, and a single slip does not come to it."""

_FEW, _FREQUENT = 5, 0.01
"""Cells just outside the options, and their share of all cells that are filled in."""

Counts = Mapping[str, Mapping[int, int]]
"""Item id → value → rows."""


class DoubtKind(StrEnum):
    """What is odd about codes."""

    COUNTED_FROM_ONE = "counted_from_one"
    """Numbers stand as they are, and hardly any is the lowest that its item offers."""
    LOWEST_NEVER_GIVEN = "lowest_never_given"
    """The same of texts whose values a map gives."""
    JUST_OUTSIDE = "just_outside"
    """A number one below the lowest answer, or one above the highest, stands there often."""


@dataclass(frozen=True, slots=True)
class CodeDoubt:
    """Something that is odd about codes."""

    kind: DoubtKind
    count: int
    """Rows with an answer; for `JUST_OUTSIDE`, cells that hold the number."""
    lowest: int
    highest: int
    """What the items offer; for `JUST_OUTSIDE`, as the file writes it."""
    names: tuple[str, ...]
    """The response sets of the items, as `answers` in a map names them; or the items."""
    value: int | None = None
    """The number that is `JUST_OUTSIDE`."""


def code_doubts(plan: Plan, values: Counts, outside: Counts) -> Iterator[CodeDoubt]:
    """Yield what is odd about the codes in rows.

    Args:
        plan: how they were read.
        values: how often each option stands in each item.
        outside: how often a number does that lies just outside; of items whose answers are
            numbers in the file.
    """
    for kind, is_literal in (
        (DoubtKind.COUNTED_FROM_ONE, True),
        (DoubtKind.LOWEST_NEVER_GIVEN, False),
    ):
        of_kind = {i: one for i, one in plan.codings.items() if one.is_literal is is_literal}
        most = max((sum(values.get(i, {}).values()) for i in of_kind), default=0)
        every = sum(sum(values.get(i, {}).values()) for i in of_kind)
        lowest = sum(values.get(i, {}).get(min(one.offered), 0) for i, one in of_kind.items())
        if most >= _ENOUGH_ROWS and lowest < _HARDLY_EVER * every:
            yield _doubt(plan, kind, most, of_kind)
    yield from _just_outside(plan, values, outside)


def _just_outside(plan: Plan, values: Counts, outside: Counts) -> Iterator[CodeDoubt]:
    filled = sum(sum(counts.values()) for both in (values, outside) for counts in both.values())
    for value in sorted({value for counts in outside.values() for value in counts}):
        holding = {i: plan.codings[i] for i, counts in outside.items() if counts.get(value)}
        cells = sum(outside[i][value] for i in holding)
        if cells >= _FEW and cells >= _FREQUENT * filled:
            yield _doubt(plan, DoubtKind.JUST_OUTSIDE, cells, holding, value)


def _doubt(
    plan: Plan, kind: DoubtKind, count: int, of: Mapping[str, Coding], value: int | None = None
) -> CodeDoubt:
    offered = [one for it in of.values() for one in (it.offered if value is None else it.written)]
    sets = (plan.questionnaire.item(item).responses or item for item in of)
    return CodeDoubt(kind, count, min(offered), max(offered), tuple(dict.fromkeys(sets)), value)
