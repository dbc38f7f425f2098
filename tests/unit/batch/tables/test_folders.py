"""A folder stands for the files in it, sorted, without those that are hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck.batch.tables.folders import listed
from moodcheck.errors import InputNotFound, UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.csv",
        "a.csv",
        "notes.txt",
        ".hidden.csv",
        "_SUCCESS",
        "more/c.csv",
        ".x/d.csv",
    ):
        path = tmp_path / "exports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "exports" / "empty").mkdir()
    return tmp_path / "exports"


@pytest.mark.parametrize(
    ("pattern", "files", "hidden"),
    [
        (None, ["a.csv", "b.csv", "notes.txt"], 2),
        ("*.csv", ["a.csv", "b.csv"], 1),
        ("**/*.csv", ["a.csv", "b.csv", "more/c.csv"], 2),
    ],
)
def test_a_folder_is_its_files_in_order(
    pattern: str | None, files: list[str], hidden: int, folder: Path
) -> None:
    found = listed(["-", str(folder), "other.csv"], pattern)

    assert found.files == ("-", *(str(folder / name) for name in files), "other.csv")
    assert found.hidden == hidden


def test_a_folder_without_files_is_an_input_that_is_not_there(folder: Path) -> None:
    for name, pattern in (("empty", None), (".", "*.sav"), (".", "_*")):
        with pytest.raises(InputNotFound, match="no file to read"):
            listed([str(folder / name)], pattern)


def test_a_folder_that_is_named_itself_is_not_hidden(folder: Path) -> None:
    assert listed([str(folder / ".x")]).files == (str(folder / ".x" / "d.csv"),)


@pytest.mark.parametrize("pattern", ["/etc/*", "../*", "more/../../*"])
def test_a_pattern_stays_inside_the_folder(pattern: str, folder: Path) -> None:
    with pytest.raises(UsageError, match="--glob"):
        listed([str(folder)], pattern)


def test_a_pattern_without_a_folder_is_refused() -> None:
    with pytest.raises(UsageError, match="Name a folder"):
        listed(["a.csv"], "*.csv")
