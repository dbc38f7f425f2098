"""Alerts that somebody has seen: left out of the new file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.batch.embedded import views
from moodcheck.batch.known_alerts import known_alerts

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


def leave_out_known(connection: duckdb.DuckDBPyConnection, path: Path | None) -> int:
    """Take from the view of alerts those that stand in the file, and return how many records.

    An alert is known by its id, its item and its answer, wherever its row stood; one of a row
    without an id never is. Raises as `known_alerts`.
    """
    if path is None:
        return 0
    connection.execute(f"CREATE TABLE {views.KNOWN} (id VARCHAR, item VARCHAR, answer VARCHAR)")
    seen = [(one["id"], one["item"], one["answer"]) for one in known_alerts(path)]
    if seen:
        connection.executemany(f"INSERT INTO {views.KNOWN} VALUES (?, ?, ?)", seen)
    before = _count(connection)
    connection.execute(f"ALTER VIEW {views.ALERTS} RENAME TO every_alert")
    connection.execute(
        f"CREATE VIEW {views.ALERTS} AS SELECT * FROM every_alert "
        f"ANTI JOIN {views.KNOWN} USING (id, item, answer)"
    )
    return before - _count(connection)


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    query = f"SELECT count(DISTINCT (file, record)) FROM {views.ALERTS}"
    (count,) = connection.execute(query).fetchone() or (0,)
    return int(count)
