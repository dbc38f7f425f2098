"""What is said of a row, from a few sums over its answers: each scale, and what its safety asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

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
from moodcheck.core.safety import CriticalState, first_fitting, row_alert
from moodcheck.core.scoring import points, quotation, score_of_sums

if TYPE_CHECKING:
    from moodcheck.batch.plan import Plan
    from moodcheck.core.questionnaire_parts import Condition, Scale

Added = Mapping[str, Mapping[int, int]]
"""Item id → code → what it adds. What is not there adds nothing; nothing adds less."""

Cells = tuple[int | float | str | None, ...]


@dataclass(frozen=True)
class Sum:
    """A sum over the answers of a row, 0 or more."""

    added: Added
    most: int | None = None
    """Every larger sum says the same as this one; None where each says something else."""

    @cached_property
    def largest(self) -> int:
        """What it can come to."""
        return sum(max(codes.values(), default=0) for codes in self.added.values())

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


def findings(plan: Plan, notice: str) -> Iterator[Finding]:
    """Yield all that is said of a row that is not rejected, in the order of the columns."""
    for scale in plan.questionnaire.scales:
        yield _of_scale(plan, scale)
    yield _of_safety(plan, notice)


def _of_scale(plan: Plan, scale: Scale) -> Finding:
    asked, codings = plan.questionnaire, plan.codings
    members = asked.items_of(scale)
    added = {
        item: {value: points(asked, scale, item, value) for value in codings[item].offered}
        for item in members
        if item in codings
    }
    # From 0: what the answers of one row come to is no less than this.
    lowest = {item: min(0, *codes.values()) for item, codes in added.items()}
    raised = {
        item: {code: added[item].get(code, 0) - lowest[item] for code in codings[item].codes}
        for item in added
    }
    unanswered = {item: dict.fromkeys(codings[item].reasons.values(), 1) for item in added}
    types: dict[str, type[int | float | str]] = {
        score_column(scale): float if scale.method == "mean" else int,
        unanswered_column(scale): int,
        reason_column(scale): str,
    }
    if scale.bands:
        types[band_column(scale)] = str
    least = sum(lowest.values())
    answerable = len(added)
    is_never_asked = answerable < len(members) and not plan.reading.prorates_not_asked

    def cells(unanswered: int, total: int) -> Cells:
        answered = answerable - unanswered
        result = score_of_sums(
            asked, scale, total + least, answered=answered, is_never_asked=is_never_asked
        )
        band = result.band and quotation(scale, result.band, maximum=result.maximum)
        said = (result.score, result.of - answered, result.reason)
        return (*said, band or None) if scale.bands else said

    return Finding(types, (Sum(unanswered), Sum(raised)), cells)


def _of_safety(plan: Plan, notice: str) -> Finding:
    asked, codings = plan.questionnaire, plan.codings
    is_alert = {
        one.item: {value: 1 for value in codings[one.item].offered if one.is_alert(value)}
        for one in plan.critical
    }
    is_unanswered = {
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


def _reaching(plan: Plan, condition: Condition) -> Added:
    """Return the answers that are as high as a condition asks for."""
    items = [item.id for item in plan.questionnaire.items]
    if condition.item != "any":
        items = [condition.item]
    return {
        item: {v: 1 for v in plan.codings[item].offered if v >= condition.at_least}
        for item in items
        if item in plan.codings
    }
