"""What is said of a row, from a few sums over its answers: each scale, and what its safety asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from moodcheck.batch.output_columns import (
    ADVICE,
    ALERT,
    NOTICE,
    QUESTIONNAIRE,
    VERSION,
    band_column,
    reason_column,
    score_column,
    unanswered_column,
)
from moodcheck.core.computation import span_of
from moodcheck.core.safety import CriticalState, first_fitting, row_alert
from moodcheck.core.scoring import quotation, score_of_total

if TYPE_CHECKING:
    from fractions import Fraction

    from moodcheck.batch.plan import Plan
    from moodcheck.core.computation import Computation, Member, Term
    from moodcheck.core.questionnaire_parts import Condition
    from moodcheck.core.scale import Scale
    from moodcheck.core.scoring import ScaleScore

Numbers = Mapping[int, int]
"""Code → a number, none below zero. What is not there stands for none."""

Cells = tuple[int | float | str | None, ...]


@dataclass(frozen=True, eq=False)
class Alternatives:
    """Items that count as one: its code is the highest number that an answer stands for, or 0."""

    ranks: Mapping[str, Numbers]
    """Item id → code → 1 and up."""

    @property
    def highest(self) -> int:
        """The largest of its codes."""
        return max(rank for codes in self.ranks.values() for rank in codes.values())


class Part(NamedTuple):
    """What a scale adds that is part of another."""

    scale: str
    number: Callable[[Fraction | None], int]
    """Its exact score, or None for none, as a number, none below zero."""
    most: int
    """The largest of those numbers."""


@dataclass(frozen=True)
class Sum:
    """A number for each row, 0 or more: what its answers stand for, added up."""

    added: Mapping[str | Alternatives, Numbers]
    """An item id, or alternatives → what each of their codes stands for."""
    most: int | None = None
    """Every larger sum says the same as this one; None where each says something else."""
    parts: tuple[Part, ...] = ()
    is_highest: bool = False
    """The highest of the numbers counts, and not their sum."""

    @cached_property
    def largest(self) -> int:
        """What it can come to."""
        every = [max(codes.values(), default=0) for codes in self.added.values()]
        every += [part.most for part in self.parts]
        return max(every, default=0) if self.is_highest else sum(every)

    @property
    def size(self) -> int:
        """How many different things it can say."""
        return 1 + (self.largest if self.most is None else min(self.most, self.largest))


@dataclass(frozen=True)
class Finding:
    """Columns of the scores that follow from some sums."""

    types: Mapping[str, type[int | float | str]]
    """The columns, in their order."""
    sums: tuple[Sum, ...]
    cells: Callable[..., Cells]
    """What the sums say, in the columns; takes as many numbers as there are sums."""
    scale: str = ""
    """The id of the scale that it is about."""
    exact: Callable[..., Fraction | None] = field(default=lambda *_: None)
    """The score of that scale before it was made a double; takes the same numbers."""


def findings(plan: Plan, notice: str) -> Iterator[Finding]:
    """Yield all that is said of a row that is not rejected, in the order of the columns."""
    for scale in plan.questionnaire.scales:
        yield of_scale(plan, scale)
    yield _of_safety(plan, notice)


class _Source(NamedTuple):
    """A member of a scale that is an item, or alternatives: what each of its codes stands for."""

    source: str | Alternatives
    points: Numbers
    """For each code of an answer; they may lie below zero."""
    unanswered: tuple[int, ...]
    """The other codes."""

    def raised(self, lowest: int, nothing: int) -> Numbers:
        """Return the points of each code from the lowest on, where no answer adds `nothing`."""
        every = {**dict.fromkeys(self.unanswered, nothing), **self.points}
        return {code: points - lowest for code, points in every.items()}


def of_scale(plan: Plan, scale: Scale) -> Finding:
    """Return what is said of a scale."""
    asked = plan.questionnaire
    how = asked.computation(scale)
    members = [one for one in (_asked_of(plan, member) for member in how.members) if one]
    # From 0: what the answers of one row come to is no less than this.
    lowest = [min(0, span_of(member)[0]) for member in members]
    if is_highest := how.method == "maximum":
        lowest = [min(lowest, default=0)] * len(members)
    # What is unanswered adds nothing to a sum, and is never the highest.
    nothing = lowest if is_highest else [0] * len(members)
    each = [*zip(members, lowest, nothing, strict=True)]
    sources = [(_source(plan, one), low, no) for one, low, no in each if not one[0].is_scale]
    parts = [(one[0], low, no) for one, low, no in each if one[0].is_scale]
    unanswered = Sum(
        {one.source: dict.fromkeys(one.unanswered, 1) for one, *_ in sources},
        parts=tuple(Part(term.name, _is_missing, 1) for term, *_ in parts),
    )
    total = Sum(
        {one.source: one.raised(low, no) for one, low, no in sources},
        parts=tuple(_part(term, low, no) for term, low, no in parts),
        is_highest=is_highest,
    )
    least = lowest[0] if is_highest and lowest else sum(lowest)
    is_never_asked = not plan.reading.prorates_not_asked and _is_never_asked(plan, how)

    def result(unanswered: int, total: int) -> ScaleScore:
        answered = len(members) - unanswered
        return score_of_total(
            asked, scale, total + least, answered=answered, is_never_asked=is_never_asked
        )

    def cells(unanswered: int, total: int) -> Cells:
        found = result(unanswered, total)
        said = (found.score, found.of - found.answered, found.reason)
        band = found.band and quotation(scale, found.band, how)
        return (*said, band or None) if scale.bands else said

    return Finding(
        _types(scale, how),
        (unanswered, total),
        cells,
        scale.id,
        lambda *sums: result(*sums).exact,
    )


def _types(scale: Scale, how: Computation) -> dict[str, type[int | float | str]]:
    types: dict[str, type[int | float | str]] = {
        score_column(scale): float if how.is_double else int,
        unanswered_column(scale): int,
        reason_column(scale): str,
    }
    return types | ({band_column(scale): str} if scale.bands else {})


def _asked_of(plan: Plan, member: Member) -> Member:
    """Return that of a member which is part of the data."""
    return tuple(term for term in member if term.is_scale or term.name in plan.codings)


def _is_never_asked(plan: Plan, how: Computation) -> bool:
    """Return whether a member of a scale, or of a scale in it, is no part of the data."""
    asked = plan.questionnaire
    within = [asked.scale(term.name) for (term, *_) in how.members if term.is_scale]
    return not all(_asked_of(plan, member) for member in how.members) or any(
        _is_never_asked(plan, asked.computation(one)) for one in within
    )


def _source(plan: Plan, member: Member) -> _Source:
    """Return what the codes of a member's answers stand for."""
    codings = plan.codings
    points = {
        term.name: {value: term.points(value) for value in codings[term.name].offered}
        for term in member
    }
    if len(member) == 1:
        (name,) = points
        return _Source(name, points[name], tuple(codings[name].reasons.values()))
    every = sorted({it for codes in points.values() for it in codes.values()})
    ranks = {it: rank for rank, it in enumerate(every, start=1)}
    highest = Alternatives(
        {name: {code: ranks[it] for code, it in codes.items()} for name, codes in points.items()}
    )
    return _Source(highest, {rank: it for it, rank in ranks.items()}, (0,))


def _is_missing(exact: Fraction | None) -> int:
    return int(exact is None)


def _part(term: Term, lowest: int, nothing: int) -> Part:
    def number(exact: Fraction | None) -> int:
        points = nothing if exact is None else term.points(int(exact * term.unit))
        # Never below zero in a row; but a table also has sums that no row comes to.
        return max(0, points - lowest)

    return Part(term.name, number, max(term.span[1], nothing) - lowest)


def _of_safety(plan: Plan, notice: str) -> Finding:
    asked, codings = plan.questionnaire, plan.codings
    is_alert: dict[str | Alternatives, Numbers] = {
        one.item: {value: 1 for value in codings[one.item].offered if one.is_alert(value)}
        for one in plan.critical
    }
    is_unanswered: dict[str | Alternatives, Numbers] = {
        one.item: dict.fromkeys(codings[one.item].reasons.values(), 1) for one in plan.critical
    }
    conditions = [*dict.fromkeys(one for rule in asked.advice for one in rule.conditions)]
    sums = [Sum(is_alert, 1), Sum(is_unanswered, 1)]
    sums += [Sum(_reaching(plan, one), one.how_many) for one in conditions]
    states = {CriticalState.NO_ALERT} if plan.critical else set()
    if len(plan.critical) < len(asked.critical):
        states.add(CriticalState.NOT_ASKED)

    def cells(alerts: int, unanswered: int, *met: int) -> Cells:
        found = states | ({CriticalState.ALERT} if alerts else set())
        found |= {CriticalState.UNANSWERED} if unanswered else set()
        reached = dict(zip(conditions, met, strict=True))
        advice = first_fitting(asked, lambda one: reached[one] >= one.how_many)
        return (row_alert(found).value, advice.id, notice, asked.id, asked.version)

    return Finding(
        dict.fromkeys((ALERT, ADVICE, NOTICE, QUESTIONNAIRE, VERSION), str), tuple(sums), cells
    )


def _reaching(plan: Plan, condition: Condition) -> dict[str | Alternatives, Numbers]:
    """Return the answers that are as high as a condition asks for."""
    items = [item.id for item in plan.questionnaire.items]
    if condition.item != "any":
        items = [condition.item]
    return {
        item: {v: 1 for v in plan.codings[item].offered if v >= condition.at_least}
        for item in items
        if item in plan.codings
    }
