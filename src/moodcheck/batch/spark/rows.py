"""Rows of text → rows of codes with what outputs ask of them: rejected or not, alert or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from moodcheck.batch.expressions.coded_rows import coded, scored
from moodcheck.batch.known_alerts import OBJECT
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.output_columns import FILE, RECORD
from moodcheck.batch.plan import (
    ALERT,
    BAD,
    BAD_VALUE,
    ID_SEPARATOR,
    INVISIBLE,
    UNREADABLE,
    Plan,
    code_column,
)
from moodcheck.batch.spark.columns import CONTENT, FAULT, RAW
from moodcheck.batch.spark.reading import one_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from moodcheck.batch.row_engine import BatchJob

REASON = "reject_reason"
"""Why a record is rejected; null for one that is scored."""

HASH = "record_sha256"
"""Tells a record with an alert from every other one; of one without cells, nothing."""


@dataclass(frozen=True)
class CodedRows:
    """The rows of a job, read and checked."""

    frame: DataFrame
    job: BatchJob
    plan: Plan

    @property
    def called(self) -> Column:
        """What names a row, as one text."""
        if not self.plan.ids:
            return F.lit("")
        return F.coalesce(F.concat_ws(ID_SEPARATOR, *map(F.col, self.plan.ids)), F.lit(""))

    @property
    def is_named(self) -> Column:
        """Whether a row has an id by which it can be known."""
        if not self.plan.ids:
            return F.expr("false")
        is_object = reduce(or_, (F.col(one) == OBJECT for one in self.plan.ids))
        is_suspect = F.col(REASON) == RejectReason.SUSPECT_ID.value
        has_one = (F.col(self.plan.ids[0]) != "") & ~is_object
        return F.coalesce(has_one & ~F.coalesce(is_suspect, F.expr("false")), F.expr("false"))

    @property
    def good(self) -> DataFrame:
        """The rows that are not rejected."""
        return self.frame.filter(F.col(REASON).isNull())

    @cached_property
    def scores(self) -> DataFrame:
        """The rows that are not rejected with their scores beside everything else."""
        # Planning them takes seconds, however few there are.
        done: DataFrame = scored(self.good, self.plan, notice=self.job.notice)
        return done

    def critical(self) -> Iterator[tuple[str, Column, Column]]:
        """Yield each critical item that is part of the data: its id, is an alert, is unanswered."""
        for one in self.plan.critical:
            coding, code = self.plan.codings[one.item], F.col(code_column(one.item))
            reaches = code.between(one.at_least, coding.highest) | (code == coding.bad)
            yield one.item, reaches, code.isin([*coding.reasons.values()])

    def is_alert(self) -> Column:
        """Return whether a record has an alert; one without cells could have one, so it does."""
        if not self.job.questionnaire.critical:
            return F.expr("false")
        reaches = [reaches for _item, reaches, _unanswered in self.critical()]
        any_of = reduce(or_, reaches) if reaches else F.expr("false")
        return F.col(FAULT).isNotNull() | F.coalesce(any_of, F.expr("false"))

    def alert_lines(self) -> DataFrame:
        """Return a line for each alert: whose it is, where it stands, and why."""
        where = [F.col(FILE), F.col(RECORD), self.called.alias("id")]
        lines = []
        for item, reaches, _unanswered in self.critical():
            bad = self.plan.codings[item].bad
            code = F.col(code_column(item))
            place = self.plan.places[item]
            found = F.when(F.col(BAD) == place, F.col(BAD_VALUE)).otherwise(F.lit(""))
            lines.append(
                self.frame.filter(F.col(FAULT).isNull() & reaches).select(
                    *where,
                    F.lit(item).alias("item"),
                    F.when(code < bad, code.cast("string")).otherwise(found).alias("answer"),
                    F.when(code < bad, F.lit(ALERT)).otherwise(F.lit(UNREADABLE)).alias("why"),
                    F.col(HASH),
                )
            )
        blank = [F.lit("").alias(name) for name in ("item", "answer")]
        broken = self.frame.filter(F.col(FAULT).isNotNull() & self.is_alert())
        unreadable = F.lit(UNREADABLE).alias("why")
        lines.append(broken.select(*where, *blank, unreadable, F.lit("").alias(HASH)))
        return one_frame(lines)

    def reject_lines(self) -> DataFrame:
        """Return a line for each rejected record: its place, the first bad cell, and why."""
        columns = F.lit("")
        for place, one in enumerate(self.plan.reading.items.values(), start=1):
            columns = F.when(F.col(BAD) == place, F.lit(one.column)).otherwise(columns)
        is_bad = F.col(REASON) == RejectReason.BAD_ANSWER.value
        rejected = self.frame.filter(F.col(REASON).isNotNull())
        return rejected.select(
            F.col(FILE),
            F.col(RECORD),
            self.called.alias("id"),
            F.when(is_bad, columns).otherwise(F.lit("")).alias("column"),
            F.when(is_bad, F.col(BAD_VALUE)).otherwise(F.lit("")).alias("value"),
            F.col(REASON).alias("reason"),
            F.coalesce(F.col(RAW), F.lit("")).alias("raw"),
        )


def coded_rows(frame: DataFrame, job: BatchJob, plan: Plan) -> CodedRows:
    """Return the rows of text with a code for every answer."""
    done: DataFrame = coded(frame, plan)
    suspect = [F.coalesce(F.col(one).rlike(INVISIBLE), F.expr("false")) for one in plan.ids]
    is_suspect = reduce(or_, suspect) if suspect else F.expr("false")
    reason = F.coalesce(
        F.col(FAULT),
        F.when(is_suspect, F.lit(RejectReason.SUSPECT_ID.value)),
        F.when(F.col(BAD) != 0, F.lit(RejectReason.BAD_ANSWER.value)),
    )
    rows = CodedRows(done.withColumn(REASON, reason), job, plan)
    is_hashed = F.col(FAULT).isNull() & rows.is_alert()
    hashed = F.when(is_hashed, F.sha2(F.col(CONTENT), 256)).otherwise(F.lit(""))
    return replace(rows, frame=rows.frame.withColumn(HASH, hashed).drop(CONTENT))
