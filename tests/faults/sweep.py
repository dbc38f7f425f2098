"""Break a script off at each of its writes, and look at what is left of the history."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory, mkdtemp

from moodcheck.adapters.history.store import make_store, open_store
from moodcheck.domain.history import Record, SittingMode
from moodcheck.errors import BadData, ExitCode, Locked
from tests.faults.sitting import NEW, OLD
from tests.shipped import SYMPTOMS, TAKEN_AT

WHATS = ("make", "sit", "delete", "rekey", "remove")
CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink")
KILL = "signal=SIGKILL"
KINDS = (KILL, "error=ENOSPC", "error=EIO")
SCRIPT = Path(__file__).with_name("sitting.py")
NOTED = {"begin", "put", "note", "finish", "acknowledge", "close"}


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

    def __str__(self) -> str:
        return f"{self.what}: {self.kind} at {self.call} {self.number}{'+' * self.stays}"


@cache
def template() -> Path:
    """Return a history with two records in it, made once."""
    path = Path(mkdtemp()) / "history.db"
    with make_store(path, OLD, TAKEN_AT) as store:
        for client in ("A-1", "B-2"):
            record = store.begin(client, SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)
            store.put(record, "own_words", f"words of {client} " * 20, TAKEN_AT)
    return path


@cache
def before() -> tuple[Record, ...]:
    """Return what stands in the template."""
    with open_store(template(), OLD) as store:
        return store.records()


@cache
def calls_of(what: str) -> dict[str, int]:
    """Return how often a script makes each of the calls when nothing goes wrong."""
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        path = _place(Path(folder), what)
        done = _strace(path, what, "-o", str(log), "-e", f"trace={','.join(CALLS)}")
        if done.returncode:
            raise AssertionError(done.stderr)
        lines = log.read_text(encoding="utf-8").splitlines()
    return {call: sum(f"{call}(" in line for line in lines) for call in CALLS}


def faults(kind: str, stride: int) -> list[Fault]:
    """Return every fault of a kind, once and from there on, or every so manieth of them."""
    stays = (False,) if kind == KILL else (False, True)
    every = [
        Fault(what, call, kind, number, stays=forever)
        for what in WHATS
        for call, count in calls_of(what).items()
        for number in range(1, count + 1)
        for forever in stays
    ]
    return every[::stride]


def wrongs(fault: Fault) -> Iterator[str]:
    """Let it happen, and yield what is wrong afterwards; nothing when the promise was kept."""
    with TemporaryDirectory() as folder:
        path = _place(Path(folder), fault.what)
        when = f"{fault.number}{'+' * fault.stays}"
        done = _strace(
            path, fault.what, "-o", "/dev/null", "-e", f"trace={fault.call}",
            "-e", f"inject={fault.call}:{fault.kind}:when={when}",
        )  # fmt: skip
        committed = (Path(folder) / "notes").read_text(encoding="utf-8").splitlines()
        if fault.kind == KILL:
            if done.returncode != -SIGKILL:
                yield f"it was not killed: exit code {done.returncode}"
        else:
            yield from _wrong_ends(done)
        if fault.what in {"make", "remove"}:
            yield from _wrong_files(path, fault.what, committed)
        else:
            yield from _wrong_contents(path, fault.what, committed)


def kill(steps: int, seconds: float) -> tuple[bool, list[str]]:
    """Kill a sitting so many seconds after so many of its commits.

    Returns:
        Whether it was still running, and what is wrong afterwards.
    """
    with TemporaryDirectory() as folder:
        path = _place(Path(folder), "sit")
        notes = Path(folder) / "notes"
        script = subprocess.Popen([sys.executable, SCRIPT, "sit", path, notes])
        while notes.read_text(encoding="utf-8").count("\n") < steps and script.poll() is None:
            time.sleep(0.0005)
        time.sleep(seconds)
        script.kill()
        was_running = script.wait() == -SIGKILL
        committed = notes.read_text(encoding="utf-8").splitlines()
        return was_running, list(_wrong_contents(path, "sit", committed))


def _wrong_ends(done: subprocess.CompletedProcess[str]) -> Iterator[str]:
    if done.returncode not in {ExitCode.OK, ExitCode.IO_FAILED}:
        yield f"exit code {done.returncode}: {done.stderr[-200:]}"
    if "Traceback" in done.stderr or len(done.stderr.splitlines()) > 1:
        yield f"more than one message: {done.stderr[-200:]}"
    if done.returncode and not done.stderr:
        yield "no message"


def _wrong_files(path: Path, what: str, committed: list[str]) -> Iterator[str]:
    """Yield why a history could not be made after all, or is still there."""
    if what in committed and path.exists() != (what == "make"):
        yield "it was not done"
    if what == "make" and path.exists():
        try:
            open_store(path, OLD).close_file()
        except (BadData, Locked) as error:
            if committed:
                yield str(error)
        else:
            return
    # As the message advises, which names no other file.
    path.unlink(missing_ok=True)
    with make_store(path, OLD, TAKEN_AT) as store:
        yield from map(str, store.verify())


def _wrong_contents(path: Path, what: str, committed: list[str]) -> Iterator[str]:
    opening = []
    for passphrase in (OLD, NEW) if what == "rekey" else (OLD,):
        try:
            opening.append(open_store(path, passphrase))
        except Locked:
            continue
    if len(opening) != 1:
        yield f"{len(opening)} passphrases open it"
        return
    if "rekey" in committed and not _opens(path, NEW):
        yield "a change of passphrase was taken back"
    with opening[0] as store:
        yield from map(str, store.verify())
        left = store.records()
    if what == "sit":
        if left[:2] != before():
            yield "another record has changed"
        yield from _lost(left[2:], committed)
    elif what == "rekey" and left != before():
        yield "a record has changed"
    elif what == "delete" and left != before() and left != before()[1:]:
        yield "half a deletion"
    if "delete" in committed and left != before()[1:]:
        yield "a deletion was taken back"


def _opens(path: Path, passphrase: str) -> bool:
    try:
        open_store(path, passphrase).close_file()
    except Locked:
        return False
    return True


def _lost(left: tuple[Record, ...], committed: list[str]) -> Iterator[str]:
    """Yield what was committed and is not there."""
    done = [line.split() for line in committed]
    if [name for name, *_rest in done if name in NOTED] and not left:
        yield "a record was lost"
        return
    answers = {item: int(value) for name, *rest in done if name == "put" for item, value in [rest]}
    critical = SYMPTOMS.critical[0].item
    for item, value in answers.items():
        # The critical item is changed to 0, which may be committed and its note not be written.
        kept = {value, 0} if item == critical else {value}
        if left[0].administration.answers.get(item) not in kept:
            yield f"the answer to {item} was lost"
    if critical in answers:
        (entry,) = left[0].critical
        if entry.alerted != 2:
            yield "an alert was lost"
    if ["note"] in done and not left[0].notes:
        yield "a note was lost"
    if ["close"] in done and left[0].state != "closed":
        yield "closing was lost"


def _place(folder: Path, what: str) -> Path:
    """Return where a copy of the template is, or where a new history is to be."""
    (folder / "notes").touch()
    (folder / "store").mkdir()
    path = folder / "store" / "history.db"
    return path if what == "make" else Path(shutil.copy(template(), path))


def _strace(path: Path, what: str, *options: str) -> subprocess.CompletedProcess[str]:
    # Only what happens to the store itself: Python's own files are not what is promised.
    files = [option for end in ("", "-wal", "-shm") for option in ("-P", f"{path}{end}")]
    return subprocess.run(
        # Without --seccomp-bpf, which is faster and sends no signal.
        ["strace", "-f", "-qqq", *files, *options,
         sys.executable, SCRIPT, what, path, path.parent.parent / "notes"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
