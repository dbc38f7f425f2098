"""What is known of the rows: sums that Spark makes where the rows are."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from pyspark.sql import Column
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from moodcheck.batch.outcome import Distribution, RejectReason, RowCounts
from moodcheck.batch.output_columns import score_column
from moodcheck.batch.plan import code_column
from moodcheck.batch.spark.rows import REASON, CodedRows

if TYPE_CHECKING:
    from moodcheck.core.administration import Unanswered
    from moodcheck.core.questionnaire_parts import Scale


def counts_of(
    rows: CodedRows, *, blank_lines: int, known: int, doubtful: int, altered: int
) -> RowCounts:
    """Return what is known of the rows of a job."""
    rejected = {
        RejectReason(row[REASON]): int(row["count"])
        for row in rows.frame.groupBy(REASON).count().collect()
        if row[REASON] is not None
    }
    alerts = _sum(rows.is_alert())
    unanswered = [one for _item, _reaches, one in rows.critical()]
    is_unanswered = reduce(or_, unanswered) if unanswered else F.expr("false")
    (first,) = rows.frame.agg(F.count(F.lit(1)).alias("read"), alerts.alias("alerts")).collect()
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
        known_alerts=known,
        doubtful_alerts=doubtful,
        alert_ids=(),
        critical_unanswered=int(second["critical"] or 0),
        unanswered=by_item,
        distributions=_distributions(rows),
        absent_conditions=rows.plan.reading.absent_conditions,
        altered_cells=altered,
        duplicate_ids=_duplicates(rows) if rows.job.checks_ids else None,
    )


def _sum(condition: Column) -> Column:
    return F.sum(F.when(condition, F.lit(1)).otherwise(F.lit(0)))


def _duplicates(rows: CodedRows) -> int:
    if not rows.plan.ids:
        return 0
    with_cells = rows.frame.filter(F.col(rows.plan.ids[0]).isNotNull())
    return with_cells.count() - with_cells.select(*rows.plan.ids).distinct().count()


def _distributions(rows: CodedRows) -> dict[str, Distribution]:
    scales = rows.job.questionnaire.scales
    # All scales in one job: what takes Spark its time is to begin.
    each = F.array(
        *(
            F.struct(F.lit(place).alias("scale"), F.floor(score_column(scale)).alias("score"))
            for place, scale in enumerate(scales)
        )
    )
    counts: list[dict[int | None, int]] = [{} for _ in scales]
    every = rows.scores().select(F.explode(each).alias("one"))
    for row in every.groupBy("one.scale", "one.score").count().collect():
        counts[row["scale"]][row["score"]] = int(row["count"])
    return {
        scale.id: _distribution(rows, scale, found)
        for scale, found in zip(scales, counts, strict=True)
    }


def _distribution(rows: CodedRows, scale: Scale, found: dict[int | None, int]) -> Distribution:
    low, high = rows.job.questionnaire.range_of(scale)
    counts = {score: count for score, count in found.items() if score is not None}
    return Distribution(scale.label, low, high, dict(sorted(counts.items())), found.get(None, 0))
