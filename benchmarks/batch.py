"""How long `moodcheck score` takes, beside the same work written by hand, and in how much memory.

    python benchmarks/batch.py --rows 1000000 10000000 100000000 --runs 3

Writes files of random answers to a folder of its own, which is gone at the end. Every contestant
runs in turn, round after round, so that whatever else the machine does slows all of them alike.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import moodcheck

MOODCHECK = str(Path(sys.executable).with_name("moodcheck"))
CONTESTANTS = str(Path(__file__).with_name("batch_contestants.py"))
FEW = 1_000_000
"""Rows beyond which whoever needs all of them in memory, or Python for each, is left out."""

ALONE = ("pandas", "loop")
TRUSTING = ("polars", *ALONE)
"""Those that believe what stands in the file, and end or go wrong where it is bad."""


@dataclass(slots=True)
class Measured:
    """What one contestant took, round by round."""

    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def write_answers(target: Path, rows: int, bad: float, broken: int) -> None:
    """Write random answers: a share of rows with a bad cell, and so many with a cell too few."""
    import duckdb

    items = [item.id for item in moodcheck.load("symptoms").items]
    cells = [_cell(place, item) for place, item in enumerate(items)]
    if bad:
        spoilt = f"hash(i) % 1000000 < {int(bad * 1_000_000)}"
        cells[0] = f"CASE WHEN {spoilt} THEN 7 ELSE hash(i) % 4 END::TINYINT AS {items[0]}"
    query = f"SELECT 'p' || i AS id, {', '.join(cells)} FROM range({rows}) AS t(i)"
    kind = "FORMAT parquet, COMPRESSION zstd" if target.suffix == ".parquet" else "HEADER true"
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '1GB'")
    connection.execute(f"COPY ({query}) TO '{target}' ({kind})")
    with target.open("a", encoding="utf-8") as file:
        file.writelines(f"broken{number},1,2,3\n" for number in range(broken))


def _cell(place: int, item: str) -> str:
    """Return one answer as SQL: one in a hundred blank, and few about death."""
    drawn = f"hash(i * 31 + {place})"
    answer = f"{drawn} % 4"
    if item == "death_thoughts":
        answer = f"CASE WHEN {drawn} % 100 < 4 THEN 1 + {drawn} % 3 ELSE 0 END"
    blank = f"hash(i * 17 + {place}) % 100 = 0"
    return f"CASE WHEN {blank} THEN NULL ELSE {answer} END::TINYINT AS {item}"


def run(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; return its seconds and its peak memory in megabytes."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as talk:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=talk)
        # Of this process alone: the most of all children is that of the largest ever.
        _, status, used = os.wait4(process.pid, 0)
        talk.seek(0)
        said = talk.read()
    seconds = time.perf_counter() - start
    process.returncode = code = os.waitstatus_to_exitcode(status)
    if code not in {0, 3}:
        raise SystemExit(f"{command[0]} ended with {code}: {said.decode(errors='replace')[-500:]}")
    per_megabyte = 1024 * 1024 if sys.platform == "darwin" else 1024
    return seconds, used.ru_maxrss / per_megabyte


def contestants(source: Path, *, is_bad: bool) -> Iterator[str]:
    """Yield who takes part in scoring a file of answers."""
    yield "moodcheck"
    if source.suffix == ".parquet":
        yield "polars"
        return
    is_few = source.stat().st_size < FEW * 40
    for name in ("polars", "checked", *(ALONE if is_few else ())):
        if not (is_bad and name in TRUSTING):
            yield name


def command_of(name: str, source: Path, folder: Path) -> list[str]:
    """Return the command line of a contestant."""
    if name == "moodcheck":
        output = folder / f"scores{source.suffix}"
        return [MOODCHECK, "score", str(source), "--output", str(output), "--spool", str(folder)]
    return [sys.executable, CONTESTANTS, name, str(source), str(folder)]


def refuse_unequal(source: Path) -> None:
    """End unless the peers in Polars write the same scores, to the byte, as moodcheck does."""
    with tempfile.TemporaryDirectory(dir=source.parent) as folder:
        written = []
        for name in ("moodcheck", "polars", "checked"):
            run(command_of(name, source, Path(folder)))
            written.append((Path(folder) / "scores.csv").read_bytes())
    if len({*written}) > 1:
        raise SystemExit("The peers do not write what moodcheck writes: nothing to compare")


def measured(source: Path, names: Sequence[str], runs: int) -> dict[str, Measured]:
    """Return what each contestant took for a file."""
    found = {name: Measured() for name in names}
    for _ in range(runs):
        for name in names:
            with tempfile.TemporaryDirectory(dir=source.parent) as folder:
                seconds, megabytes = run(command_of(name, source, Path(folder)))
            found[name].seconds.append(seconds)
            found[name].megabytes.append(megabytes)
    return found


def lines(rows: int, kind: str, found: dict[str, Measured]) -> Iterator[str]:
    """Yield the lines of the table for one file."""
    own = found["moodcheck"].seconds
    for name, one in found.items():
        ratio = median(a / b for a, b in zip(own, one.seconds, strict=True))
        yield (
            f"| {rows:,} | {kind} | {name} | {median(one.seconds):.1f} | {ratio:.2f} "
            f"| {rows / median(one.seconds):,.0f} | {max(one.megabytes):.0f} |"
        )


def main() -> None:
    """Measure, and print one table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--runs", type=int, default=3, help="rounds; default: %(default)s")
    parser.add_argument("--bad", type=float, default=0.0, help="share of rows with a bad cell")
    parser.add_argument("--broken", type=int, default=0, help="records with too few cells")
    parser.add_argument("--parquet", action="store_true", help="from Parquet to Parquet")
    parser.add_argument("--only", nargs="+", help="these contestants; default: all that can")
    options = parser.parse_args()
    if options.parquet and options.broken:
        parser.error("Parquet has no broken records: leave out --broken or --parquet")
    kind = "Parquet" if options.parquet else "CSV"
    print(
        f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{options.runs} rounds, load {os.getloadavg()[0]:.1f} at start, "
        f"{options.bad:.0%} bad rows, {options.broken:,} broken records\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "answers.csv"
        write_answers(small, 10_000, 0.0, 0)
        refuse_unequal(small)
    print("| rows | files | what | seconds | moodcheck ÷ it | rows a second | peak MB |")
    print("|---|---|---|---|---|---|---|", flush=True)
    for rows in options.rows:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / f"answers.{kind.lower()}"
            write_answers(source, rows, options.bad, options.broken)
            is_bad = bool(options.bad or options.broken)
            names = [
                name
                for name in contestants(source, is_bad=is_bad)
                if not options.only or name in ("moodcheck", *options.only)
            ]
            found = measured(source, names, options.runs)
            print("\n".join(lines(rows, kind, found)), flush=True)


if __name__ == "__main__":
    main()
