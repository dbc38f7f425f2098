"""How much memory a command takes at its most."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

MEGABYTE = 1_000_000
_UNIT = 1 if sys.platform == "darwin" else 1024

# A program begins with the peak of whoever starts it, and a run of tests is large.
_FROM_A_SMALL_ONE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
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
