"""The rows that were not rejected, with their scores: the expressions of `frames`, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.adapters.duckdb_engine import sql
from moodcheck.adapters.duckdb_engine.layout import ROWS, Layout
from moodcheck.adapters.duckdb_engine.views import NUMBERED
from moodcheck.frames.coded_rows import BAD, scored

if TYPE_CHECKING:
    import duckdb

    from moodcheck.application.row_engine import BatchJob


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
    source = ROWS if layout.ids else NUMBERED
    rows = connection.sql(
        f"SELECT {carried} {sql.listed(layout.codes)} FROM {source} WHERE {BAD} = 0"
    )
    done = scored(rows, job.questionnaire, layout.codings, notice=job.notice)
    return str(done.sql_query())
