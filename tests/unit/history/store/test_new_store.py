"""A new history appears whole, takes nobody's place, and leaves nothing else behind."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from moodcheck.errors import CannotCreate
from moodcheck.history.store.store import make_store, open_store
from moodcheck.history.store.store_file import new_store_file
from tests.shipped import TAKEN_AT

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own
MAKER = """
import sys
from pathlib import Path
from moodcheck.loading.context import Context
from moodcheck.history.store.store import make_store
from moodcheck.errors import MoodcheckError

path, passphrase = sys.argv[1:]
print("ready", flush=True)
sys.stdin.read()
try:
    make_store(Path(path), passphrase, Context().now()).close_file()
except MoodcheckError as error:
    sys.exit(int(error.exit_code))
"""


@pytest.fixture
def over() -> int:
    """The id of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    return process.pid


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def make_slowly(path: Path, meanwhile: Callable[[Path], object]) -> None:
    with new_store_file(path) as part:
        meanwhile(part)


def test_until_it_is_whole_nothing_has_its_name(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "history.db"
    with new_store_file(path) as part:
        assert names(path.parent) == [part.name]
        part.write_bytes(b"whole")

    assert names(path.parent) == ["history.db"]
    assert path.read_bytes() == b"whole"
    assert path.stat().st_nlink == 1


def test_whoever_comes_second_takes_no_place_and_leaves_nothing(tmp_path: Path) -> None:
    path, first = tmp_path / "history.db", []

    def another_makes_it(_part: Path) -> None:
        make_store(path, PASSPHRASE, TAKEN_AT).close_file()
        first.append(path.read_bytes())

    with pytest.raises(CannotCreate):
        make_slowly(path, another_makes_it)
    assert names(tmp_path) == ["history.db"]
    assert [path.read_bytes()] == first


def test_of_eight_programs_that_make_it_at_once_one_does(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", MAKER, path, f"{PASSPHRASE} {number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for number in range(8)
    ]
    for maker in makers:
        assert maker.stdout
        maker.stdout.readline()
    for maker in makers:
        assert maker.stdin
        maker.stdin.close()
    codes = [maker.wait() for maker in makers]
    for maker in makers:
        assert maker.stdout
        maker.stdout.close()

    assert sorted(codes) == [0, *[CannotCreate.exit_code] * 7]
    assert names(tmp_path) == ["history.db"]
    with open_store(path, f"{PASSPHRASE} {codes.index(0)}") as store:
        assert store.verify().problems == ()


@pytest.mark.parametrize("is_taken", [False, True])
def test_it_is_made_where_no_file_can_have_two_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_taken: bool
) -> None:
    def no_link(*_paths: Path) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_link)
    path = tmp_path / "history.db"
    if is_taken:
        with pytest.raises(CannotCreate):
            make_slowly(path, lambda _part: path.write_bytes(b"another's"))
        assert path.read_bytes() == b"another's"
    else:
        make_store(path, PASSPHRASE, TAKEN_AT).close_file()
        open_store(path, PASSPHRASE).close_file()
    assert names(tmp_path) == ["history.db"]


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def is_interrupted(part: Path) -> None:
        part.with_name(part.name + "-wal").touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_slowly(tmp_path / "history.db", is_interrupted)
    assert names(tmp_path) == []


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_what_a_lost_history_left_beside_itself_is_not_taken_for_its_own(
    tmp_path: Path, end: str
) -> None:
    left = tmp_path / f"history.db{end}"
    left.touch()
    with pytest.raises(CannotCreate, match=left.name):
        make_store(tmp_path / "history.db", PASSPHRASE, TAKEN_AT)

    assert names(tmp_path) == [left.name]


@pytest.mark.parametrize("exists", [False, True])
def test_the_next_start_sweeps_what_a_killed_one_left(
    tmp_path: Path, over: int, *, exists: bool
) -> None:
    path = tmp_path / "history.db"
    if exists:
        make_store(path, PASSPHRASE, TAKEN_AT).close_file()
    for end in ("", "-wal", "-shm"):
        (tmp_path / f".moodcheck-new-{over}-0123abcd{end}").touch()
    old = tmp_path / f".moodcheck-new-{os.getpid()}-0123abcd"
    old.touch()
    os.utime(old, (0, 0))
    if exists:
        open_store(path, PASSPHRASE).close_file()
    else:
        make_store(path, PASSPHRASE, TAKEN_AT).close_file()

    assert names(tmp_path) == ["history.db"]


def test_what_is_not_ours_or_is_being_made_is_not_swept(
    tmp_path: Path, over: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "history.db"
    mark = ".moodcheck-new-"
    (tmp_path / f"{mark}{os.getpid()}-0").touch()
    (tmp_path / f"{mark}{over}-1").symlink_to(tmp_path / "elsewhere")
    (tmp_path / f"{mark}{over}-2").mkdir()
    (tmp_path / f"{mark}notes").touch()
    (tmp_path / f"{over}-3").touch()
    before = names(tmp_path)
    make_store(path, PASSPHRASE, TAKEN_AT).close_file()
    assert names(tmp_path) == sorted([*before, "history.db"])

    others = tmp_path / f"{mark}{over}-4"
    others.touch()
    monkeypatch.setattr(os, "getuid", lambda: others.stat().st_uid + 1)
    with new_store_file(tmp_path / "other.db"):
        pass
    assert others.exists()
