"""How long moodcheck takes to say its first word, and to ask the next question.

Everything runs at a pseudo-terminal, as it does for a person. Each thing measured is started in
turn, round after round, beside bare Python and beside a small program of the same kind
(`ten_lines.py`), so that whatever else the machine does slows all of them alike. For information
only: times belong to a machine, so no test depends on them.
"""

from __future__ import annotations

import argparse
import os
import platform
import pty
import select
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter

import moodcheck

MOODCHECK = str(Path(sys.executable).with_name("moodcheck"))
TEN_LINES = str(Path(__file__).with_name("ten_lines.py"))
ROWS, COLUMNS = 24, 80
PATIENCE = 60
"""Seconds until the benchmark gives up waiting."""

ENVIRONMENT = {"HOME": os.environ["HOME"], "LANG": "C.UTF-8", "TERM": "xterm-256color"}
"""No more than this, so that nobody's settings are measured."""


class Terminal:
    """A command at a pseudo-terminal, and everything it has shown so far."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._shown = b""

    def type(self, keys: str) -> None:
        """Press keys, and forget what was shown before them."""
        self._shown = b""
        os.write(self._descriptor, keys.encode())

    def wait_for(self, text: str) -> None:
        """Return as soon as `text` has been shown."""
        while text.encode() not in self._shown:
            if not self._read():
                raise SystemExit(f"It ended before it showed '{text}'.")

    def wait_for_end(self) -> None:
        """Return as soon as nothing more can be shown."""
        while self._read():
            pass

    def _read(self) -> bytes:
        if not select.select([self._descriptor], [], [], PATIENCE)[0]:
            raise SystemExit(f"Nothing came within {PATIENCE} seconds.")
        read = b""
        with suppress(OSError):  # Linux tells of the end of a terminal by an error
            read = os.read(self._descriptor, 65_536)
        self._shown += read
        return read


@contextmanager
def terminal(command: Sequence[str]) -> Iterator[Terminal]:
    """Start a command at a pseudo-terminal of its own; end it when done with."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (ROWS, COLUMNS))
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=ENVIRONMENT, start_new_session=True
    ) as process:
        os.close(theirs)
        try:
            yield Terminal(ours)
        finally:
            process.kill()
            os.close(ours)


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is timed once a round."""

    name: str
    seconds: Callable[[], float]
    most: float | None = None
    """How many times the ten-line program it may take."""


def whole_run(name: str, command: Sequence[str], most: float | None = None) -> Measure:
    """Return the measure of a command from its start to its end."""

    def seconds() -> float:
        start = perf_counter()
        with terminal(command) as shown:
            shown.wait_for_end()
            return perf_counter() - start

    return Measure(name, seconds, most)


def first_question_seconds() -> float:
    """Return the time until the first item is drawn, Enter for the welcome typed ahead."""
    first = openings()[0]
    start = perf_counter()
    with terminal([MOODCHECK]) as shown:
        shown.type("\r")
        shown.wait_for(first)
        return perf_counter() - start


def next_question_seconds() -> list[float]:
    """Answer every item of one sitting with a digit; return how long each next one took."""
    first, *others = openings()
    times = []
    with terminal([MOODCHECK]) as shown:
        shown.type("\r")
        shown.wait_for(first)
        for answered, opening in enumerate(others, start=1):
            start = perf_counter()
            # Between the two parts stands a page of its own.
            shown.type("0\r" if answered == main_part() else "0")
            shown.wait_for(opening)
            times.append(perf_counter() - start)
    return times


@cache
def openings() -> list[str]:
    """Return how the text of each item begins: so much of it stands in one line."""
    return [(item.text or "")[:20] for item in moodcheck.load("symptoms").all_items]


@cache
def main_part() -> int:
    """Return how many items come before those for the visit."""
    return len(moodcheck.load("symptoms").items)


PYTHON = whole_run("bare Python", [sys.executable, "-c", "pass"])
YARDSTICK = whole_run("ten-line program", [sys.executable, TEN_LINES])
MEASURES = (
    whole_run("--version", [MOODCHECK, "--version"], most=1.0),
    whole_run("--help", [MOODCHECK, "--help"], most=1.0),
    whole_run("crisis-lines", [MOODCHECK, "crisis-lines", "--region", "US"], most=1.0),
    whole_run("crisis-lines --plain", [MOODCHECK, "crisis-lines", "--region", "US", "--plain"]),
    Measure("first question", first_question_seconds, most=1.25),
)
NEXT_QUESTION_MOST = 0.016


def timed(measures: Sequence[Measure], runs: int) -> dict[str, list[float]]:
    """Return the seconds of each measure, round by round; one round before that warms up."""
    times: dict[str, list[float]] = {measure.name: [] for measure in measures}
    for round_ in range(runs + 1):
        for measure in measures:
            seconds = measure.seconds()
            if round_:
                times[measure.name].append(seconds)
    return times


def spread(numbers: Sequence[float], unit: str) -> str:
    """Return the median, and in brackets the least and the greatest."""
    return f"{median(numbers):{unit}} ({min(numbers):{unit}}–{max(numbers):{unit}})"


def row(measure: Measure, times: dict[str, list[float]]) -> list[str]:
    """Return what the table says of one measure."""
    own = times[measure.name]
    beside = [
        spread([a / b for a, b in zip(own, times[other.name], strict=True)], ".2f")
        for other in (PYTHON, YARDSTICK)
    ]
    most = "" if measure.most is None else f"≤ {measure.most:.2f}"
    return [measure.name, spread([1_000 * one for one in own], ".0f"), *beside, most]


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as Markdown, in columns for the eye as well."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(map(str.ljust, cells, widths)) + " |"
        for cells in (rows[0], ["-" * width for width in widths], *rows[1:])
    ]
    return "\n".join(lines)


def machine(runs: int) -> str:
    """Return where and how this was measured, in general terms."""
    python = f"Python {platform.python_version()}"
    load = f"load {os.getloadavg()[0]:.1f}"
    return f"{platform.system()}, {os.cpu_count()} cores, {python}, {runs} rounds, {load} at start"


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=20, help="rounds; default: %(default)s")
    runs: int = parser.parse_args().runs
    print(machine(runs), "\n")
    times = timed([PYTHON, YARDSTICK, *MEASURES], runs)
    head = ["", "ms, median (min–max)", "times bare Python", "times ten-line program", "target"]
    print(table([head, *(row(measure, times) for measure in (PYTHON, YARDSTICK, *MEASURES))]))
    keys = [
        1_000 * seconds for _ in range(max(1, runs // 4)) for seconds in next_question_seconds()
    ]
    most = f"under {1_000 * NEXT_QUESTION_MOST:.0f} ms"
    print(f"\nKey to next question: {spread(keys, '.1f')} ms over {len(keys)} keys; target {most}")


if __name__ == "__main__":
    main()
