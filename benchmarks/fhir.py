"""How long `moodcheck score` takes for responses of FHIR, beside a loop over json.loads.

    python benchmarks/fhir.py --responses 200000 1000000

Writes NDJSON of random PHQ-9 responses, one answer in a hundred skipped, to a folder of its own.
Both contestants run in turn, round after round. The loop does the same checks: no key twice, no
number that is none, one answer to an item, codes that are offered, alerts and rejects; its scores
are held equal first. What both use of all cores tells more than seconds where a machine is busy.
Two sizes tell what it takes to start from what each response takes.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import moodcheck

MOODCHECK = str(Path(sys.executable).with_name("moodcheck"))
PHQ_9 = moodcheck.load("phq-9")
LINKS = {f"/{item.codes['loinc']}": item.id for item in PHQ_9.items}
CODES = {one.codes["loinc"]: one.value for one in PHQ_9.options("interest")}
CRITICAL, AT_LEAST = "death_thoughts", 1
SYSTEM = "http://loinc.org"
MOST_UNANSWERED = 2
STATUSES = {"completed", "amended", "in-progress", "stopped"}


def write_responses(target: Path, responses: int) -> None:
    """Write random responses, as a server exports them."""
    drawn = random.Random(1)  # noqa: S311 - nothing secret
    codes = {value: code for code, value in CODES.items()}
    with target.open("w", encoding="utf-8") as file:
        for number in range(responses):
            items = [_item(link, item, codes, drawn) for link, item in LINKS.items()]
            day = f"2026-{1 + number % 12:02}-{1 + number % 28:02}"
            resource = {
                "resourceType": "QuestionnaireResponse",
                "id": f"{drawn.getrandbits(64):016x}",
                "meta": {"versionId": "1", "lastUpdated": f"{day}T10:00:00Z"},
                "questionnaire": "http://example.org/Questionnaire/phq-9",
                "status": "completed",
                "subject": {"reference": f"Patient/{number}"},
                "authored": f"{day}T09:30:{number % 60:02}Z",
                "item": items,
            }
            file.write(json.dumps(resource, separators=(",", ":")) + "\n")


def _item(link: str, item: str, codes: dict[int, str], drawn: random.Random) -> dict[str, object]:
    value = drawn.randrange(4)
    if item == CRITICAL:
        value = drawn.randrange(1, 4) if drawn.random() < 0.04 else 0  # noqa: PLR2004 - few
    said: dict[str, object] = {"linkId": link, "text": f"Our own words about {item}"}
    if drawn.random() > 0.01:  # noqa: PLR2004 - one in a hundred
        coding = {"system": SYSTEM, "code": codes[value], "display": f"answer {value}"}
        said["answer"] = [{"valueCoding": coding}]
    return said


class _Bad(Exception):
    """A response that is rejected."""


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Bad
    return found


def _refuse(_name: str) -> object:
    raise _Bad


def loop(source: Path, folder: Path) -> None:
    """Score by a loop over json.loads, with the checks."""
    with (
        source.open("rb") as lines,
        (folder / "scores.csv").open("w", newline="", encoding="utf-8") as scores,
        (folder / "alerts.csv").open("w", newline="", encoding="utf-8") as alerts,
        (folder / "rejects.csv").open("w", newline="", encoding="utf-8") as rejects,
    ):
        write, alert, reject = (csv.writer(one) for one in (scores, alerts, rejects))
        write.writerow(["subject", "authored", "total_score", "total_unanswered", "alert"])
        for number, line in enumerate(lines, start=1):
            try:
                subject, authored, answers = _read(line)
            except (_Bad, ValueError, TypeError, KeyError, AttributeError) as error:
                reject.writerow([number, type(error).__name__])
                alert.writerow([number, "", "cannot_be_read"])
                continue
            given = [one for one in answers.values() if one is not None]
            missing = len(LINKS) - len(given)
            death = answers.get(CRITICAL)
            state = "unanswered" if death is None else "alert" if death >= AT_LEAST else "none"
            if state == "alert":
                alert.writerow([number, subject, death])
            write.writerow([subject, authored, _total(given, missing), missing, state])


def _total(given: Sequence[int], missing: int) -> int | str:
    """Return the sum, prorated as the questionnaire says: a half is rounded up."""
    if missing > MOST_UNANSWERED:
        return ""
    return (2 * sum(given) * len(LINKS) + len(given)) // (2 * len(given))


def _read(line: bytes) -> tuple[str, str, dict[str, int | None]]:
    found = json.loads(
        line, object_pairs_hook=_once, parse_int=str, parse_float=str, parse_constant=_refuse
    )
    if found["resourceType"] != "QuestionnaireResponse" or found["status"] not in STATUSES:
        raise _Bad
    subject, authored = found["subject"]["reference"], found["authored"]
    if not (isinstance(subject, str) and subject.isprintable() and authored.isprintable()):
        raise _Bad
    answers: dict[str, int | None] = {}
    waiting = [*found["item"]]
    for item in waiting:
        waiting += item.get("item", ())
        name = LINKS.get(item["linkId"])
        if name is None:
            continue
        given = item.get("answer", [])
        if name in answers or len(given) > 1:
            raise _Bad
        answers[name] = None
        if given:
            coding = given[0]["valueCoding"]
            if coding["system"] != SYSTEM:
                raise _Bad
            answers[name] = CODES[coding["code"]]
    return subject, authored, answers


def run(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; return its seconds, and those of all cores."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = code = os.waitstatus_to_exitcode(status)
    if code:
        raise SystemExit(f"{command[0]} ended with {code}")
    return seconds, used.ru_utime + used.ru_stime


def commands(source: Path, folder: Path) -> dict[str, list[str]]:
    """Return the command line of each contestant."""
    output = ["--output", str(folder / "scores.csv"), "--questionnaire", "phq-9"]
    return {
        "moodcheck": [MOODCHECK, "score", str(source), *output],
        "loop": [sys.executable, __file__, "--loop", str(source), str(folder)],
    }


def refuse_unequal(source: Path, folder: Path) -> None:
    """End unless both write the same scores."""
    found = []
    for name in commands(source, folder):
        own = folder / name
        own.mkdir()
        run(commands(source, own)[name])
        found.append([*_rows(own / "scores.csv")])
    if found[0] != found[1] or not found[0]:
        raise SystemExit("The loop does not write what moodcheck writes: nothing to compare")


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    names = ("subject", "authored", "total_score", "total_unanswered", "alert")
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield tuple(row[name] for name in names)


def measured(folder: Path, responses: int, runs: int) -> dict[str, list[float]]:
    """Return the median seconds of each contestant, and of all cores; print them as a table."""
    source = folder / "responses.ndjson"
    write_responses(source, responses)
    print(
        f"\n{responses:,} responses, {source.stat().st_size / 1024**2:,.0f} MB, "
        f"load {os.getloadavg()[0]:.1f} at start\n"
    )
    taken: dict[str, list[tuple[float, float]]] = {"moodcheck": [], "loop": []}
    for _ in range(runs):
        for contestant, times in taken.items():
            with tempfile.TemporaryDirectory(dir=folder) as place:
                times.append(run(commands(source, Path(place))[contestant]))
    print("| what | responses a second | seconds | of cores |\n|---|---|---|---|")
    middle = {}
    for contestant, times in taken.items():
        seconds, cores = middle[contestant] = [median(one[at] for one in times) for at in (0, 1)]
        print(f"| {contestant} | {responses / seconds:,.0f} | {seconds:.2f} | {cores:.2f} |")
    return middle


def main() -> None:
    """Measure, and print tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--responses", type=int, nargs="+", default=[200_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=3, help="rounds; default: %(default)s")
    parser.add_argument("--loop", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.loop:
        loop(*asked.loop)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_responses(folder / "few.ndjson", 2_000)
        refuse_unequal(folder / "few.ndjson", folder)
        print(
            f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
            f"median of {asked.runs} rounds"
        )
        found = [measured(folder, size, asked.runs) for size in sorted(asked.responses)]
        for times in found:
            say_ratios("The loop takes", times, {"moodcheck": [0, 0], "loop": [0, 0]})
        if len(found) > 1:
            say_ratios("For each response beyond the fewest, it takes", found[-1], found[0])


def say_ratios(what: str, times: dict[str, list[float]], less: dict[str, list[float]]) -> None:
    """Print how many times as long the loop takes as moodcheck, both less some seconds."""
    seconds, cores = (
        (times["loop"][at] - less["loop"][at]) / (times["moodcheck"][at] - less["moodcheck"][at])
        for at in (0, 1)
    )
    print(f"\n{what} {seconds:.1f} times the seconds and {cores:.1f} times the core-seconds.")


if __name__ == "__main__":
    main()
