"""What docs/cohort.md shows is what comes out, and what it names is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.in_process import run
from tests.shipped import CHECKOUT

if TYPE_CHECKING:
    import pytest

PAGE = (CHECKOUT / "docs" / "cohort.md").read_text(encoding="utf-8")

OPTION = re.compile("--[a-z][a-z-]+")


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def test_the_example_prints_what_the_page_shows(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block("python"), "cohort.md", "exec"), {})  # noqa: S102 - our own page

    assert capsys.readouterr().out == block("text")


def test_the_page_names_every_option_and_no_other() -> None:
    offered = {*OPTION.findall(run("moodcheck cohort --help").output.decode())}

    assert {*OPTION.findall(PAGE)} | {"--plain", "--help"} == offered
