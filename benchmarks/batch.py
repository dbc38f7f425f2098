"""How long it takes to score a file, and how much memory, beside the same work done by hand.

    python benchmarks/batch.py --rows 1000000 10000000 --runs 3

Every contestant is a process of its own, started in turn, round after round, so that whatever
else the machine does slows all of them alike. For information only: times belong to a machine,
so no test depends on them.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

import moodcheck

MOODCHECK = Path(sys.executable).with_name("moodcheck")
HAND = Path(__file__).with_name("batch_contestants.py")
SLOW = {"pandas": 1_000_000, "loop": 1_000_000}
"""Contestants that are only measured up to so many rows."""

OURS = "moodcheck"


@dataclass
class Runs:
    """What was measured of one contestant."""

    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def main() -> None:
    """Measure, and print a table for each number of rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--bad", type=float, default=0.0, help="share of rows with a bad cell")
    parser.add_argument("--broken", type=int, default=0, help="records with too few cells")
    parser.add_argument("--only", nargs="+", help="names of contestants")
    wishes = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory(prefix="moodcheck-benchmark-") as folder:
        for rows in wishes.rows:
            source = Path(folder) / "answers.csv"
            generate(source, rows, wishes.bad, wishes.broken)
            names = [OURS, "checked", "unchecked", "untouched", "polars", "pandas", "loop"]
            names = [one for one in names if rows <= SLOW.get(one, rows)]
            if wishes.bad or wishes.broken:  # the others stop at the first
                names = [OURS, "checked"]
            if wishes.only:
                names = [one for one in names if one in wishes.only]
            print_table(f"{rows:,} rows, CSV to CSV", measured(names, source, wishes.runs))
            if not (wishes.bad or wishes.broken or wishes.only):
                columnar = to_parquet(source)
                both = ["moodcheck", "parquet"]
                title = f"{rows:,} rows, Parquet to Parquet"
                print_table(title, measured(both, columnar, wishes.runs))


def measured(names: list[str], source: Path, runs: int) -> dict[str, Runs]:
    """Run every contestant so often, in turn."""
    found = {name: Runs() for name in names}
    for _ in range(runs):
        for name in names:
            folder = Path(tempfile.mkdtemp(dir=source.parent))
            began = perf_counter()
            process = subprocess.Popen(
                command(name, source, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            _pid, _status, usage = os.wait4(process.pid, 0)
            found[name].seconds.append(perf_counter() - began)
            found[name].megabytes.append(usage.ru_maxrss / 1024)
            shutil.rmtree(folder)
    return found


def command(name: str, source: Path, folder: Path) -> list[str]:
    """Return how a contestant is started."""
    if name == OURS:
        output = folder / f"scores{source.suffix}"
        return [str(MOODCHECK), "score", str(source), "--output", str(output), "--allow-rejects"]
    return [sys.executable, str(HAND), name, str(source), str(folder)]


def generate(target: Path, rows: int, bad: float, broken: int) -> None:
    """Write answers: half of them 0, one in a hundred blank, few about death."""
    import duckdb

    cells = ", ".join(
        f"{_cell(item.id, bad)} AS {item.id}" for item in moodcheck.load("symptoms").items
    )
    people = f"SELECT i, random() AS b FROM range({rows}) r(i)"
    connection = duckdb.connect()
    connection.execute("SET threads = 1; SELECT setseed(0.42)")
    connection.execute(
        f"COPY (SELECT 'p' || i AS id, {cells} FROM ({people})) TO '{target}' (HEADER true)"
    )
    if broken:
        step = rows // broken
        whole = target.with_suffix(".whole")
        target.rename(whole)
        with whole.open(encoding="utf-8") as read, target.open("w", encoding="utf-8") as write:
            for number, line in enumerate(read):
                is_broken = number and number % step == 0
                write.write(f"{line.split(',')[0]},1,1\n" if is_broken else line)
        whole.unlink()


def _cell(item: str, bad: float) -> str:
    no = 0.96 if item == "death_thoughts" else 0.5
    wrong = f"WHEN b < {bad} THEN '5' " if item == "sleep" and bad else ""
    some = "(1 + floor(random() * 3)::INT)::VARCHAR"
    return (
        f"CASE {wrong}WHEN random() < 0.01 THEN NULL WHEN random() < {no} THEN '0' ELSE {some} END"
    )


def to_parquet(source: Path) -> Path:
    """Write the same answers as Parquet."""
    import duckdb

    target = source.with_suffix(".parquet")
    items = moodcheck.load("symptoms").items
    types = ", ".join(f"'{item.id}': 'TINYINT'" for item in items)
    duckdb.connect().execute(
        f"COPY (SELECT * FROM read_csv('{source}', types = {{{types}}})) TO '{target}'"
    )
    return target


def print_table(title: str, found: dict[str, Runs]) -> None:
    """Print medians, and how many times as long as moodcheck each took."""
    ours = median(found[OURS].seconds)
    print(f"{title}, medians of {len(found[OURS].seconds)}:\n")
    print("| | seconds | moodcheck is | peak MB |\n|---|---:|---:|---:|")
    for name, runs in found.items():
        seconds, megabytes = median(runs.seconds), max(runs.megabytes)
        ratio = "" if name == OURS else f"{ours / seconds:.2f} times"
        print(f"| {name} | {seconds:.2f} | {ratio} | {megabytes:.0f} |")
    print()


if __name__ == "__main__":
    main()
