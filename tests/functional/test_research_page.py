"""docs/research.md goes from a data set to a table: its commands, its code and its numbers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from tests.in_process import Ran, run
from tests.shipped import CHECKOUT

PAGE = (CHECKOUT / "docs" / "research.md").read_text(encoding="utf-8")
ANSWERS = CHECKOUT.parent / "shared" / "data" / "nhanes-2013-2014-depression-screener.csv"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HASH = re.compile(r"\b[0-9a-f]{12}\b")

pytestmark = [
    pytest.mark.xdist_group("research"),  # so that its commands run once
    pytest.mark.skipif(
        not ANSWERS.exists(), reason="the survey's answers are not in ../shared/data"
    ),
]


def blocks(kind: str) -> list[str]:
    return [text for found, text in BLOCK.findall(PAGE) if found == kind]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The survey's answers, as its publisher gives them."""
    made = tmp_path_factory.mktemp("research")
    pyreadstat.write_xport(pd.read_csv(ANSWERS), made / "DPQ_H.xpt", file_format_version=5)
    return made


@pytest.fixture(scope="module")
def ran(folder: Path) -> list[Ran]:
    """Every command of the page, in its order."""
    lines = [line for block in blocks("console") for line in block.splitlines()]
    return [run(line.removeprefix("$ "), cwd=folder) for line in lines]


def test_every_command_of_the_page_runs_and_says_what_the_page_shows(ran: list[Ran]) -> None:
    (shown,) = blocks("text")

    assert [one.code for one in ran] == [0] * len(ran)
    assert " ".join(shown.split()) in ran[0].said


def test_the_table_and_the_sentence_are_what_the_page_shows(ran: list[Ran], folder: Path) -> None:
    assert ran
    (program,), (shown,) = blocks("python"), blocks("printed")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip

    # The hash of a questionnaire changes with every word in it.
    assert HASH.sub("…", done.stdout) == HASH.sub("…", shown)


def test_what_the_page_says_of_the_data_is_so(ran: list[Ran], folder: Path) -> None:
    scores = pd.read_csv(folder / "scores.csv")
    survey = pd.read_csv(ANSWERS)
    items = survey[[f"DPQ0{number}0" for number in range(1, 10)]]
    without = items[scores["total_score"].isna()]

    assert ran
    assert (scores["alert"] == "alert").sum() == 185
    assert (scores["alert"] == "unanswered").sum() == 534
    assert without.isna().all(axis="columns").mean() > 0.5
    assert len(pd.read_csv(folder / "scores.rejects.csv")) == 0
