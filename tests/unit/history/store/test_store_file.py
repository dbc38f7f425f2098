"""Where a history may be: a file of one's own, encrypted, that nobody else can read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import apsw
import pytest

from moodcheck.errors import BadData, CannotCreate, InputNotFound, Locked, UsageError
from moodcheck.history.record import AuditAction
from moodcheck.history.store.store import make_store, open_store
from tests.shipped import TAKEN_AT
from tests.unit.files.test_private_file import umask

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own


def made(path: Path) -> Path:
    """Make a history and close it again."""
    make_store(path, PASSPHRASE, TAKEN_AT).close_file()
    return path


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o277])
def test_it_and_what_lies_beside_it_are_for_the_owner_alone(tmp_path: Path, mask: int) -> None:
    path = tmp_path / "folder" / "history.db"
    with umask(mask), make_store(path, PASSPHRASE, TAKEN_AT) as store:
        store.log_access(AuditAction.EXPORTED, TAKEN_AT)
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}

    assert modes == dict.fromkeys(("history.db", "history.db-wal", "history.db-shm"), 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = made(tmp_path / "history.db")
    path.chmod(0o644)
    open_store(path, PASSPHRASE).close_file()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_not_even_its_first_bytes_are_a_databases(tmp_path: Path) -> None:
    assert not made(tmp_path / "history.db").read_bytes().startswith(b"SQLite")


@pytest.mark.parametrize("passphrase", ["", "half\0way"])
def test_what_would_leave_it_unencrypted_is_refused(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(UsageError):
        make_store(tmp_path / "new.db", passphrase, TAKEN_AT)
    store = open_store(made(tmp_path / "history.db"), PASSPHRASE)
    with store, pytest.raises(UsageError):
        store.change_passphrase(passphrase, TAKEN_AT)

    assert [file.name for file in tmp_path.iterdir()] == ["history.db"]
    open_store(tmp_path / "history.db", PASSPHRASE).close_file()


def test_a_wrong_passphrase_is_told_as_nothing_more(tmp_path: Path) -> None:
    path = made(tmp_path / "history.db")
    before = path.read_bytes()
    with pytest.raises(Locked) as locked:
        open_store(path, "sentinel-wrong-one")

    assert "sentinel-wrong-one" not in str(locked.value)
    assert path.read_bytes() == before


def test_any_text_can_be_a_passphrase(tmp_path: Path) -> None:
    for number, passphrase in enumerate(["it's", 'a "b" \\', "x'00'", "-- ü 漢字 🐦", " "]):
        path = tmp_path / f"{number}.db"
        make_store(path, passphrase, TAKEN_AT).close_file()
        open_store(path, passphrase).close_file()


def _empty(path: Path) -> None:
    path.touch()


def _plaintext(path: Path) -> None:
    with apsw.Connection(str(path)) as database:
        database.execute("CREATE TABLE secret (answer)")
    database.close()


def _link(path: Path) -> None:
    path.symlink_to(made(path.with_name("elsewhere.db")))


def _dead_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere.db"))


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _log_is_a_link(path: Path) -> None:
    made(path)
    path.with_name(path.name + "-wal").symlink_to(path.with_name("target"))


def _another_programs(path: Path) -> None:
    """Make a database in the same format, with the same passphrase, that holds something else."""
    made(path).unlink()
    database = apsw.Connection(str(path))
    database.pragma("cipher", "sqlcipher")
    database.pragma("legacy", 4)
    database.pragma("key", PASSPHRASE)
    database.execute("CREATE TABLE bank (account)")
    database.close()


@pytest.mark.parametrize(
    "put_there",
    [_empty, _plaintext, _link, _dead_link, _pipe, _folder, _log_is_a_link, _another_programs],
)
def test_what_is_no_history_is_refused_and_left_alone(tmp_path: Path, put_there: object) -> None:
    path = tmp_path / "history.db"
    assert callable(put_there)
    put_there(path)
    before = [(file, file.lstat().st_size) for file in sorted(tmp_path.iterdir())]
    with pytest.raises(BadData) as refused:
        open_store(path, PASSPHRASE)
    with pytest.raises(CannotCreate):
        make_store(path, PASSPHRASE, TAKEN_AT)

    assert refused.value.mend
    assert [(file, file.lstat().st_size) for file in sorted(tmp_path.iterdir())] == before


def test_a_file_of_somebody_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "history.db")
    monkeypatch.setattr(os, "getuid", lambda: path.stat().st_uid + 1)

    with pytest.raises(BadData, match="another user"):
        open_store(path, PASSPHRASE)


@pytest.mark.parametrize("name", ["file/history.db", "x" * 300, "nul\0.db"])
def test_where_no_file_can_be_it_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(InputNotFound):
        open_store(tmp_path / name, PASSPHRASE)
    with pytest.raises(CannotCreate):
        make_store(tmp_path / name, PASSPHRASE, TAKEN_AT)


def test_opening_where_there_is_nothing_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound):
        open_store(tmp_path / "folder" / "history.db", PASSPHRASE)

    assert list(tmp_path.iterdir()) == []


def test_an_address_is_refused() -> None:
    address = Path("https://example.org/history.db")
    with pytest.raises(UsageError, match="never goes online"):
        open_store(address, PASSPHRASE)
    with pytest.raises(UsageError, match="never goes online"):
        make_store(address, PASSPHRASE, TAKEN_AT)
