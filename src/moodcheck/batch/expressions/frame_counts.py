"""A scored frame → what is known of its rows, counted on its engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import floor
from typing import TYPE_CHECKING, Any

import narwhals as nw

from moodcheck.batch.code_doubts import code_doubts
from moodcheck.batch.expressions.cells import any_of, as_number, cell
from moodcheck.batch.outcome import Distribution, RejectReason, RowCounts
from moodcheck.batch.output_columns import WORKING, score_column
from moodcheck.batch.plan import Plan
from moodcheck.core.administration import Unanswered

if TYPE_CHECKING:
    from moodcheck.batch.expressions.parts import Parts
    from moodcheck.batch.plan import Coding
    from moodcheck.core.scale import Scale

_ROWS = "rows"


def counts_of(parts: Parts) -> RowCounts:
    """Return what is known of the rows, before anything is said of scores."""
    plan = Plan(parts.questionnaire, parts.reading)
    rows = _row(parts.frame, [*_sums_of_all(parts, plan)])
    good = _row(parts.scores(), [*_sums_of_good(parts)])
    values = {
        item: {value: rows[f"{item} {value}"] for value in coding.offered}
        for item, coding in plan.codings.items()
    }
    outside = {
        item: {value: rows[f"{item} {value}"] for value in coding.just_outside}
        for item, coding in plan.codings.items()
    }
    return RowCounts(
        read=rows[_ROWS],
        scored=good[_ROWS],
        blank_lines=0,
        rejected={RejectReason.BAD_ANSWER: rows["bad"]} if rows["bad"] else {},
        alerts=rows.get("alerts", 0),
        known_alerts=0,
        alert_ids=(),
        critical_unanswered=good.get("critical", 0),
        unanswered={item: _reasons(parts, item, good) for item in parts.cells},
        values=values,
        code_doubts=tuple(code_doubts(plan, values, outside)),
        distributions={},
        absent_conditions=parts.reading.absent_conditions,
        unread_columns=parts.reading.unread,
        found_columns=parts.reading.found,
        altered_cells=0,
        duplicate_ids=None,
    )


def distributions_of(parts: Parts) -> dict[str, Distribution]:
    """Return how often each score of each scale occurs."""
    return {one.id: _distribution(parts, one) for one in parts.questionnaire.scales}


def code(parts: Parts, item: str, coding: Coding) -> nw.Expr:
    """Return a column of answers as the numbers of a coding, in rows without a bad answer."""
    found, reasons = parts.cells[item], coding.reasons
    known = [
        nw.when(_holds(parts, item, texts)).then(nw.lit(reasons[reason], nw.Int64))
        for reason, texts in _codes(parts, item).items()
    ]
    answered = nw.when(found.is_answered).then(found.value)
    return nw.coalesce(answered, *known, nw.lit(reasons[Unanswered.BLANK], nw.Int64))


def _sums_of_all(parts: Parts, plan: Plan) -> Iterator[nw.Expr]:
    yield nw.len().alias(_ROWS)
    yield _sum("bad", parts.is_bad)
    if reaches := [parts.reaches(one) for one in parts.critical]:
        yield _sum("alerts", any_of(reaches))
    for item, coding in plan.codings.items():
        found = parts.cells[item]
        for value in coding.offered:
            yield _sum(f"{item} {value}", found.is_answered & (found.value == value))
        for value in coding.just_outside:
            yield _sum(f"{item} {value}", _holds(parts, item, [str(value)]))


def _sums_of_good(parts: Parts) -> Iterator[nw.Expr]:
    yield nw.len().alias(_ROWS)
    for item, found in parts.cells.items():
        yield _sum(f"{item} unanswered", found.is_unanswered)
        for reason, texts in _codes(parts, item).items():
            yield _sum(f"{item} {reason}", _holds(parts, item, texts))
    if unanswered := [parts.cells[one.item].is_unanswered for one in parts.critical]:
        yield _sum("critical", any_of(unanswered))


def _holds(parts: Parts, item: str, texts: list[str]) -> nw.Expr:
    """Return whether a cell holds one of these texts, or the number that it is."""
    column = parts.reading.items[item].column
    return cell(column, parts.came[column], dict.fromkeys(texts, 0), ()).is_answered


def _codes(parts: Parts, item: str) -> dict[Unanswered, list[str]]:
    """Return the texts that give a reason why an item is unanswered, but for blank."""
    found: dict[Unanswered, list[str]] = {}
    for text, reason in parts.reading.items[item].missing.items():
        if reason is not Unanswered.BLANK:
            found.setdefault(reason, []).append(text)
    return found


def _reasons(parts: Parts, item: str, good: Mapping[str, int]) -> dict[Unanswered, int]:
    counts = {reason: good[f"{item} {reason}"] for reason in _codes(parts, item)}
    counts[Unanswered.BLANK] = good[f"{item} unanswered"] - sum(counts.values())
    return {reason: count for reason, count in counts.items() if count}


def _distribution(parts: Parts, scale: Scale) -> Distribution:
    name = parts.said.prefix + score_column(scale)
    counted = parts.scores().group_by(name).agg(nw.len().alias(f"{WORKING}_rows"))
    counts: dict[int, int] = {}
    not_scored = 0
    for score, rows in eager(counted).iter_rows():
        if score is None or score != score:  # noqa: PLR0124 - pandas has NaN for null
            not_scored += rows
        else:
            counts[floor(score)] = counts.get(floor(score), 0) + rows
    return Distribution.of(scale, parts.questionnaire.range_of(scale), counts, not_scored)


def _sum(name: str, condition: nw.Expr) -> nw.Expr:
    return as_number(condition).sum().alias(name)


def _row(frame: Any, columns: list[nw.Expr]) -> dict[str, int]:  # noqa: ANN401 - any frame
    (row,) = eager(frame.select(*columns)).iter_rows(named=True)
    # The sum of no rows is null in a database.
    return {name: int(value or 0) for name, value in row.items()}


def eager(frame: Any) -> Any:  # noqa: ANN401 - as above
    """Return a frame in memory; the caller has seen to it that it is small."""
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame
