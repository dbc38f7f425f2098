"""An address on a network is never taken for a path, nor a path for one; the data is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck.errors import UsageError
from moodcheck.files import paths
from moodcheck.files.paths import refuse_url
from tests.shipped import DATA

ADDRESSES = [
    "https://example.org/q.yaml",
    "http://example.org",
    "HTTP://EXAMPLE.ORG",
    "ftp://example.org/q.yaml",
    "ssh+git://example.org/q.yaml",
    "s3://bucket/q.yaml",
    "file://host/q.yaml",
    "file:///q.yaml",
    "http:///q.yaml",
    "\\\\host\\share\\q.yaml",
]

PATHS = [
    "q.yaml",
    "./https/q.yaml",
    "/home/me/q.yaml",
    "//q.yaml",
    "C:/Users/me/q.yaml",
    "C:\\Users\\me\\q.yaml",
    "my notes: 2026/q.yaml",
    "a:b.yaml",
    "2026-11-24T10:30:00.json",
    "-",
    "",
]


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="never goes online"):
        refuse_url(name)


@pytest.mark.parametrize("name", [name for name in ADDRESSES if "://" in name])
def test_an_address_is_refused_after_a_path_was_made_of_it(name: str) -> None:
    with pytest.raises(UsageError):
        refuse_url(str(Path(name)))


@pytest.mark.parametrize("name", PATHS)
def test_a_path_is_not(name: str) -> None:
    refuse_url(name)


def test_what_is_refused_is_shown_safely() -> None:
    with pytest.raises(UsageError) as refused:
        refuse_url("https://example.org/\x1b[2J\u202e")

    assert str(refused.value).isprintable()


def test_in_a_checkout_the_data_is_the_folder_at_the_root() -> None:
    assert paths.data_folder() == DATA


def test_an_installed_package_uses_its_own_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path)

    assert paths.data_folder() == tmp_path / "data"
