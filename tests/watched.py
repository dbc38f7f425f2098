"""Run moodcheck in a fresh Python, in an empty home, and see what it asked for and left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

WATCHER = Path(__file__).with_name("watcher.py")
COMMAND = "from moodcheck.__main__ import main; main()"

ANSWERS = json.dumps({"low_mood": 1, "death_thoughts": 2, "own_words": "I want to sleep"})
WALK = "\n" + "1\n" * 10 + "2\ng\n1\n" + "s\n" * 11 + "I want to sleep\nv\nd\n"
"""A sitting in lines: welcome, items with an alert, context, own words, review, done."""

EVERY_COMMAND: Mapping[str, str] = {
    "--help": "",
    "--version": "",
    "crisis-lines": "",
    "check": WALK,
    "check --answers -": ANSWERS,
    "check --answers answers.json --format rich": "",
    "check --answers answers.json --format json": "",
    "history schema": "",
    "questionnaire list": "",
    "questionnaire show symptoms --format json": "",
    "questionnaire validate symptoms": "",
    "questionnaire schema": "",
    "questionnaire maps": "",
}
"""Each command as it is typed, and what then stands on its standard input."""


@dataclass(frozen=True)
class Watched:
    """How a run ended, and what the interpreter was asked for."""

    code: int
    out: str
    err: str
    imports: frozenset[str]
    """Every module that was asked for, found or not."""
    writes: tuple[str, ...]
    """Every file opened for writing, every folder made."""
    network: tuple[str, ...]
    """What was asked of the socket module."""
    programs: tuple[str, ...]
    """How other programs were started."""
    left: frozenset[str]
    """The files that are there afterwards and were not before."""

    @property
    def packages(self) -> set[str]:
        """The packages of these modules."""
        return {name.partition(".")[0] for name in self.imports}


def watched(
    arguments: Sequence[str] = (), *, stdin: str = "", code: str = COMMAND, umask: int = 0o022
) -> Watched:
    """Run some code, the moodcheck command by default, from an empty home with `answers.json`."""
    with TemporaryDirectory() as folder, TemporaryDirectory() as apart:
        home, report = Path(folder), Path(apart) / "report.json"
        (home / "answers.json").write_text(ANSWERS, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-P", WATCHER, report, code, *arguments],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
            cwd=home,
            env=_environment(home),
            umask=umask,
        )
        seen = json.loads(report.read_text(encoding="utf-8"))
        left = {str(path.relative_to(home)) for path in home.rglob("*")}
    of_kind = {
        kind: tuple(what for known, what in seen if known == kind)
        for kind in ("imports", "writes", "network", "programs")
    }
    return Watched(
        code=done.returncode,
        out=done.stdout,
        err=done.stderr,
        imports=frozenset(of_kind["imports"]),
        writes=of_kind["writes"],
        network=of_kind["network"],
        programs=of_kind["programs"],
        left=frozenset(left - {"answers.json"}),
    )


@cache
def command(typed: str) -> Watched:
    """Run one of `EVERY_COMMAND`, once for all tests."""
    return watched(typed.split(), stdin=EVERY_COMMAND[typed])


def _environment(home: Path) -> dict[str, str]:
    # What Python itself would write, and what a coverage run would add, is not moodcheck's.
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {**kept, "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8", "TERM": "dumb",
            "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
