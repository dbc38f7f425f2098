"""How long `moodcheck score` takes, beside the same work written by hand, and in how much memory.

    python benchmarks/batch.py --rows 1000000 10000000 --kinds csv quoted jsonl gzip parquet
    python benchmarks/batch.py --rows 100000000 --runs 1 --only polars
    python benchmarks/batch.py --files 1000
    python benchmarks/batch.py --cores 1

Writes files of random answers to a folder of its own, which is gone at the end. Every contestant
runs in turn, round after round, so that whatever else the machine does slows all of them alike;
what they use of its cores tells more than seconds do where it has much else to do.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import moodcheck

MOODCHECK = str(Path(sys.executable).with_name("moodcheck"))
CONTESTANTS = str(Path(__file__).with_name("batch_contestants.py"))
FEW = 1_000_000
"""Rows beyond which whoever needs all of them in memory, or Python for each, is left out."""

KINDS = {
    "csv": ("answers.csv", "HEADER true"),
    "quoted": ("answers.csv", "HEADER true, FORCE_QUOTE *"),
    "gzip": ("answers.csv.gz", "HEADER true, COMPRESSION gzip"),
    "jsonl": ("answers.jsonl", "FORMAT json"),
    "parquet": ("answers.parquet", "FORMAT parquet, COMPRESSION zstd"),
}
"""What a file of answers is called, and how DuckDB writes it."""

ALONE = ("pandas", "loop")
TRUSTING = ("polars", *ALONE)
"""Those that believe what stands in the file, and end or go wrong where it is bad."""


@dataclass(slots=True)
class Measured:
    """What one contestant took, round by round."""

    seconds: list[float] = field(default_factory=list)
    core_seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def write_answers(target: Path, kind: str, rows: int, bad: float, broken: int) -> None:
    """Write random answers: a share of rows with a bad cell, and so many with a cell too few."""
    import duckdb

    items = [item.id for item in moodcheck.load("symptoms").items]
    cells = [_cell(place, item) for place, item in enumerate(items)]
    if bad:
        spoilt = f"hash(i) % 1000000 < {int(bad * 1_000_000)}"
        cells[0] = f"CASE WHEN {spoilt} THEN 7 ELSE hash(i) % 4 END::TINYINT AS {items[0]}"
    query = f"SELECT 'p' || i AS id, {', '.join(cells)} FROM range({rows}) AS t(i)"
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '1GB'")
    connection.execute(f"COPY ({query}) TO '{target}' ({KINDS[kind][1]})")
    with target.open("a", encoding="utf-8") as file:
        file.writelines(f"broken{number},1,2,3\n" for number in range(broken))


def write_files(folder: Path, files: int, rows: int) -> list[Path]:
    """Write answers as one file and as so many; return the one, and the folder of the others."""
    one, many = folder / "answers.csv", folder / "many"
    write_answers(one, "csv", files * rows, 0.0, 0)
    header, *lines = one.read_text(encoding="utf-8").splitlines(keepends=True)
    many.mkdir()
    for place in range(files):
        part = "".join([header, *lines[place * rows : (place + 1) * rows]])
        (many / f"{place}.csv").write_text(part, encoding="utf-8")
    return [one, many]


def _cell(place: int, item: str) -> str:
    """Return one answer as SQL: one in a hundred blank, and few about death."""
    drawn = f"hash(i * 31 + {place})"
    answer = f"{drawn} % 4"
    if item == "death_thoughts":
        answer = f"CASE WHEN {drawn} % 100 < 4 THEN 1 + {drawn} % 3 ELSE 0 END"
    blank = f"hash(i * 17 + {place}) % 100 = 0"
    return f"CASE WHEN {blank} THEN NULL ELSE {answer} END::TINYINT AS {item}"


def run(command: Sequence[str], cores: int | None) -> tuple[float, float, float]:
    """Run a command; return its seconds, those of all cores, and its peak memory in megabytes.

    Of its memory, what several of its processes share counts once, where the system tells.
    """
    pinned = ["taskset", "-c", ",".join(map(str, range(cores)))] if cores else []
    start = time.perf_counter()
    with tempfile.TemporaryFile() as talk:
        process = subprocess.Popen([*pinned, *command], stdout=subprocess.DEVNULL, stderr=talk)
        with watched(process.pid) as peaks:
            # Of this process alone: the most of all children is that of the largest ever.
            _, status, used = os.wait4(process.pid, 0)
        talk.seek(0)
        said = talk.read()
    seconds = time.perf_counter() - start
    process.returncode = code = os.waitstatus_to_exitcode(status)
    if code not in {0, 3}:
        raise SystemExit(f"{command[0]} ended with {code}: {said.decode(errors='replace')[-500:]}")
    per_megabyte = 1024 * 1024 if sys.platform == "darwin" else 1024
    return seconds, used.ru_utime + used.ru_stime, max([used.ru_maxrss / per_megabyte, *peaks])


@contextmanager
def watched(pid: int) -> Iterator[list[float]]:
    """Give what a process and those below it take from time to time, in megabytes."""
    peaks: list[float] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            with suppress(OSError):  # one of them has ended meanwhile
                peaks.append(sum(map(_taken, _below(pid))) / 1024)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peaks
    finally:
        ended.set()
        thread.join()


def _below(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="utf-8").split():
            yield from _below(int(child))


def _taken(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def contestants(kind: str, rows: int, *, is_bad: bool) -> Iterator[str]:
    """Yield who takes part in scoring a file of answers."""
    yield "moodcheck"
    names = ["polars"]
    if kind == "csv":
        names += ["checked", *(ALONE if rows <= FEW else ())]
    yield from (name for name in names if not (is_bad and name in TRUSTING))


def command_of(name: str, source: Path, folder: Path) -> list[str]:
    """Return the command line of a contestant."""
    if name == "moodcheck":
        suffix = ".parquet" if source.suffix == ".parquet" else ".csv"
        output = folder / f"scores{suffix}"
        return [MOODCHECK, "score", str(source), "--output", str(output), "--spool", str(folder)]
    return [sys.executable, CONTESTANTS, name, str(source), str(folder)]


def refuse_unequal(source: Path) -> None:
    """End unless the peers in Polars write the same scores, to the byte, as moodcheck does."""
    with tempfile.TemporaryDirectory(dir=source.parent) as folder:
        written = []
        for name in ("moodcheck", "polars", "checked"):
            run(command_of(name, source, Path(folder)), None)
            written.append((Path(folder) / "scores.csv").read_bytes())
    if len({*written}) > 1:
        raise SystemExit("The peers do not write what moodcheck writes: nothing to compare")


def measured(
    source: Path, names: Sequence[str], runs: int, cores: int | None
) -> dict[str, Measured]:
    """Return what each contestant took for a file."""
    found = {name: Measured() for name in names}
    for _ in range(runs):
        for name in names:
            with tempfile.TemporaryDirectory(dir=source.parent) as folder:
                taken = run(command_of(name, source, Path(folder)), cores)
            one = found[name]
            for total, value in zip(
                (one.seconds, one.core_seconds, one.megabytes), taken, strict=True
            ):
                total.append(value)
    return found


def lines(rows: int, kind: str, found: dict[str, Measured]) -> Iterator[str]:
    """Yield the lines of the table for one file."""
    own = found["moodcheck"]
    for name, one in found.items():
        by_clock = median(a / b for a, b in zip(own.seconds, one.seconds, strict=True))
        by_cores = median(a / b for a, b in zip(own.core_seconds, one.core_seconds, strict=True))
        yield (
            f"| {rows:,} | {kind} | {name} | {median(one.seconds):.1f} | {by_clock:.2f} "
            f"| {median(one.core_seconds):.1f} | {by_cores:.2f} | {max(one.megabytes):.0f} |"
        )


def options() -> argparse.Namespace:
    """Return what is to be measured."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=["csv"])
    parser.add_argument("--runs", type=int, default=3, help="rounds; default: %(default)s")
    parser.add_argument("--bad", type=float, default=0.0, help="share of rows with a bad cell")
    parser.add_argument("--broken", type=int, default=0, help="records with too few cells")
    parser.add_argument("--cores", type=int, help="use so many cores; default: all")
    parser.add_argument("--files", type=int, help="the same rows in so many files of ten each")
    parser.add_argument("--only", nargs="+", help="these contestants; default: all that can")
    asked = parser.parse_args()
    if asked.broken and asked.kinds != ["csv"]:
        parser.error("Broken records are those of CSV: leave out --broken or --kinds")
    return asked


def main() -> None:
    """Measure, and print one table in Markdown."""
    asked = options()
    print(
        f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{asked.runs} rounds, load {os.getloadavg()[0]:.1f} at start, "
        f"{asked.bad:.0%} bad rows, {asked.broken:,} broken records\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "answers.csv"
        write_answers(small, "csv", 10_000, 0.0, 0)
        refuse_unequal(small)
    print(
        "| rows | files | what | seconds | moodcheck ÷ it | of cores | moodcheck ÷ it | peak MB |"
    )
    print("|---|---|---|---|---|---|---|---|", flush=True)
    if asked.files:
        with tempfile.TemporaryDirectory() as folder:
            for source in write_files(Path(folder), asked.files, 10):
                found = measured(source, ["moodcheck"], asked.runs, asked.cores)
                print("\n".join(lines(asked.files * 10, source.name, found)), flush=True)
        return
    for rows in asked.rows:
        for kind in asked.kinds:
            with tempfile.TemporaryDirectory() as folder:
                source = Path(folder) / KINDS[kind][0]
                write_answers(source, kind, rows, asked.bad, asked.broken)
                names = [
                    name
                    for name in contestants(kind, rows, is_bad=bool(asked.bad or asked.broken))
                    if not asked.only or name in ("moodcheck", *asked.only)
                ]
                found = measured(source, names, asked.runs, asked.cores)
                print("\n".join(lines(rows, kind, found)), flush=True)


if __name__ == "__main__":
    main()
