"""Alerts that somebody has seen, by an earlier file of them: left out of the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.adapters.duckdb_engine import scans, views
from moodcheck.errors import BadData, InputNotFound
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

_COLUMNS = ("file", "record", "id", "item", "answer", "why", "notice")


def leave_out_known(connection: duckdb.DuckDBPyConnection, path: Path | None) -> int:
    """Take from the view of alerts those that stand in the file, and return how many records.

    An alert is known by its id, its item and its answer, wherever its row stood; one of a row
    without an id never is.

    Raises:
        InputNotFound: when the file is not there.
        BadData: when it is no file of alerts.
    """
    if path is None:
        return 0
    name = safe_text(str(path))
    try:
        with path.open("rb") as file:
            header = file.readline(1_000).decode("utf-8", "replace").strip()
    except OSError as error:
        raise InputNotFound(
            f"The known alerts {name} cannot be read: {error.strerror}", mend="Check the name"
        ) from None
    if header != ",".join(_COLUMNS):
        raise BadData(
            f"{name} is no file of alerts that moodcheck wrote",
            mend="Give the alerts file of an earlier run as it was written",
        )
    scan = scans.alerts_scan(path, _COLUMNS)
    connection.execute(
        f"CREATE TABLE {views.KNOWN} AS SELECT DISTINCT id, item, answer FROM {scan} WHERE id <> ''"
    )
    (before,) = _count(connection)
    connection.execute(f"ALTER VIEW {views.ALERTS} RENAME TO every_alert")
    connection.execute(
        f"CREATE VIEW {views.ALERTS} AS SELECT * FROM every_alert "
        f"ANTI JOIN {views.KNOWN} USING (id, item, answer)"
    )
    (after,) = _count(connection)
    return before - after


def _count(connection: duckdb.DuckDBPyConnection) -> tuple[int]:
    query = f"SELECT count(DISTINCT (file, record)) FROM {views.ALERTS}"
    return connection.execute(query).fetchone() or (0,)
