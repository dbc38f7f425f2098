"""A file of SPSS, Stata or SAS → the CSV that it would be.

Read by pyreadstat in a process of its own, because a damaged file can end the process that reads
it. Needs the part `statistics`.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path

from moodcheck.errors import BadData, ExitCode, PartNotInstalled
from moodcheck.installation import part_missing

_LONGEST = 64 * 1024
"""Bytes of a line that are taken at a time."""


def statistics_lines(path: Path, shown: str) -> Generator[bytes]:
    """Yield CSV, in parts of any size: the names of the variables, then the cells of each case.

    Raises:
        BadData: when the file is damaged.
        PartNotInstalled: when nothing is there to read it.
    """
    yield from _written(path, shown, "cells")


def code_labels(path: Path, shown: str) -> dict[str, dict[str, str]]:
    """Return what the file calls its codes: by variable, code → label; errors as above."""
    content = b"".join(_written(path, shown, "labels")).decode()
    found: dict[str, dict[str, str]] = {}
    for name, code, label in csv.reader(io.StringIO(content, newline="")):
        found.setdefault(name, {})[code] = label
    return found


def _written(path: Path, shown: str, what: str) -> Generator[bytes]:
    """Yield what the process writes."""
    if find_spec("pyreadstat") is None:
        raise _part_missing()
    module = "moodcheck.batch.tables.statistics_process"
    with subprocess.Popen(  # noqa: S603 - this Python, and a module of ours
        # Not what lies in the working folder.
        [sys.executable, "-P", "-m", module, what, str(path.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        try:
            while line := process.stdout.readline(_LONGEST):
                yield line
            code = process.wait()
        finally:
            process.kill()
    if code == ExitCode.PART_MISSING:
        raise _part_missing()
    if code:
        raise BadData(
            f"{shown} is damaged, or larger than memory, and nothing was scored",
            mend="Open it in the program that it comes from, and save it again",
        )


def _part_missing() -> PartNotInstalled:
    return part_missing("Reading files of SPSS, Stata and SAS", "statistics")
