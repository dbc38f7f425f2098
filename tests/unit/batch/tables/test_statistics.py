"""Files of SPSS, Stata and SAS are read as their codes, and a damaged one ends no run."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from moodcheck.batch.tables.statistics import code_labels, statistics_lines
from moodcheck.errors import BadData, PartNotInstalled

CASES = pl.DataFrame(
    {
        "id": ["é", "p2", ""],
        "a": [0.0, 1.0, None],
        "b": [9.0, 1.5, 2.0],
        "day": [date(2024, 1, 2)] * 3,
    }
)
ROWS = [
    ["id", "a", "b", "day"],
    ["é", "0", "9", "2024-01-02"],
    ["p2", "1", "1.5", "2024-01-02"],
    ["", "", "2", "2024-01-02"],
]


@pytest.fixture(autouse=True)
def no_pandas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep pandas, which the part does not bring, from the process that reads."""
    _hide("pandas", tmp_path, monkeypatch)


def _hide(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = folder / "hidden"
    hidden.mkdir(exist_ok=True)
    (hidden / f"{name}.py").write_text(f"raise ModuleNotFoundError(name={name!r})\n")
    monkeypatch.setenv("PYTHONPATH", str(hidden))


def rows_of(path: Path) -> list[list[str]]:
    content = b"".join(statistics_lines(path, path.name))
    return [*csv.reader(io.StringIO(content.decode(), newline=""))]


def sav(path: Path) -> None:
    labels: dict[str, dict[int | float, str]] = {
        "a": {0: "Not at all", 1: "Several days"},
        "b": {9: "Refused"},
    }
    pyreadstat.write_sav(CASES, path, variable_value_labels=labels, missing_ranges={"b": [9]})


WRITERS: dict[str, Callable[[Path], None]] = {
    "sav": sav,
    "zsav": lambda path: pyreadstat.write_sav(CASES, path, compress=True),
    "dta": lambda path: pyreadstat.write_dta(CASES, path),
    "xpt": lambda path: pyreadstat.write_xport(CASES, path),
}


@pytest.mark.parametrize("kind", WRITERS)
def test_cells_are_codes_and_not_labels_and_declared_missing_codes_stay(
    kind: str, tmp_path: Path
) -> None:
    path = tmp_path / f"f.{kind}"
    WRITERS[kind](path)

    assert rows_of(path) == ROWS


def test_labels_of_codes_are_read_by_variable(tmp_path: Path) -> None:
    sav(tmp_path / "f.sav")

    assert code_labels(tmp_path / "f.sav", "f.sav") == {
        "a": {"0": "Not at all", "1": "Several days"},
        "b": {"9": "Refused"},
    }


def test_a_missing_value_with_a_name_keeps_it(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"id": ["p1", "p2"], "a": [1, "b"]}, strict=False, schema={"id": pl.String, "a": pl.Object}
    )
    pyreadstat.write_dta(frame, tmp_path / "f.dta", missing_user_values={"a": ["b"]})

    assert rows_of(tmp_path / "f.dta")[1:] == [["p1", "1"], ["p2", ".b"]]


def test_a_damaged_file_is_refused_or_read_and_ends_no_process_but_its_own(tmp_path: Path) -> None:
    path = tmp_path / "f.sav"
    sav(path)
    whole = path.read_bytes()
    refused = 0
    for seed in range(4):
        chance = random.Random(seed)  # noqa: S311 - the same each time
        content = bytearray(whole[: 900 if seed == 0 else None])
        for _ in range(6):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
        try:
            assert rows_of(path)
        except BadData:
            refused += 1
    assert refused


def test_a_reader_that_dies_is_told_as_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dies = tmp_path / "dies"
    dies.write_text("#!/bin/sh\necho id,a\nkill -SEGV $$\n")
    dies.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(dies))

    with pytest.raises(BadData, match="is damaged"):
        rows_of(tmp_path / "f.sav")


def test_without_the_part_the_line_that_installs_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moodcheck.batch.tables.statistics.find_spec", lambda _name: None)

    with pytest.raises(PartNotInstalled, match=r"\[statistics\]"):
        rows_of(tmp_path / "f.sav")


@pytest.mark.parametrize("absent", ["pyreadstat", "numpy"])
def test_a_module_that_is_missing_beside_is_not_told_as_damage(
    absent: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sav(tmp_path / "f.sav")
    _hide(absent, tmp_path, monkeypatch)

    with pytest.raises(PartNotInstalled, match=r"\[statistics\]"):
        rows_of(tmp_path / "f.sav")
