"""How much memory a command takes at its most."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

MEGABYTE = 1_000_000
_UNIT = 1 if sys.platform == "darwin" else 1024


def peak_of(command: Sequence[str], folder: Path) -> tuple[int, str, int]:
    """Run a command in a folder; return its exit code, its standard error, and its peak in bytes.

    The peak is its own: what this process or an earlier command took does not count.
    """
    with tempfile.TemporaryFile() as talk:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=talk)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        talk.seek(0)
        said = talk.read().decode()
    return process.returncode, said, used.ru_maxrss * _UNIT
