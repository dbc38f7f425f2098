"""How long `moodcheck cohort` takes beside `moodcheck score` of the same file.

    python -m benchmarks.cohort --rows 10000000
    python -m benchmarks.cohort --rows 1000000 --groups 2 10 100

Both run in turn, round after round, so that whatever else the machine does slows both alike.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.batch import MOODCHECK, Measured, run, write_answers

HEADER = "| rows | groups | what | seconds | cohort ÷ score | of cores | cohort ÷ score | peak MB |"


def write_groups(source: Path, target: Path, groups: int) -> None:
    """Write answers once more, with a column that tells so many groups apart."""
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as file:
        file.write(f"site,{next(lines)}")
        file.writelines(f"s{place * 7919 % groups},{line}" for place, line in enumerate(lines))


def measured(source: Path, by: str | None, runs: int) -> dict[str, Measured]:
    """Return what scoring and looking took for a file."""
    found = {"score": Measured(), "cohort": Measured()}
    for _ in range(runs):
        for name, one in found.items():
            with tempfile.TemporaryDirectory(dir=source.parent) as folder:
                command = [MOODCHECK, name, str(source), "--spool", folder]
                if name == "score":
                    command += ["--output", f"{folder}/scores.csv"]
                elif by is not None:
                    command += ["--by", by]
                taken = run(command, None)
            for total, value in zip(
                (one.seconds, one.core_seconds, one.megabytes), taken, strict=True
            ):
                total.append(value)
    return found


def lines(rows: int, groups: int, found: dict[str, Measured]) -> list[str]:
    """Return the lines of the table for one file."""
    score, cohort = found["score"], found["cohort"]
    clock = median(a / b for a, b in zip(cohort.seconds, score.seconds, strict=True))
    cores = median(a / b for a, b in zip(cohort.core_seconds, score.core_seconds, strict=True))
    said = []
    for name, one in found.items():
        ratios = (f"{clock:.2f}", f"{cores:.2f}") if name == "cohort" else ("", "")
        said.append(
            f"| {rows:,} | {groups or ''} | {name} | {median(one.seconds):.1f} | {ratios[0]} "
            f"| {median(one.core_seconds):.1f} | {ratios[1]} | {max(one.megabytes):.0f} |"
        )
    return said


def main() -> None:
    """Measure, and print one table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--groups", type=int, nargs="*", default=[], help="also so many groups")
    parser.add_argument("--runs", type=int, default=3, help="rounds; default: %(default)s")
    asked = parser.parse_args()
    print(
        f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{asked.runs} rounds, load {os.getloadavg()[0]:.1f} at start\n"
    )
    print(HEADER)
    print("|---|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "answers.csv"
        write_answers(source, "csv", asked.rows, 0.0, 0)
        found = measured(source, None, asked.runs)
        print("\n".join(lines(asked.rows, 0, found)), flush=True)
        for groups in asked.groups:
            grouped = Path(folder) / "grouped.csv"
            write_groups(source, grouped, groups)
            found = measured(grouped, "site", asked.runs)
            print("\n".join(lines(asked.rows, groups, found)), flush=True)


if __name__ == "__main__":
    main()
