"""What is known of the rows: sums that Spark makes where the rows are."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from pyspark.sql import Column
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from moodcheck.batch.answer_map import FLOAT
from moodcheck.batch.code_doubts import code_doubts
from moodcheck.batch.outcome import Distribution, RejectReason, RowCounts
from moodcheck.batch.output_columns import score_column
from moodcheck.batch.plan import code_column, text_column
from moodcheck.batch.spark.rows import REASON, CodedRows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from moodcheck.core.administration import Unanswered
    from moodcheck.core.scale import Scale


def counts_of(rows: CodedRows, blank_lines: int) -> RowCounts:
    """Return what is known of the rows of a job, before anything is said of scores."""
    rejected = {
        RejectReason(row[REASON]): int(row["count"])
        for row in rows.frame.groupBy(REASON).count().collect()
        if row[REASON] is not None
    }
    alerts = _sum(rows.is_alert())
    unanswered = [one for _item, _reaches, one in rows.critical()]
    is_unanswered = reduce(or_, unanswered) if unanswered else F.expr("false")
    cells = [*_cells(rows)]
    (first,) = rows.frame.agg(
        F.count(F.lit(1)).alias("read"),
        alerts.alias("alerts"),
        *(_sum(holds).alias(f"c{place}") for place, (*_what, holds) in enumerate(cells)),
    ).collect()
    floats = 0
    if rows.plan.reading.takes_whole_floats:
        floats = sum(rows.frame.agg(*_floats(rows)).collect()[0])
    values: dict[str, dict[int, int]] = {item: {} for item in rows.plan.codings}
    outside: dict[str, dict[int, int]] = {item: {} for item in rows.plan.codings}
    for place, (item, value, is_offered, _holds) in enumerate(cells):
        (values if is_offered else outside)[item][value] = int(first[f"c{place}"] or 0)
    asked = rows.plan.coded_reasons()
    (second,) = rows.good.agg(
        _sum(is_unanswered).alias("critical"),
        *(
            _sum(F.col(code_column(item)) == code).alias(f"n{place}")
            for place, (item, _reason, code) in enumerate(asked)
        ),
    ).collect()
    by_item: dict[str, dict[Unanswered, int]] = {item: {} for item in rows.plan.codings}
    for place, (item, reason, _code) in enumerate(asked):
        if second[f"n{place}"]:
            by_item[item][reason] = int(second[f"n{place}"])
    return RowCounts(
        read=int(first["read"]),
        scored=int(first["read"]) - sum(rejected.values()),
        blank_lines=blank_lines,
        rejected=rejected,
        alerts=int(first["alerts"] or 0),
        known_alerts=0,
        alert_ids=(),
        critical_unanswered=int(second["critical"] or 0),
        unanswered=by_item,
        values=values,
        code_doubts=tuple(code_doubts(rows.plan, values, outside)),
        distributions={},
        absent_conditions=rows.plan.reading.absent_conditions,
        unread_columns=rows.plan.reading.unread,
        found_columns=rows.plan.reading.found,
        altered_cells=0,
        whole_floats=floats,
        duplicate_ids=_duplicates(rows) if rows.job.checks_ids else None,
    )


def _cells(rows: CodedRows) -> Iterator[tuple[str, int, bool, Column]]:
    """Yield an item, a number, whether it is an option, and what holds where it stands."""
    for item, coding in rows.plan.codings.items():
        for value in coding.offered:
            yield item, value, True, F.col(code_column(item)) == value
        texts = {FLOAT if rows.plan.reading.takes_whole_floats else "", ""}
        for value in coding.just_outside:
            yield item, value, False, F.col(text_column(item)).isin(*(f"{value}{t}" for t in texts))


def _floats(rows: CodedRows) -> Iterator[Column]:
    """Yield how many cells of each item were read as whole numbers though they are like 1.0."""
    for item, coding in rows.plan.codings.items():
        is_float = F.col(text_column(item)).endswith(FLOAT)
        yield F.coalesce(_sum(is_float & (F.col(code_column(item)) != coding.bad)), F.lit(0))


def _sum(condition: Column) -> Column:
    return F.sum(F.when(condition, F.lit(1)).otherwise(F.lit(0)))


def _duplicates(rows: CodedRows) -> int:
    if not rows.plan.ids:
        return 0
    with_cells = rows.frame.filter(F.col(rows.plan.ids[0]).isNotNull())
    return with_cells.count() - with_cells.select(*rows.plan.ids).distinct().count()


def distributions_of(rows: CodedRows) -> dict[str, Distribution]:
    """Return how often each score of each scale occurs."""
    scales = rows.job.questionnaire.scales
    # All scales in one job: what takes Spark its time is to begin.
    each = F.array(
        *(
            F.struct(F.lit(place).alias("scale"), F.floor(score_column(scale)).alias("score"))
            for place, scale in enumerate(scales)
        )
    )
    counts: list[dict[int | None, int]] = [{} for _ in scales]
    every = rows.scores.select(F.explode(each).alias("one"))
    for row in every.groupBy("one.scale", "one.score").count().collect():
        counts[row["scale"]][row["score"]] = int(row["count"])
    return {
        scale.id: _distribution(rows, scale, found)
        for scale, found in zip(scales, counts, strict=True)
    }


def _distribution(rows: CodedRows, scale: Scale, found: dict[int | None, int]) -> Distribution:
    extremes = rows.job.questionnaire.range_of(scale)
    counts = {score: count for score, count in found.items() if score is not None}
    return Distribution.of(scale, extremes, counts, found.get(None, 0))
