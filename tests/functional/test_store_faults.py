"""A history in a bad place: one message, the right code, and all that was saved is still there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from moodcheck.history.client_code import OWN
from moodcheck.history.record import Record, RecordState
from moodcheck.history.store.store import open_store
from tests.functional.person import run_in_shell
from tests.functional.stored import PASSPHRASE, SECRETS, history
from tests.in_process import Ran, run
from tests.in_the_clear import anywhere
from tests.shipped import SYMPTOMS

CLIENT = SECRETS[0]
ANSWERS = json.dumps(dict.fromkeys((item.id for item in SYMPTOMS.items), 0) | {"own_words": "mine"})
SAVE, DELETE = "check --answers - --save", f"history delete --client {CLIENT}"
CHANGES = [(SAVE, ANSWERS), (DELETE, f"{CLIENT}\n")]
ANEW = "history change-passphrase --new-passphrase-fd 4 4<passphrase"
"""As the message advises that says that old pages are left."""

HOLDER = """
import sys
from pathlib import Path
from moodcheck.history.store.connection import open_connection

path, passphrase, *held = sys.argv[1:]
connection = open_connection(Path(path), passphrase).connection
for statement in held:
    connection.execute(statement).fetchall()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A history with one client's sitting in it, in a folder of its own."""
    folder = tmp_path / "store"
    folder.mkdir(mode=0o700)
    path = history(folder)
    (folder / "passphrase").rename(tmp_path / "passphrase")
    return path


@pytest.fixture
def small_disk(path: Path) -> Iterator[Path]:
    """The history on a disk of a megabyte, where this user may mount one."""
    disk = path.parent.with_name("disk")
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a disk to fill")
    yield Path(shutil.copy(path, disk))
    subprocess.run(["umount", str(disk)], check=True)


def moodcheck(command: str, path: Path, entered: str = "", *, before: str = "") -> Ran:
    """Run a command on the history; `before` is what starts it."""
    started = run_in_shell if before else run
    ran = started(
        f"{before} moodcheck {command} --passphrase-fd 3 3<passphrase",
        entered,
        cwd=path.parent.parent,
        MOODCHECK_STORE=str(path),
        MOODCHECK_REGION="GB",
    )
    assert "Traceback" not in ran.said
    assert not [secret for secret in SECRETS[1:] if secret in ran.said]
    return ran


def message(ran: Ran) -> str:
    """Return the one message that a command ended with."""
    assert ran.said.count("moodcheck: ") == 1
    return ran.said.partition("moodcheck: ")[2]


def records(path: Path, client: str = CLIENT) -> tuple[Record, ...]:
    with open_store(path, PASSPHRASE) as store:
        assert store.verify().problems == ()
        return store.records(client)


def held_back(path: Path) -> list[str]:
    """Return which secrets stand in any byte of the folder, or on any page of the history."""
    content = anywhere(path, PASSPHRASE)
    return [secret for secret in SECRETS if secret.encode() in content]


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


# A folder that cannot be written to.


@pytest.fixture
def without_privileges() -> str:
    """What starts a command so that what a folder forbids is forbidden to it, too."""
    if os.getuid():
        return ""
    if not shutil.which("setpriv"):
        pytest.skip("root may write anywhere, and there is no setpriv to take that away")
    return "setpriv --bounding-set=-all --inh-caps=-all"


@contextmanager
def closed(folder: Path, without_privileges: str) -> Iterator[None]:
    """Let nobody write to a folder."""
    folder.chmod(0o500)
    tried = run_in_shell(f"{without_privileges} touch {folder / 'new'}", cwd=folder)
    assert tried.code, "whoever runs this can write there all the same"
    yield
    folder.chmod(0o700)


@pytest.mark.parametrize(("command", "entered"), [*CHANGES, ("history list --all", "")])
def test_in_a_folder_that_is_read_only_it_says_so_and_stays(
    path: Path, without_privileges: str, command: str, entered: str
) -> None:
    before, content = records(path), path.read_bytes()
    with closed(path.parent, without_privileges):
        ran = moodcheck(command, path, entered, before=without_privileges)

    assert ran.code == 74
    assert str(path) in message(ran)
    assert "who may write there" in message(ran)
    assert path.read_bytes() == content
    assert records(path) == before


def test_in_a_folder_that_is_read_only_none_is_made(path: Path, without_privileges: str) -> None:
    new = path.with_name("new.db")
    with closed(path.parent, without_privileges):
        ran = moodcheck(SAVE, new, ANSWERS, before=without_privileges)

    assert ran.code == 73
    assert f"{new} cannot be made: Permission denied" in message(ran)
    assert "--store" in message(ran)
    assert names(path.parent) == [path.name]


def test_in_a_folder_that_is_read_only_everything_cannot_be_deleted(
    path: Path, without_privileges: str
) -> None:
    content = path.read_bytes()
    with closed(path.parent, without_privileges):
        everything = ("history delete --all", path, "delete everything\n")
        ran = moodcheck(*everything, before=without_privileges)

    assert ran.code == 74
    assert f"{path} cannot be removed" in message(ran)
    assert "Nothing was deleted" in message(ran)
    assert path.read_bytes() == content


# Another program that holds it.


@contextmanager
def held(path: Path, *statements: str) -> Iterator[None]:
    """Let another process hold the history."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, path, PASSPHRASE, *statements],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.communicate()


WRITES = ["BEGIN IMMEDIATE", "DELETE FROM note"]
KEEPS_ALL_OUT = ["PRAGMA locking_mode = exclusive", "BEGIN EXCLUSIVE", "DELETE FROM note"]


@pytest.mark.parametrize("statements", [WRITES, KEEPS_ALL_OUT], ids=["writes", "keeps all out"])
@pytest.mark.parametrize(("command", "entered"), CHANGES, ids=["save", "delete"])
def test_while_another_program_holds_it_nothing_is_changed(
    path: Path, command: str, entered: str, statements: list[str]
) -> None:
    before = records(path)
    with held(path, *statements):
        ran = moodcheck(command, path, entered)

    assert ran.code == 74
    assert f"Another program is using the history {path}" in message(ran)
    assert "Close the other one" in message(ran)
    assert records(path) == before
    assert records(path, OWN) == ()
    assert moodcheck(command, path, entered).code == 0


def test_what_another_program_has_not_committed_is_not_read(path: Path) -> None:
    with held(path, *WRITES):
        ran = moodcheck(f"history list --client {CLIENT}", path)

    assert ran.code == 0
    assert CLIENT in ran.shown


# A disk without room.


def leave(path: Path, room: int) -> Path:
    """Fill the disk of a history up to so many bytes."""
    filler, disk = path.with_name("filler"), os.statvfs(path.parent)
    free = disk.f_bavail * disk.f_frsize
    filler.write_bytes(bytes(free - room))
    return filler


def tried(path: Path, command: str, entered: str, rooms: range) -> Iterator[Ran]:
    """Run a command on the same history with ever more room, and yield how it ended each time."""
    content = path.read_bytes()
    for kilobytes in rooms:
        path.write_bytes(content)
        filler = leave(path, 1024 * kilobytes)
        ran = moodcheck(command, path, entered)
        filler.unlink()
        yield ran
    assert ran.code == 0, "there never was enough room"
    assert moodcheck("history verify", path).code == 0


def test_a_save_without_room_says_so_and_all_before_it_stays(small_disk: Path) -> None:
    before, codes = records(small_disk), []
    for ran in tried(small_disk, SAVE, ANSWERS, range(0, 600, 40)):
        codes.append(ran.code)
        own = records(small_disk, OWN)
        assert records(small_disk) == before
        assert "not a diagnosis" in ran.shown
        if ran.code:
            assert "what was saved before is still there" in message(ran)
            assert [one.state for one in own] in ([], [RecordState.OPEN])
        else:
            assert [one.state for one in own] == [RecordState.CLOSED]
            assert own[0].administration.words == {"own_words": "mine"}

    assert codes == sorted(codes, reverse=True)
    assert set(codes) == {0, 74}


def test_a_deletion_without_room_says_so_and_is_whole_or_not_done(small_disk: Path) -> None:
    before, codes = records(small_disk), []
    for ran in tried(small_disk, DELETE, f"{CLIENT}\n", range(0, 416, 26)):
        codes.append(ran.code)
        left = records(small_disk)
        assert ("Deleted 1 sitting." in ran.said) is (ran.code == 0)
        if left:
            assert ran.code == 74
            assert left == before
            assert "what was saved before is still there" in message(ran)
            continue
        if ran.code:
            assert "may still lie in old pages" in message(ran)
            assert moodcheck(ANEW, small_disk).code == 0
        assert held_back(small_disk) == []

    assert codes == sorted(codes, reverse=True)
    assert set(codes) == {0, 74}


def test_on_a_disk_without_room_none_is_made_and_none_is_left(small_disk: Path) -> None:
    small_disk.unlink()
    codes = []
    for kilobytes in range(0, 80, 16):
        filler = leave(small_disk, 1024 * kilobytes)
        ran = moodcheck(SAVE, small_disk, ANSWERS)
        codes.append(ran.code)
        assert message(ran)
        assert names(small_disk.parent) == ["filler"]
        filler.unlink()

    assert set(codes) <= {73, 74}


# What is deleted.


def test_of_a_client_who_is_deleted_no_page_of_any_file_holds_a_word(path: Path) -> None:
    assert moodcheck(SAVE, path, ANSWERS).code == 0
    assert held_back(path) == [*SECRETS]
    ran = moodcheck(DELETE, path, f"{CLIENT}\n")

    assert ran.code == 0
    assert "Deleted 1 sitting." in ran.said
    assert held_back(path) == []
    assert b"mine" in anywhere(path, PASSPHRASE)
    assert names(path.parent) == [path.name]
