"""What is known of the rows once they are read, counted from the table and not from the files."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from moodcheck.batch.embedded import sql, views
from moodcheck.batch.embedded.layout import BROKEN, ROWS, Layout
from moodcheck.batch.embedded.scoring import scored_rows
from moodcheck.batch.outcome import Distribution, RejectReason
from moodcheck.batch.output_columns import score_column
from moodcheck.batch.plan import BAD, SUSPECT_ID
from moodcheck.core.administration import Unanswered
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from moodcheck.batch.row_engine import BatchJob


class Counter:
    """Counts what is in the table of an open connection."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        layout: Layout,
        job: BatchJob,
    ) -> None:
        """Count rows of that layout, for that job."""
        self._connection = connection
        self._layout = layout
        self._job = job
        self._questionnaire = job.questionnaire

    def rejected(self) -> dict[RejectReason, int]:
        """Return how many records were rejected, by reason."""
        bad, suspect = self._one(
            f"SELECT count(*) FILTER ({BAD} > 0), count(*) FILTER ({BAD} = {SUSPECT_ID}) "
            f"FROM {ROWS}"
        )
        counts = {RejectReason.BAD_ANSWER: bad, RejectReason.SUSPECT_ID: suspect}
        broken = self._connection.execute(f"SELECT reason, count(*) FROM {BROKEN} GROUP BY reason")
        counts |= {RejectReason(reason): count for reason, count in broken.fetchall()}
        return {reason: count for reason, count in counts.items() if count}

    def rows(self) -> tuple[int, int]:
        """Return how many records have cells, and how many of those are scored."""
        every, scored = self._one(f"SELECT count(*), count(*) FILTER ({BAD} = 0) FROM {ROWS}")
        return every, scored

    def alerts(self) -> int:
        """Return how many records have an alert; one that is broken and could have one does."""
        condition = views.is_alert(self._layout, self._questionnaire)
        (count,) = self._one(f"SELECT count(*) FROM {ROWS} WHERE {condition}")
        return count + (self._broken() if self._questionnaire.critical else 0)

    def first_alerts(self, most: int) -> tuple[str, ...]:
        """Return which records have the first alerts, each with its id where it has one."""
        rows = self._connection.execute(
            "SELECT DISTINCT file, record, id FROM "
            f"(SELECT * FROM {views.ALERTS} LIMIT {4 * most}) ORDER BY ALL"
        ).fetchall()
        return tuple(
            f"{file}, record {record}" + (f", {safe_text(called)}" if called else "")
            for file, record, called in rows[:most]
        )

    def critical_unanswered(self) -> int:
        """Return how many scored rows have a critical item without an answer."""
        condition = views.is_critical_unanswered(self._layout)
        return self._one(f"SELECT count(*) FROM {ROWS} WHERE {BAD} = 0 AND {condition}")[0]

    def unanswered(self) -> dict[str, dict[Unanswered, int]]:
        """Return how often each item is unanswered among the scored rows, by reason."""
        codes = [
            (item, reason, f"count(*) FILTER ({self._layout.code(item)} = {code})")
            for item, reason, code in self._layout.coded_reasons()
        ]
        counts = self._one(
            f"SELECT {sql.listed(count for *_, count in codes)} FROM {ROWS} WHERE {BAD} = 0"
        )
        found: dict[str, dict[Unanswered, int]] = {item: {} for item in self._layout.codings}
        for (item, reason, _), count in zip(codes, counts, strict=True):
            if count:
                found[item][reason] = count
        return found

    def distributions(self) -> Mapping[str, Distribution]:
        """Return how often each score of each scale occurs."""
        scales = self._questionnaire.scales
        columns = [sql.name(score_column(scale)) for scale in scales]
        sets = sql.listed(f"({column})" for column in columns)
        # All at once: every scale by itself would read the table as often as there are scales.
        places = sql.listed(f"grouping({column})" for column in columns)
        query = scored_rows(self._connection, self._layout, self._job)
        rows = self._connection.execute(
            f"SELECT {places}, {sql.listed(columns)}, count(*) FROM ({query}) "
            f"GROUP BY GROUPING SETS ({sets})"
        ).fetchall()
        counts: list[dict[int, int]] = [{} for _ in scales]
        empty = [0] * len(scales)
        for row in rows:
            place = row.index(0)  # the scale that this line was grouped by
            value, count = row[len(scales) + place], row[-1]
            if value is None:
                empty[place] += count
            else:
                whole = floor(value)
                counts[place][whole] = counts[place].get(whole, 0) + count
        return {
            scale.id: Distribution(
                scale.label, *self._questionnaire.range_of(scale), dict(sorted(found.items())), none
            )
            for scale, found, none in zip(scales, counts, empty, strict=True)
        }

    def altered(self) -> int:
        """Return how many cells a spreadsheet would run, or would not show as they are."""
        # An id that is scored has no character that could not be shown.
        conditions = [*map(sql.is_formula, self._layout.ids)]
        conditions += map(sql.is_altered, self._layout.keeps)
        counts = [f"count(*) FILTER ({condition})" for condition in conditions]
        if not counts:
            return 0
        return self._one(f"SELECT {' + '.join(counts)} FROM {ROWS} WHERE {BAD} = 0")[0]

    def duplicate_ids(self) -> int:
        """Return how many rows have an id that another row before them has."""
        if not self._layout.ids:
            return 0
        ids = sql.listed(self._layout.ids)
        return self._one(f"SELECT count(*) - count(DISTINCT ({ids})) FROM {ROWS}")[0]

    def _broken(self) -> int:
        return self._one(f"SELECT count(*) FROM {BROKEN}")[0]

    def _one(self, query: str) -> tuple[int, ...]:
        return self._connection.execute(query).fetchone() or ()
