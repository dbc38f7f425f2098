"""How much memory a command takes at its most, with all processes that it starts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

MEGABYTE = 1_000_000
_UNIT = 1 if sys.platform == "darwin" else 1024

# A program begins with the peak of whoever starts it, and a run of tests is large. What processes
# share is counted once, where the system tells; elsewhere the largest of them stands for all.
_FROM_A_SMALL_ONE = """
import os, resource, subprocess, sys, threading

def below(pid):
    yield pid
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as file:
            for child in file.read().split():
                yield from below(child)

def taken(pid):
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))

def most():
    global peak
    while not ended.wait(0.02):
        try:
            peak = max(peak, sum(map(taken, below(started.pid))))
        except OSError:
            pass  # one of them has ended meanwhile

peak, ended = 0, threading.Event()
started = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
watch = threading.Thread(target=most)
watch.start()
code = started.wait()
ended.set()
watch.join()
print(code, max(peak, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
"""


def peak_of(command: Sequence[str], folder: Path) -> tuple[int, str, int]:
    """Run a command in a folder; return its exit code, standard error, and peak in bytes."""
    done = subprocess.run(
        [sys.executable, "-c", _FROM_A_SMALL_ONE, *command],
        check=True,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=280,
    )
    code, peak = map(int, done.stdout.split())
    return code, done.stderr, peak * _UNIT
