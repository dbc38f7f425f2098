"""What is unique to one person is in no file, no message and no process list, however it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.person import Ran, environment, run
from tests.shipped import SYMPTOMS

PASSPHRASE = "ninety amber kettles drift"  # noqa: S105 - a test's own
CLIENT, WORDS, NOTE = "KETTLE-77X", "amber words of hers 4417", "amber note of his 9026"
SAVE = "moodcheck check --answers - --save --store store/history.db --passphrase-fd 3 3<passphrase"

SITTING = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from moodcheck import load
from moodcheck.adapters.history.store import make_store
from moodcheck.domain.history import SittingMode

now = datetime.now(UTC)
client, words, note = sys.stdin.readline().strip().split("|")
store = make_store(Path("store/history.db"), open("passphrase").readline().strip(), now)
record = store.begin(client, load("symptoms"), SittingMode.READ_ALOUD, now)
store.put(record, "own_words", words, now)
store.put(record, "low_mood", 3, now)
store.note(record, "low_mood", note, now)
print("kept", flush=True)
time.sleep(60)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder for everything that a command may write: home, temporary files, the store."""
    for name in ("home", "tmp", "store"):
        (tmp_path / name).mkdir(mode=0o700)
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return tmp_path


def answers(**given: object) -> str:
    return json.dumps({**dict.fromkeys((item.id for item in SYMPTOMS.items), 1), **given})


def ended(command: str, entered: str, place: Path) -> Ran:
    home, temporary = str(place / "home"), str(place / "tmp")
    return run(command, entered, cwd=place, HOME=home, TMPDIR=temporary)


def leaking(place: Path, *secrets: str) -> list[str]:
    """Return the files in which one of the secrets can be read."""
    files = [path for path in place.rglob("*") if path.is_file() and path.name != "passphrase"]
    return [str(path) for path in files for one in secrets if one.encode() in path.read_bytes()]


def test_a_saved_check_in_leaks_nothing(place: Path) -> None:
    ran = ended(SAVE, answers(own_words=WORDS), place)

    assert ran.code == 0
    assert (place / "store" / "history.db").stat().st_size > 0
    assert WORDS in ran.shown  # it is their own, and they asked to see it
    assert leaking(place, PASSPHRASE, WORDS) == []
    assert PASSPHRASE not in ran.said + ran.shown
    assert WORDS not in ran.said


def test_an_answer_that_is_none_is_not_repeated(place: Path) -> None:
    ran = ended(SAVE, answers(own_words=WORDS, sleep=4417), place)

    assert ran.code == 65
    assert leaking(place, PASSPHRASE, WORDS) == []
    assert [one for one in (PASSPHRASE, WORDS, "4417") if one in ran.said + ran.shown] == []


def test_a_wrong_passphrase_is_not_repeated(place: Path) -> None:
    ended(SAVE, answers(), place)
    (place / "passphrase").write_text("violet ladders sing loudly\n", encoding="utf-8")

    ran = ended(
        "moodcheck history list --store store/history.db --passphrase-fd 3 3<passphrase", "", place
    )

    assert ran.code == 77
    assert "violet" not in ran.said + ran.shown
    assert leaking(place, "violet ladders", PASSPHRASE) == []


def test_a_sitting_that_is_killed_leaks_nothing(place: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SITTING],
        cwd=place,
        env=environment(place / "home", TMPDIR=str(place / "tmp")),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{CLIENT}|{WORDS}|{NOTE}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "kept\n"
        seen = [Path(f"/proc/{process.pid}/{name}").read_bytes() for name in ("cmdline", "environ")]
        os.kill(process.pid, signal.SIGKILL)
        said = "".join(process.communicate())

    secrets = (PASSPHRASE, CLIENT, WORDS, NOTE)
    assert [one for one in secrets if one.encode() in b"".join(seen)] == []
    assert [one for one in secrets if one in said] == []
    assert leaking(place, *secrets) == []
    listed = ended(
        "moodcheck history list --all --store store/history.db --passphrase-fd 3 3<passphrase",
        "",
        place,
    )
    assert CLIENT in listed.shown  # it was kept all the same
