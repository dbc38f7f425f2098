"""What `moodcheck score` is measured beside: the same work, written by hand for one questionnaire.

    python benchmarks/batch_contestants.py NAME INPUT FOLDER

Each scores twelve items of 0 to 3 as `symptoms` does, and writes its outputs into FOLDER.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

ITEMS = [
    "low_mood",
    "irritability",
    "loss_of_interest",
    "sleep",
    "low_energy",
    "eating",
    "tension",
    "slowed",
    "guilt",
    "thinking",
    "death_thoughts",
    "aches",
]
SCALES = {
    "total": ITEMS,
    "mood": ["low_mood", "irritability", "loss_of_interest", "tension"],
    "body": ["sleep", "low_energy", "eating", "slowed", "aches"],
    "thoughts": ["guilt", "thinking", "death_thoughts"],
}
NOTICE = "Not a diagnosis. Please see a clinician."
MEMORY = "320MB"

Contestant = Callable[[str, Path], None]


def checked(source: str, folder: Path) -> None:
    """DuckDB by hand, with every check, output and count that moodcheck has; one query each."""
    cells = ", ".join(
        f"CASE {item} WHEN '0' THEN 0 WHEN '1' THEN 1 WHEN '2' THEN 2 WHEN '3' THEN 3 "
        f"WHEN '' THEN 8 ELSE 9 END::TINYINT AS {item}"
        for item in ITEMS
    )
    is_bad = " OR ".join(f"{item} = 9" for item in ITEMS)
    is_alert = "(death_thoughts BETWEEN 1 AND 3 OR death_thoughts = 9)"
    connection = _duckdb()
    scan = _scan(source, "VARCHAR", "nullstr = '\x01\x02', store_rejects = true, ")
    connection.execute(
        f"CREATE VIEW coded AS SELECT id, {cells}, row_number() OVER () AS record FROM {scan}"
    )
    connection.execute(f"CREATE VIEW good AS SELECT * FROM coded WHERE NOT ({is_bad})")
    _copy(
        connection,
        f"SELECT record, id, death_thoughts FROM coded WHERE {is_alert}",
        folder,
        "alerts",
    )
    _copy(connection, f"SELECT record, id FROM coded WHERE {is_bad}", folder, "rejects")
    _copy(connection, f"SELECT {_score_columns('< 8')} FROM good", folder, "scores")
    _count(connection, "good", "= 8", "< 8")


def unchecked(source: str, folder: Path) -> None:
    """DuckDB by hand, with the same outputs and counts, believing whatever stands in the file."""
    connection = _duckdb()
    scan = _scan(source, "TINYINT", "")
    connection.execute(f"CREATE VIEW good AS SELECT * FROM {scan}")
    _copy(
        connection,
        "SELECT id, death_thoughts FROM good WHERE death_thoughts >= 1",
        folder,
        "alerts",
    )
    _copy(connection, f"SELECT {_score_columns('IS NOT NULL')} FROM good", folder, "scores")
    _count(connection, "good", "IS NULL", "IS NOT NULL")


def untouched(source: str, folder: Path) -> None:
    """CSV in, CSV out by DuckDB, nothing computed: the limit that input and output set."""
    connection = _duckdb()
    _copy(connection, f"SELECT * FROM {_scan(source, 'VARCHAR', '')}", folder, "scores")


def parquet(source: str, folder: Path) -> None:
    """DuckDB by hand from Parquet to Parquet, checked as `checked` is, with its counts."""
    connection = _duckdb()
    cells = ", ".join(
        f"CASE WHEN {item} IS NULL THEN 8 WHEN {item} BETWEEN 0 AND 3 THEN {item} ELSE 9 END "
        f"AS {item}"
        for item in ITEMS
    )
    is_bad = " OR ".join(f"{item} = 9" for item in ITEMS)
    connection.execute(
        f"CREATE VIEW coded AS SELECT id, {cells}, file_row_number AS record "
        f"FROM read_parquet('{source}', file_row_number = true)"
    )
    connection.execute(f"CREATE VIEW good AS SELECT * FROM coded WHERE NOT ({is_bad})")
    is_alert = "(death_thoughts BETWEEN 1 AND 3 OR death_thoughts = 9)"
    _copy(
        connection,
        f"SELECT record, id, death_thoughts FROM coded WHERE {is_alert}",
        folder,
        "alerts",
    )
    _copy(connection, f"SELECT record, id FROM coded WHERE {is_bad}", folder, "rejects")
    connection.execute(
        f"COPY (SELECT {_score_columns('< 8')} FROM good) TO '{folder / 'scores.parquet'}' "
        "(FORMAT parquet, COMPRESSION zstd)"
    )
    _count(connection, "good", "= 8", "< 8")


def polars(source: str, folder: Path) -> None:
    """Polars by hand, streaming, with the outputs and counts of `unchecked`."""
    import polars as pl

    rows = pl.scan_csv(source, schema={"id": pl.String} | dict.fromkeys(ITEMS, pl.Int8))
    outputs: list[pl.Expr] = [pl.col("id")]
    for scale, items in SCALES.items():
        missing = pl.sum_horizontal(pl.col(item).is_null().cast(pl.Int32) for item in items)
        total = pl.sum_horizontal(pl.col(item).cast(pl.Int32) for item in items)
        outputs += [
            pl.when(missing == 0).then(total).alias(f"{scale}_score"),
            missing.alias(f"{scale}_unanswered"),
            pl.when(missing > 0).then(pl.lit("too_many_unanswered")).alias(f"{scale}_reason"),
        ]
    alert = pl.when(pl.col("death_thoughts") >= 1).then(pl.lit("alert"))
    outputs += [alert.otherwise(pl.lit("none")).alias("alert"), pl.lit(NOTICE).alias("notice")]
    rows.filter(pl.col("death_thoughts") >= 1).sink_csv(folder / "alerts.csv")
    scored = rows.select(outputs)
    scored.sink_csv(folder / "scores.csv")
    rows.select(pl.col(item).is_null().sum() for item in ITEMS).collect(engine="streaming")
    for scale in SCALES:
        scored.group_by(f"{scale}_score").len().collect(engine="streaming")


def pandas(source: str, folder: Path) -> None:
    """The usual pandas script: read it all, add up, write."""
    import pandas as pd

    rows = pd.read_csv(source)
    scored = rows[["id"]].copy()
    for scale, items in SCALES.items():
        scored[f"{scale}_score"] = rows[items].sum(axis=1, skipna=False)
        scored[f"{scale}_unanswered"] = rows[items].isna().sum(axis=1)
    scored["alert"] = rows["death_thoughts"] >= 1
    scored["notice"] = NOTICE
    rows[rows["death_thoughts"] >= 1].to_csv(folder / "alerts.csv", index=False)
    scored.to_csv(folder / "scores.csv", index=False)


def loop(source: str, folder: Path) -> None:
    """A loop over Python's csv module, with the checks."""
    allowed = {"0": 0, "1": 1, "2": 2, "3": 3, "": None}
    with (
        Path(source).open(newline="", encoding="utf-8") as file,
        (folder / "scores.csv").open("w", newline="", encoding="utf-8") as scores,
        (folder / "alerts.csv").open("w", newline="", encoding="utf-8") as alerts,
    ):
        write, write_alert = csv.writer(scores), csv.writer(alerts)
        for number, row in enumerate(csv.DictReader(file), start=1):
            answers = {item: allowed[row[item]] for item in ITEMS}
            cells: list[object] = [row["id"]]
            for items in SCALES.values():
                given = [answer for item in items if (answer := answers[item]) is not None]
                missing = len(items) - len(given)
                cells += (
                    [None, missing, "too_many_unanswered"] if missing else [sum(given), 0, None]
                )
            is_alert = (answers["death_thoughts"] or 0) >= 1
            write.writerow([*cells, "alert" if is_alert else "none", NOTICE])
            if is_alert:
                write_alert.writerow([number, row["id"]])


CONTESTANTS: dict[str, Contestant] = {
    contestant.__name__: contestant
    for contestant in (checked, unchecked, untouched, parquet, polars, pandas, loop)
}


def _duckdb() -> duckdb.DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = '/tmp'")
    return connection


def _scan(source: str, kind: str, options: str) -> str:
    columns = "'id': 'VARCHAR', " + ", ".join(f"'{item}': '{kind}'" for item in ITEMS)
    return (
        f"read_csv('{source}', auto_detect = false, header = true, delim = ',', quote = '\"', "
        f"escape = '\"', {options}columns = {{{columns}}})"
    )


def _score_columns(is_answered: str) -> str:
    columns = ["id"]
    for scale, items in SCALES.items():
        missing = " + ".join(f"(NOT ({item} {is_answered}))::INT" for item in items)
        total = " + ".join(f"{item}::INT" for item in items)
        columns += [
            f"CASE WHEN {missing} = 0 THEN {total} END AS {scale}_score",
            f"{missing} AS {scale}_unanswered",
            f"CASE WHEN {missing} > 0 THEN 'too_many_unanswered' END AS {scale}_reason",
        ]
        if scale == "total":
            often = " + ".join(f"({item} {is_answered} AND {item} >= 2)::INT" for item in items)
            columns += [
                f"CASE WHEN {missing} = 0 THEN {often} END AS often_score",
                f"{missing} AS often_unanswered",
                f"CASE WHEN {missing} > 0 THEN 'too_many_unanswered' END AS often_reason",
            ]
    three = " OR ".join(f"({item} {is_answered} AND {item} >= 3)" for item in ITEMS)
    alert = f"death_thoughts {is_answered} AND death_thoughts >= 1"
    columns += [
        (
            f"CASE WHEN {alert} THEN 'alert' WHEN NOT (death_thoughts {is_answered}) "
            "THEN 'unanswered' ELSE 'none' END AS alert"
        ),
        f"CASE WHEN {alert} THEN 'today' WHEN {three} THEN 'soon' ELSE 'anyway' END AS advice",
        f"'{NOTICE}' AS notice",
        "'symptoms' AS questionnaire",
        "'1.0.0' AS version",
    ]
    return ", ".join(columns)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, folder: Path, name: str) -> None:
    connection.execute(f"COPY ({query}) TO '{folder / name}.csv' (FORMAT csv, HEADER true)")


def _count(
    connection: duckdb.DuckDBPyConnection, rows: str, is_missing: str, is_answered: str
) -> None:
    missing = ", ".join(f"count(*) FILTER ({item} {is_missing})" for item in ITEMS)
    connection.execute(f"SELECT count(*), {missing} FROM {rows}").fetchall()
    scales = [*SCALES, "often"]
    columns = ", ".join(f"{scale}_score" for scale in scales)
    sets = ", ".join(f"({scale}_score)" for scale in scales)
    connection.execute(
        f"SELECT {columns}, count(*) FROM (SELECT {_score_columns(is_answered)} FROM {rows}) "
        f"GROUP BY GROUPING SETS ({sets})"
    ).fetchall()


if __name__ == "__main__":
    name, given, target = sys.argv[1:]
    CONTESTANTS[name](given, Path(target))
