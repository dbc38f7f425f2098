"""An output is there whole or not at all, and what a killed run left is removed by the next."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from moodcheck.errors import CannotCreate, IOFailed
from moodcheck.files.atomic_output import atomic_create, atomic_output, set_aside


@pytest.fixture
def ended() -> int:
    """The id of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    return process.pid


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def create(path: Path, content: bytes) -> None:
    with atomic_create(path, called="The file", elsewhere="choose another name") as part:
        part.write_bytes(content)


@pytest.mark.parametrize("name", ["scores.csv", "[a]*?.csv"])
def test_it_replaces_what_was_there_only_when_it_is_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("old")
    with atomic_output(path) as part:
        part.write_text("new")
        assert path.read_text() == "old"
        assert stat.S_IMODE(part.stat().st_mode) == 0o600

    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(tmp_path) == [name]


def test_whatever_breaks_it_off_the_old_file_stays_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("old")

    def is_interrupted() -> None:
        with atomic_output(path) as part:
            part.write_text("half")
            raise KeyboardInterrupt

    def has_no_room() -> None:
        with atomic_output(path) as part:
            part.write_text("whole")
            monkeypatch.setattr(os, "fsync", full)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(KeyboardInterrupt):
        is_interrupted()
    with pytest.raises(IOFailed, match="what was there before is still there"):
        has_no_room()

    assert path.read_text() == "old"
    assert names(tmp_path) == ["scores.csv"]


def test_what_may_not_be_replaced_stays_though_it_came_while_the_block_ran(tmp_path: Path) -> None:
    path = tmp_path / "alerts.csv"

    def is_late() -> None:
        with atomic_output(path, replaces=False) as part:
            part.write_text("new")
            path.write_text("another's")

    with pytest.raises(CannotCreate, match="appeared while this ran"):
        is_late()

    assert path.read_text() == "another's"
    assert names(tmp_path) == ["alerts.csv"]


def test_what_is_set_aside_takes_no_place(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / "alerts.csv").write_text(str(number))
        set_aside(tmp_path / "alerts.csv")

    assert names(tmp_path) == ["alerts-2.csv", "alerts-3.csv", "alerts-4.csv"]
    assert [(tmp_path / name).read_text() for name in names(tmp_path)] == ["0", "1", "2"]
    with pytest.raises(FileNotFoundError):
        set_aside(tmp_path / "alerts.csv")
    assert len(names(tmp_path)) == 3


def test_what_ended_runs_left_beside_it_is_swept_and_nothing_else(
    tmp_path: Path, ended: int
) -> None:
    path, mark = tmp_path / "scores.csv", ".scores.csv.moodcheck-part-"
    (tmp_path / f"{mark}{ended}-1").touch()
    (tmp_path / f"{mark}{ended}-2").mkdir()
    (tmp_path / f"{mark}{ended}-2" / "part-0").touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / f"{mark}{ended}-3").symlink_to(tmp_path / "elsewhere")
    (tmp_path / f"{mark}{os.getppid()}-4").touch()
    (tmp_path / f"{mark}notes").touch()
    (tmp_path / f".alerts.csv.moodcheck-part-{ended}-5").touch()
    with atomic_output(path):
        pass

    assert names(tmp_path) == sorted(
        [
            "elsewhere",
            "scores.csv",
            f"{mark}{ended}-3",
            f"{mark}{os.getppid()}-4",
            f"{mark}notes",
            f".alerts.csv.moodcheck-part-{ended}-5",
        ]
    )


@pytest.mark.parametrize("has_links", [True, False])
def test_what_is_created_takes_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_links: bool
) -> None:
    def no_link(*_paths: Path) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    if not has_links:
        monkeypatch.setattr(os, "link", no_link)
    path = tmp_path / "new folder" / "file"
    create(path, b"first")
    for taken in (path, path.with_name("a link")):
        if taken is not path:
            taken.symlink_to("nowhere")
        with pytest.raises(CannotCreate, match="is there already"):
            create(taken, b"second")

    assert path.read_bytes() == b"first"
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert names(path.parent) == ["a link", "file"]
