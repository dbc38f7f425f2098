"""Break a script off at each of its writes, and say what is wrong afterwards."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory

from moodcheck.errors import ExitCode
from tests.faults.left import template, wrong_contents, wrong_files

WHATS = ("make", "sit", "delete", "rekey", "import", "undo", "backup", "remove")
ENDS = {what: what for what in WHATS} | {"sit": "rename"}
"""What a script notes last, once all that it was to do is committed."""

NEW_FILES = ("make", "backup")
"""What makes a file of which nobody knows yet what it is called until it is whole."""

CALLS = (
    "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink",
    "mkdir", "chmod", "fchmod", "link",
)  # fmt: skip
KILL = "signal=SIGKILL"
KINDS = (KILL, "error=ENOSPC", "error=EIO")
SCRIPT = Path(__file__).with_name("sitting.py")


@dataclass(frozen=True)
class Fault:
    """What goes wrong, and where."""

    what: str
    """What the script does, one of `WHATS`."""
    call: str
    kind: str
    number: int
    """The first of these calls that it happens to; from 1."""
    stays: bool
    """Whether it goes on happening."""
    folder: bool = False
    """Whether only what is done to the folder itself counts."""

    def __str__(self) -> str:
        where = " on the folder" * self.folder
        return f"{self.what}: {self.kind} at {self.call} {self.number}{'+' * self.stays}{where}"


@cache
def calls_of(what: str, *, folder: bool = False) -> dict[str, int]:
    """Return how often a script makes each of the calls when nothing goes wrong."""
    with TemporaryDirectory() as place:
        log = Path(place) / "log"
        path = _place(Path(place), what)
        trace = f"trace={','.join(CALLS)}"
        code, said = _traced(path, what, "-o", str(log), "-e", trace, folder=folder)
        if code:
            raise AssertionError(said)
        lines = log.read_text(encoding="utf-8").splitlines()
    calls = {call: sum(f" {call}(" in line for line in lines) for call in CALLS}
    # By `write` nothing goes into a new history; the script's notes and messages do.
    return calls | {"write": 0} if what in NEW_FILES else calls


def faults(what: str, kind: str, stride: int, *, folder: bool = False) -> list[Fault]:
    """Return every fault of a kind, once and from there on, or every so manieth of them."""
    stays = (False,) if kind == KILL else (False, True)
    every = [
        Fault(what, call, kind, number, stays=forever, folder=folder)
        for call, count in calls_of(what, folder=folder).items()
        for number in range(1, count + 1)
        for forever in stays
    ]
    # From the middle of a stride: the first write of all is hardly the one that tells most.
    return every[stride // 2 % len(every) :: stride]


def wrongs(fault: Fault) -> Iterator[str]:
    """Let it happen, and yield what is wrong afterwards; nothing when the promise was kept."""
    with TemporaryDirectory() as place:
        path = _place(Path(place), fault.what)
        inject = f"inject={fault.call}:{fault.kind}:when={fault.number}{'+' * fault.stays}"
        options = ("-o", "/dev/null", "-e", f"trace={fault.call}", "-e", inject)
        code, said = _traced(path, fault.what, *options, folder=fault.folder)
        committed = (Path(place) / "notes").read_text(encoding="utf-8").splitlines()
        if fault.kind == KILL:
            if code != -SIGKILL:
                yield f"it was not killed: exit code {code}"
        else:
            yield from _wrong_ends(fault.what, code, said, committed)
        if fault.what in {"make", "remove"}:
            yield from wrong_files(path, fault.what, committed)
        else:
            yield from wrong_contents(path, fault.what, committed)


def kill(steps: int, seconds: float) -> tuple[bool, list[str]]:
    """Kill a sitting so many seconds after so many of its commits.

    Returns:
        Whether it was still running, and what is wrong afterwards.
    """
    with TemporaryDirectory() as place:
        path = _place(Path(place), "sit")
        notes = Path(place) / "notes"
        script = _ask(_line(path, "sit"))
        _tell("")
        while (
            notes.read_text(encoding="utf-8").count("\n") < steps
            and Path("/proc", str(script)).exists()
        ):
            time.sleep(0.0005)
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.kill(script, SIGKILL)
        was_running = _answer() == -SIGKILL
        committed = notes.read_text(encoding="utf-8").splitlines()
        return was_running, list(wrong_contents(path, "sit", committed))


def _wrong_ends(what: str, code: int, said: str, committed: list[str]) -> Iterator[str]:
    if code == ExitCode.OK:
        if ENDS[what] not in committed:
            yield "it ended well and was not done"
        if said:
            yield f"it ended well and complained: {said[-200:]}"
        return
    if code not in {ExitCode.IO_FAILED, *[ExitCode.CANNOT_CREATE] * (what in NEW_FILES)}:
        yield f"exit code {code}: {said[-200:]}"
    if not said.startswith("moodcheck: ") or len(said.splitlines()) > 1:
        yield f"not one message: {said[-200:]}"


def _place(folder: Path, what: str) -> Path:
    """Return where a copy of the template is, or where a new history is to be."""
    (folder / "notes").touch()
    path = folder / "store" / "history.db"
    if what == "make":
        return path  # and its folder is made, too
    path.parent.mkdir()
    return Path(shutil.copy(template(), path))


def _traced(path: Path, what: str, *options: str, folder: bool) -> tuple[int, str]:
    """Return how the script ended, and what it said."""
    child = _ask(_line(path, what))
    # Without --seccomp-bpf, which is faster and sends no signal.
    command = ["strace", "-f", "--quiet=path-resolution,exit", "-p", str(child)]
    with subprocess.Popen(
        [*command, *_files(path, what, folder=folder), *options], stderr=subprocess.PIPE, text=True
    ) as tracer:
        assert tracer.stderr
        assert "attached" in tracer.stderr.readline()
        code = _ask("")
    return code, path.parent.with_name("said").read_text(encoding="utf-8")


def _line(path: Path, what: str) -> str:
    """Return what tells the script to do something with a history that `_place` has put there."""
    place = path.parent.parent
    return "\t".join([what, str(path), str(place / "notes"), str(place / "said")])


def _ask(line: str) -> int:
    """Tell the script something, and return its answer."""
    _tell(line)
    return _answer()


def _tell(line: str) -> None:
    script = _script().stdin
    assert script
    script.write(f"{line}\n")
    script.flush()


def _answer() -> int:
    script = _script().stdout
    assert script
    return int(script.readline())


@cache
def _script() -> subprocess.Popen[str]:
    script = subprocess.Popen(
        [sys.executable, SCRIPT, template()],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    atexit.register(script.communicate)
    return script


def _files(path: Path, what: str, *, folder: bool) -> list[str]:
    """Return what keeps strace to the store: Python's own files are not what is promised."""
    if folder:
        return ["-P", str(path.parent)]
    if what in NEW_FILES:
        return []  # nobody knows yet what it is called until it is whole
    return [option for end in ("", "-wal", "-shm") for option in ("-P", f"{path}{end}")]
