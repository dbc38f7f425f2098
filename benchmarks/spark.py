"""How many core-seconds `--engine spark` takes for a million rows, and how many to begin.

    python benchmarks/spark.py --rows 500000 2000000

Of two sizes the difference is what rows cost, and what is left is what every run costs.
Core-seconds are what all threads of Java worked, so that another program on the machine changes
them little; the time that a cluster needs is what rows cost, divided by its cores, and what every
run costs.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import moodcheck
from benchmarks.batch import write_answers

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MILLION = 1_000_000


def main() -> None:
    """Measure both formats in both sizes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs=2, default=[500_000, 2_000_000])
    few, many = sorted(parser.parse_args().rows)
    spark = _session()
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("csv", "parquet"):
            for rows in (few, many):
                write_answers(Path(folder) / f"{rows}.{ending}", ending, rows, 0.0001, 0)
            _run(spark, Path(folder), f"{few}.{ending}")  # Java learns what it will do
            first, more = (_run(spark, Path(folder), f"{rows}.{ending}") for rows in (few, many))
            each = (more - first) / (many - few)
            print(
                f"{ending}: {each * MILLION:.1f} core-seconds for a million rows, "
                f"{first - each * few:.1f} for every run"
            )
    spark.stop()


def _session() -> SparkSession:
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    warnings.simplefilter("ignore")
    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = session.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def _run(spark: SparkSession, folder: Path, name: str) -> float:
    """Score a file, and return what Java worked for it, in core-seconds."""
    before, began = _worked(spark), time.perf_counter()
    output = folder / f"scores-{time.time_ns()}.parquet"
    report = moodcheck.score_files(folder / name, output=output, engine="spark", allow_rejects=True)
    worked = _worked(spark) - before
    size = sum(part.stat().st_size for part in output.iterdir()) / report.scored
    print(
        f"{name}: {worked:.1f} core-seconds, {time.perf_counter() - began:.1f} s, "
        f"{(folder / name).stat().st_size / report.read:.0f} bytes a row read, {size:.0f} written"
    )
    return worked


def _worked(spark: SparkSession) -> float:
    java: Any = spark._jvm  # noqa: SLF001 - nothing public tells which process it is
    process = java.java.lang.ProcessHandle.current().pid()
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
