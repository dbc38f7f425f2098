"""What `moodcheck score` is measured beside: the same work, written by hand for one questionnaire.

    python benchmarks/batch_contestants.py NAME INPUT FOLDER

Each scores twelve items of 0 to 3 as `symptoms` does, and writes its outputs into FOLDER: the
columns of moodcheck's scores, which `benchmarks/batch.py` compares.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

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
    "often": ITEMS,
    "mood": ["low_mood", "irritability", "loss_of_interest", "tension"],
    "body": ["sleep", "low_energy", "eating", "slowed", "aches"],
    "thoughts": ["guilt", "thinking", "death_thoughts"],
}
NOTICE = "Not a diagnosis. Please see a clinician."
WHERE = {"questionnaire": "symptoms", "version": "2.0.0"}

BAD = 9
"""Stands for a cell that holds no answer that is offered."""

Contestant = Callable[[str, Path], None]


def polars(source: str, folder: Path) -> None:
    """Polars by hand: streaming, in one pass, believing whatever stands in the file."""
    import polars as pl

    types = {"id": pl.String} | dict.fromkeys(ITEMS, pl.Int8)
    if ".jsonl" in source:
        rows = pl.scan_ndjson(source, schema={"id": pl.String} | dict.fromkeys(ITEMS, pl.Int64))
    elif source.endswith(".parquet"):
        rows = pl.scan_parquet(source)
    else:
        rows = pl.scan_csv(source, schema=types)
    alerts = rows.filter(pl.col("death_thoughts") >= 1).select("id", "death_thoughts")
    scored = rows.select(_scores())
    if source.endswith(".parquet"):
        scores = scored.sink_parquet(folder / "scores.parquet", compression="zstd", lazy=True)
    else:
        scores = scored.sink_csv(folder / "scores.csv", lazy=True)
    pl.collect_all([alerts.sink_csv(folder / "alerts.csv", lazy=True), scores], engine="streaming")


def checked(source: str, folder: Path) -> None:
    """Polars by hand, with every cell held to what is offered, and the counts of the report."""
    import polars as pl

    texts = pl.scan_csv(source, schema=dict.fromkeys(["id", *ITEMS], pl.String))
    codes = [
        pl.coalesce(
            *(pl.when(pl.col(i) == str(v)).then(pl.lit(v, pl.Int8)) for v in range(4)),
            pl.when(pl.col(i).is_not_null()).then(pl.lit(BAD, pl.Int8)),
        ).alias(i)
        for i in ITEMS
    ]
    rows = texts.with_row_index("record", 1).with_columns(codes)
    is_bad = pl.any_horizontal(pl.col(i) == BAD for i in ITEMS).fill_null(value=False)
    good = rows.filter(~is_bad)
    alerts = rows.filter(pl.col("death_thoughts") >= 1).select("record", "id", "death_thoughts")
    alerts.sink_csv(folder / "alerts.csv")
    rows.filter(is_bad).select("record", "id").sink_csv(folder / "rejects.csv")
    scored = good.select(_scores())
    scored.sink_csv(folder / "scores.csv")
    good.select(pl.col(i).is_null().sum() for i in ITEMS).collect(engine="streaming")
    for scale in SCALES:
        scored.group_by(f"{scale}_score").len().collect(engine="streaming")


def _scores() -> list[pl.Expr]:
    import polars as pl

    outputs: list[pl.Expr] = [pl.col("id")]
    for scale, items in SCALES.items():
        missing = pl.sum_horizontal(pl.col(i).is_null().cast(pl.Int64) for i in items)
        points = [pl.col(i) >= 2 if scale == "often" else pl.col(i) for i in items]  # noqa: PLR2004
        total = pl.sum_horizontal(one.cast(pl.Int64) for one in points)
        outputs += [
            pl.when(missing == 0).then(total).alias(f"{scale}_score"),
            missing.alias(f"{scale}_unanswered"),
            pl.when(missing > 0).then(pl.lit("too_many_unanswered")).alias(f"{scale}_reason"),
        ]
    death = pl.col("death_thoughts")

    def many(at_least: int, how_many: int) -> pl.Expr:
        reached = ((pl.col(i) >= at_least).fill_null(value=False).cast(pl.Int8) for i in ITEMS)
        return pl.sum_horizontal(reached) >= how_many

    is_alert = death >= 1
    soon = many(3, 1) | many(2, 3) | many(1, 7)
    outputs += [
        pl.when(is_alert).then(pl.lit("alert")).when(death.is_null()).then(pl.lit("unanswered"))
        .otherwise(pl.lit("none")).alias("alert"),
        pl.when(is_alert).then(pl.lit("today")).when(soon).then(pl.lit("soon"))
        .otherwise(pl.lit("anyway")).alias("advice"),
        pl.lit(NOTICE).alias("notice"),
        *(pl.lit(text).alias(name) for name, text in WHERE.items()),
    ]  # fmt: skip
    return outputs


def pandas(source: str, folder: Path) -> None:
    """The usual pandas script: read it all, add up, write."""
    import pandas as pd

    rows = pd.read_csv(source)
    scored = rows[["id"]].copy()
    for scale, items in SCALES.items():
        points = rows[items].ge(2).where(rows[items].notna()) if scale == "often" else rows[items]
        scored[f"{scale}_score"] = points.sum(axis=1, skipna=False)
        scored[f"{scale}_unanswered"] = rows[items].isna().sum(axis=1)
    scored["alert"] = rows["death_thoughts"].ge(1).map({True: "alert", False: "none"})
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
    contestant.__name__: contestant for contestant in (polars, checked, pandas, loop)
}

if __name__ == "__main__":
    name, given, target = sys.argv[1:]
    CONTESTANTS[name](given, Path(target))
