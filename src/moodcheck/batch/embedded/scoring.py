"""The rows that were not rejected, with their scores: the expressions of `frames`, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.batch.embedded import sql
from moodcheck.batch.embedded.layout import ROWS, Layout
from moodcheck.batch.embedded.views import NUMBERED
from moodcheck.batch.expressions.coded_rows import scored
from moodcheck.batch.plan import BAD

if TYPE_CHECKING:
    import duckdb

    from moodcheck.batch.row_engine import BatchJob


def scored_rows(
    connection: duckdb.DuckDBPyConnection, layout: Layout, job: BatchJob, *, carried: str = ""
) -> str:
    """Return a query of the rows that are scored, with their scores.

    Args:
        connection: has the table.
        layout: how its columns are called.
        job: what is scored.
        carried: what stands before the scores, as SQL; nothing when empty.
    """
    # To number rows takes time, and is only needed where nothing else names them.
    source, order = (ROWS, "") if layout.ids else (NUMBERED, "ORDER BY file, number")
    rows = connection.sql(
        f"SELECT {carried} {sql.listed(layout.codes)} FROM {source} WHERE {BAD} = 0 {order}"
    )
    done = scored(rows, layout, notice=job.notice)
    return str(done.sql_query())
