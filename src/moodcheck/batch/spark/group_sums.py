"""What is counted of each group of rows: sums that Spark makes where the rows are."""

from __future__ import annotations

from functools import reduce
from operator import add, and_
from typing import TYPE_CHECKING

from pyspark.sql import Column
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from moodcheck.batch.cohort.engine import MOST_GROUPS, refuse_too_many_groups
from moodcheck.batch.cohort.sums import ALL, Groups, Moment, NoAlpha, Sums, keyed_items
from moodcheck.batch.output_columns import score_column, unanswered_column
from moodcheck.batch.plan import code_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from moodcheck.batch.cohort.sums import Keyed
    from moodcheck.batch.spark.rows import CodedRows

_GROUP, _ROWS = "__group", "__rows"


def groups_of(rows: CodedRows, by: str | None) -> Groups:
    """Return what is counted of the rows without a bad answer.

    Raises:
        BadData: when there are more groups than can be shown.
    """
    called = next((one for one, name in rows.plan.carried.items() if name == by), None)
    text = F.lit(ALL) if called is None else F.coalesce(F.col(called), F.lit(""))
    groups = _added_up(rows, text, by)
    _count_answers(rows, text, groups)
    _count_scores(rows, text, groups)
    return groups


def _added_up(rows: CodedRows, text: Column, by: str | None) -> Groups:
    """Return each group with its rows, and with what the items of its scales come to."""
    frame = rows.good.withColumn(_GROUP, text)
    columns: list[Column] = []
    keys: dict[str, tuple[str, str, Moment]] = {}
    for place, scale in enumerate(rows.plan.questionnaire.scales):
        keyed = keyed_items(rows.plan, scale)
        if isinstance(keyed, NoAlpha):
            continue
        total = f"__total_{place}"
        frame = frame.withColumn(total, _total(rows, keyed))
        for one, moment, added in _moments(keyed, total):
            name = f"m{len(columns)}"
            keys[name] = (scale.id, one.item, moment)
            columns.append(F.coalesce(F.sum(added), F.lit(0)).alias(name))
    grouped = frame.groupBy(_GROUP).agg(F.count(F.lit(1)).alias(_ROWS), *columns)
    found = grouped.limit(MOST_GROUPS + 1).collect()
    refuse_too_many_groups(found, by)
    groups: Groups = {}
    for row in found:
        sums = groups[row[_GROUP]] = Sums(int(row[_ROWS]))
        for name, key in keys.items():
            sums.moments[key] = int(row[name])
    return groups


def _total(rows: CodedRows, keyed: Sequence[Keyed]) -> Column:
    """Return what the items of a scale come to; null where one is unanswered."""
    is_answered = [
        F.col(code_column(one.item)) <= rows.plan.codings[one.item].highest for one in keyed
    ]
    return F.when(reduce(and_, is_answered), reduce(add, map(_points, keyed)))


def _moments(keyed: Sequence[Keyed], total: str) -> Iterator[tuple[Keyed, Moment, Column]]:
    """Yield what is added up of each item, null in rows whose total is."""
    for one in keyed:
        points = F.when(F.col(total).isNotNull(), _points(one))
        yield one, Moment.POINTS, points
        yield one, Moment.SQUARES, points * points
        yield one, Moment.WITH_TOTAL, points * F.col(total)


def _points(one: Keyed) -> Column:
    return F.col(code_column(one.item)).cast("long") * one.factor + one.offset


def _count_answers(rows: CodedRows, text: Column, groups: Groups) -> None:
    items = [*rows.plan.codings]
    # All items in one job: what takes Spark its time is to begin.
    each = F.array(
        *(
            F.struct(F.lit(place).alias("item"), F.col(code_column(item)).cast("int").alias("code"))
            for place, item in enumerate(items)
        )
    )
    reasons = [
        {code: why for why, code in coding.reasons.items()} for coding in rows.plan.codings.values()
    ]
    every = rows.good.select(text.alias(_GROUP), F.explode(each).alias("one"))
    for row in every.groupBy(_GROUP, "one.item", "one.code").count().collect():
        item, why = items[row["item"]], reasons[row["item"]].get(row["code"])
        sums = groups[row[_GROUP]]
        if why is None:
            sums.values[item, row["code"]] = int(row["count"])
        else:
            sums.unanswered[item, why] = int(row["count"])


def _count_scores(rows: CodedRows, text: Column, groups: Groups) -> None:
    scales = rows.plan.questionnaire.scales
    each = F.array(
        *(
            F.struct(
                F.lit(place).alias("scale"),
                F.col(score_column(scale)).cast("double").alias("score"),
                (F.col(unanswered_column(scale)) == 0).alias("complete"),
            )
            for place, scale in enumerate(scales)
        )
    )
    every = rows.scores.select(text.alias(_GROUP), F.explode(each).alias("one"))
    for row in every.groupBy(_GROUP, "one.scale", "one.score", "one.complete").count().collect():
        scale, score = scales[row["scale"]], row["score"]
        if score is not None and not rows.plan.questionnaire.computation(scale).is_double:
            score = int(score)
        groups[row[_GROUP]].scores[scale.id, score, row["complete"]] = int(row["count"])
