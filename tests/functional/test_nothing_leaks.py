"""What is unique to one person is in no file, no message and no process list, however it ends."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from moodcheck.history.store.store import open_store
from tests.functional.person import ENTER, Person, run_in_shell
from tests.in_process import Ran
from tests.shipped import SYMPTOMS

PASSPHRASE = "ninety amber kettles drift"  # noqa: S105 - a test's own
CLIENT, WORDS, NOTE = "KETTLE-77X", "amber words of hers 4417", "amber note of his 9026"
STORE = "--store store/history.db --passphrase-fd 3 3<passphrase"
SAVE = f"moodcheck check --answers - --save {STORE}"


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
    return run_in_shell(command, entered, cwd=place, HOME=home, TMPDIR=temporary)


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

    ran = ended(f"moodcheck history list {STORE}", "", place)

    assert ran.code == 77
    assert "violet" not in ran.said + ran.shown
    assert leaking(place, "violet ladders", PASSPHRASE) == []


def test_a_sitting_that_is_killed_leaks_nothing(place: Path) -> None:
    with Person(
        f"env moodcheck session start {CLIENT} {STORE}",
        rows=40,
        cwd=place,
        HOME=str(place / "home"),
        TMPDIR=str(place / "tmp"),
    ) as counselor:
        counselor.sees("A new client?").press("y").sees("Enter begin").press(ENTER).sees("1 of 12")
        counselor.press("n").sees("A note at").press(NOTE, ENTER).sees(f"Your note: {NOTE}")
        counselor.press("3", "0" * 11).sees("The main part is done").press(ENTER).sees("s skip")
        counselor.press("s" * 11, WORDS, ENTER).sees("done, see it all")
        counselor.press("1", ENTER).sees("1 of 12")
        process = Path(f"/proc/{counselor.pid}")
        listed = b"".join((process / name).read_bytes() for name in ("cmdline", "environ"))
        os.kill(counselor.pid, signal.SIGKILL)
        counselor.ends()

    # The code is an argument: whoever may list processes sees it, as the privacy page says.
    assert CLIENT.encode() in listed
    secrets = (PASSPHRASE, WORDS, NOTE)
    assert [one for one in secrets if one.encode() in listed] == []
    assert leaking(place, CLIENT, *secrets) == []
    with open_store(place / "store" / "history.db", PASSPHRASE) as store:
        (record,) = store.records(CLIENT)
    assert record.administration.words == {"own_words": WORDS}  # it was kept all the same
    assert record.notes == {"low_mood": NOTE}
