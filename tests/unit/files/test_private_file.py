"""A file that was asked for: new, for its owner alone, whole or not there."""

from __future__ import annotations

import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from moodcheck.errors import CannotCreate, IOFailed, UsageError
from moodcheck.files.private_file import refuse_unwritable, write_private

TEXT = "Línea – one\nand two\n"


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let nothing grow beyond `size` bytes: as on a full disk, writing breaks off."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o177, 0o277, 0o777])
def test_it_holds_the_text_and_is_for_its_owner_alone(tmp_path: Path, mask: int) -> None:
    file = tmp_path / "visit.txt"
    with umask(mask):
        write_private(file, TEXT)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes() == TEXT.encode()


def things_in_the_way(folder: Path) -> dict[str, Path]:
    taken = {name: folder / name for name in ("file", "folder", "link", "dead link", "pipe")}
    taken["file"].write_text("older", encoding="utf-8")
    taken["folder"].mkdir()
    taken["link"].symlink_to(taken["file"])
    taken["dead link"].symlink_to(folder / "nowhere")
    os.mkfifo(taken["pipe"])
    return taken


def test_nothing_that_is_there_is_replaced_or_followed(tmp_path: Path) -> None:
    taken = things_in_the_way(tmp_path)
    before = sorted(tmp_path.iterdir())

    for path in (*taken.values(), Path(os.devnull)):
        with pytest.raises(CannotCreate, match="already exists"):
            write_private(path, TEXT)

    assert sorted(tmp_path.iterdir()) == before
    assert taken["file"].read_text(encoding="utf-8") == "older"


def test_what_appears_after_the_check_is_not_replaced_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = things_in_the_way(tmp_path)
    monkeypatch.setattr("moodcheck.files.private_file.refuse_unwritable", lambda _path: None)

    for path in taken.values():
        with pytest.raises(CannotCreate):
            write_private(path, TEXT)

    assert taken["file"].read_text(encoding="utf-8") == "older"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", ["no/such/file.txt", "file/below.txt", "x" * 300])
def test_where_nothing_can_be_made_it_says_so(tmp_path: Path, name: str) -> None:
    things_in_the_way(tmp_path)

    with pytest.raises(CannotCreate):
        write_private(tmp_path / name, TEXT)


def test_a_folder_of_somebody_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere

    with pytest.raises(CannotCreate, match="read-only"):
        refuse_unwritable(tmp_path / "visit.txt")


def test_asking_whether_it_can_be_made_makes_nothing(tmp_path: Path) -> None:
    refuse_unwritable(tmp_path / "visit.txt")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("room", [0, 1, 8])
def test_when_writing_breaks_off_nothing_is_left(tmp_path: Path, room: int) -> None:
    file = tmp_path / "visit.txt"

    with files_of_at_most(room), pytest.raises(IOFailed, match="nothing was left"):
        write_private(file, TEXT)

    assert list(tmp_path.iterdir()) == []


def test_when_a_person_breaks_off_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)

    with pytest.raises(KeyboardInterrupt):
        write_private(tmp_path / "visit.txt", TEXT)

    assert list(tmp_path.iterdir()) == []


def test_an_address_is_refused() -> None:
    with pytest.raises(UsageError):
        refuse_unwritable(Path("https://example.org/visit.txt"))


def test_a_hostile_name_is_shown_safely(tmp_path: Path) -> None:
    with pytest.raises(CannotCreate) as refused:
        write_private(tmp_path / "no" / "\x1b[2J", TEXT)

    assert "\\x1b[2J" in str(refused.value)
