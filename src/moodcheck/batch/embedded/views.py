"""Views over the table: each record with its number, its alerts, and why it was rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.batch.embedded import sql
from moodcheck.batch.embedded.layout import BROKEN, ROWS, Layout
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.plan import ALERT, BAD, BAD_VALUE, ID_SEPARATOR, SUSPECT_ID, UNREADABLE

if TYPE_CHECKING:
    import duckdb

    from moodcheck.core.questionnaire import Questionnaire

NUMBERED, ALERTS, REJECTS, KNOWN = "numbered", "alert_lines", "reject_lines", "known"
FILES = "files"

_WHERE = "file AS place, shown AS file, number AS record, id"
"""Where a line of alerts or rejects stands; `place` is the input's, to sort by."""


def make_views(
    connection: duckdb.DuckDBPyConnection, layout: Layout, questionnaire: Questionnaire
) -> None:
    """Make the views, once everything has been read."""
    connection.execute(_shifts())
    (broken,) = connection.execute("SELECT count(*) FROM shifts").fetchone() or (0,)
    numbered = _numbered(layout, has_broken=broken > 0)
    connection.execute(f"CREATE VIEW {NUMBERED} AS {numbered}")
    connection.execute(f"CREATE VIEW {ALERTS} AS {_alerts(layout, questionnaire)}")
    connection.execute(f"CREATE VIEW {REJECTS} AS {_rejects(layout)}")


def is_alert(layout: Layout, questionnaire: Questionnaire) -> str:
    """Return whether a row has an alert: an answer that is one, or one that cannot be read."""
    if not questionnaire.critical:
        return "false"
    conditions = [has_swallowed(layout), *_reached(layout)]
    return f"({' OR '.join(conditions)})"


def has_swallowed(layout: Layout) -> str:
    """Return whether a record may stand inside an id, with a critical answer that nobody reads."""
    breaks = [f"regexp_matches({column}, '[\\n\\r]')" for column in layout.ids]
    return f"({BAD} = {SUSPECT_ID} AND ({' OR '.join(breaks) or 'false'}))"


def _reached(layout: Layout) -> list[str]:
    return [_reaches(layout, critical.item, critical.at_least) for critical in layout.critical]


def is_critical_unanswered(layout: Layout) -> str:
    """Return whether a row has a critical item without an answer."""
    conditions = [
        f"{layout.code(one.item)} IN ({_reasons(layout, one.item)})" for one in layout.critical
    ]
    return f"({' OR '.join(conditions) or 'false'})"


def _reasons(layout: Layout, item: str) -> str:
    return sql.listed(map(str, layout.codings[item].reasons.values()))


def _reaches(layout: Layout, item: str, at_least: int) -> str:
    coding = layout.codings[item]
    code = layout.code(item)
    return f"({code} BETWEEN {at_least} AND {coding.highest} OR {code} = {coding.bad})"


def _shifts() -> str:
    """Return the statement that tells by how much broken records move the rows after them."""
    # Broken records one after the other move the same rows: the last says by how much.
    return (
        "CREATE TABLE shifts AS SELECT file, record - place AS from_row, max(place) AS by FROM ("
        "SELECT file, record, row_number() OVER (PARTITION BY file ORDER BY record) AS place "
        f"FROM {BROKEN}) GROUP BY ALL"
    )


def _numbered(layout: Layout, *, has_broken: bool) -> str:
    # Rows of a file lie in its order, so a row's number is its place, moved by what was broken.
    place = f"{ROWS}.rowid - {FILES}.starts_at"
    moved = "0"
    join = ""
    if has_broken:
        moved = "coalesce(shifts.by, 0)"
        join = f"ASOF LEFT JOIN shifts ON shifts.file = {ROWS}.file AND {place} >= shifts.from_row"
    called = sql.listed(layout.ids) if len(layout.ids) == 1 else _joined(layout)
    return (
        f"SELECT {ROWS}.* EXCLUDE (record), "
        f"coalesce({ROWS}.record, {place} + 1 + {moved}) AS number, "
        f"{called} AS id, {FILES}.shown "
        f"FROM {ROWS} JOIN {FILES} ON {FILES}.file = {ROWS}.file {join}"
    )


def _joined(layout: Layout) -> str:
    return f"concat_ws('{ID_SEPARATOR}', {sql.listed(layout.ids)})" if layout.ids else "''"


def _alerts(layout: Layout, questionnaire: Questionnaire) -> str:
    parts = []
    for place, item in enumerate(layout.codings, start=1):
        for critical in questionnaire.critical:
            if critical.item != item:
                continue
            code, bad = layout.code(item), layout.codings[item].bad
            parts.append(
                f"SELECT {_WHERE}, {sql.text(item)} AS item, "
                f"CASE WHEN {code} < {bad} THEN {code}::VARCHAR "
                f"WHEN {BAD} = {place} THEN {BAD_VALUE} ELSE '' END AS answer, "
                f"CASE WHEN {code} < {bad} THEN '{ALERT}' ELSE '{UNREADABLE}' END AS why "
                f"FROM {NUMBERED} WHERE {_reaches(layout, item, critical.at_least)}"
            )
    if questionnaire.critical:
        parts.append(
            f"SELECT file AS place, shown AS file, record, '' AS id, '' AS item, '' AS answer, "
            f"'{UNREADABLE}' AS why FROM {BROKEN} JOIN {FILES} USING (file)"
        )
        parts.append(
            f"SELECT file, shown, number, id, '', '', '{UNREADABLE}' "
            f"FROM {NUMBERED} WHERE {has_swallowed(layout)}"
        )
    texts = sql.listed(f"'' AS {name}" for name in ("file", "id", "item", "answer", "why"))
    nothing = f"SELECT 0 AS place, 0 AS record, {texts}"
    return " UNION ALL ".join(parts) or f"{nothing} WHERE false"


def _rejects(layout: Layout) -> str:
    columns = " ".join(
        f"WHEN {place} THEN {sql.text(one.column)}"
        for place, one in enumerate(layout.reading.items.values(), start=1)
    )
    return (
        f"SELECT {_WHERE}, CASE {BAD} {columns} ELSE '' END AS column, "
        f"coalesce({BAD_VALUE}, '') AS value, CASE WHEN {BAD} = {SUSPECT_ID} "
        f"THEN '{RejectReason.SUSPECT_ID}' ELSE '{RejectReason.BAD_ANSWER}' END AS reason, "
        f"'' AS raw FROM {NUMBERED} WHERE {BAD} <> 0 UNION ALL "
        "SELECT file, shown, record, '', '', '', reason, raw "
        f"FROM {BROKEN} JOIN {FILES} USING (file)"
    )
