from __future__ import annotations

import os
import socket
import zipfile
from pathlib import Path

import pytest

from moodcheck.errors import InputNotFound, UsageError
from moodcheck.files.reading import MOST_BYTES, read_file


def _refused(path: Path) -> str:
    with pytest.raises(InputNotFound) as refused:
        read_file(path)
    return str(refused.value)


def test_a_file_is_read_under_its_name(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"a: 1\r\n")

    assert read_file(file) == (str(file), b"a: 1\r\n")


def test_what_a_package_holds_can_be_read_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as package:
        package.writestr("data/a.yaml", "a: 1")
        inside = zipfile.Path(package)

        assert read_file(inside / "data" / "a.yaml")[1] == b"a: 1"
        for name in ("data/", "data/b.yaml"):
            with pytest.raises(InputNotFound):
                read_file(inside / name)


def test_of_a_file_that_is_too_large_only_enough_to_know_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    with file.open("wb") as large:
        large.truncate(10 * MOST_BYTES)

    assert len(read_file(file)[1]) == MOST_BYTES + 1


def test_a_file_that_is_not_there_is_named_and_cannot_move_the_cursor(tmp_path: Path) -> None:
    assert _refused(tmp_path / "\x1b[2J.yaml") == (
        f"{tmp_path}/\\x1b[2J.yaml cannot be read: there is no such file. "
        "Check its name and its folder."
    )


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert _refused(tmp_path) == (
        f"{tmp_path} cannot be read: it is a folder. Choose a file in it."
    )


def test_a_file_of_someone_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError

    # Whoever runs the tests may be root, to whom nothing is forbidden.
    monkeypatch.setattr(os, "open", refuse)

    assert _refused(tmp_path / "a.yaml") == (
        f"{tmp_path}/a.yaml cannot be read: you are not allowed to. "
        "Ask its owner, or change its permissions."
    )


@pytest.mark.timeout(5)
def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    assert _refused(pipe) == (
        f"{pipe} cannot be read: it is not an ordinary file. Save its content in a file first."
    )


@pytest.mark.timeout(5)
def test_devices_and_sockets_are_refused(tmp_path: Path) -> None:
    assert "it is not an ordinary file" in _refused(Path("/dev/zero"))
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        assert "s cannot be read: " in _refused(tmp_path / "s")


@pytest.mark.parametrize("name", ["a\0b", "\udcff" * 3, "x" * 5_000])
def test_a_name_that_no_file_can_have_is_refused(name: str) -> None:
    assert " cannot be read: " in _refused(Path(name))


def test_an_address_on_a_network_is_refused() -> None:
    with pytest.raises(UsageError, match="never goes online"):
        read_file(Path("https://example.org/a.yaml"))


def test_a_pipe_is_read_where_that_is_wanted_and_never_beyond_its_bound() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"a" * 20)
    os.close(writing)
    try:
        name, content = read_file(Path(f"/dev/fd/{reading}"), most=10, pipes=True)
    finally:
        os.close(reading)

    assert (name, content) == (f"/dev/fd/{reading}", b"a" * 11)
