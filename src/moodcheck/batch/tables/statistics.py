"""A file of SPSS, Stata or SAS → its rows as texts.

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

from moodcheck.errors import BadData
from moodcheck.installation import part_missing


def statistics_rows(path: Path, shown: str) -> Generator[list[str]]:
    """Yield the names of the variables, then the cells of each case.

    Raises:
        BadData: when the file is damaged.
        PartNotInstalled: when nothing is there to read it.
    """
    if find_spec("pyreadstat") is None:
        raise part_missing("Reading files of SPSS, Stata and SAS", "statistics")
    module = "moodcheck.batch.tables.statistics_process"
    with subprocess.Popen(  # noqa: S603 - this Python, and a module of ours
        # Not what lies in the working folder.
        [sys.executable, "-P", "-m", module, str(path.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        try:
            with io.TextIOWrapper(process.stdout, "utf-8", newline="") as text:
                yield from csv.reader(text)
            is_whole = process.wait() == 0
        finally:
            process.kill()
    if not is_whole:
        raise BadData(
            f"{shown} is damaged, or larger than memory, and nothing was scored",
            mend="Open it in the program that it comes from, and save it again",
        )
