"""The rows that were not rejected, with their scores: the expressions of `frames`, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from moodcheck.adapters.duckdb_engine import sql
from moodcheck.adapters.duckdb_engine.layout import BAD, ROWS, Layout
from moodcheck.adapters.duckdb_engine.views import NUMBERED
from moodcheck.frames.expressions import score

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
        carried: what stands before the scores, as SQL about `numbered`; nothing when empty.
    """
    codes = sql.listed(sql.name(layout.code(item)) for item in layout.codings)
    source = NUMBERED if carried else ROWS
    rows = connection.sql(f"SELECT {carried} {codes} FROM {source} WHERE {BAD} = 0")
    cells = {item: coding.cell(layout.code(item)) for item, coding in layout.codings.items()}
    scored = score(nw.from_native(rows), job.questionnaire, cells, notice=job.notice)
    return str(scored.to_native().sql_query())
