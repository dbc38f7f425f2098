"""What the README tells people to type is what is tried for them."""

from __future__ import annotations

import re
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]

INSTALL_AND_START = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/moodcheck"
TEST = 'python3 -m venv .venv && .venv/bin/pip install -e ".[dev]" && .venv/bin/pytest'

FENCED = re.compile(
    r"^ *(?P<fence>`{3,}|~{3,})[^\n]*\n(?P<code>.*?)^ *(?P=fence)", re.MULTILINE | re.DOTALL
)


def read(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8")


def commands_of(markdown: str) -> list[str]:
    code = "".join(block["code"] for block in FENCED.finditer(markdown))
    return [line.strip().removeprefix("$ ") for line in code.splitlines()]


def recipe(name: str) -> str:
    found = re.search(rf"^{name}:\n +(.+)$", read("justfile"), re.MULTILINE)
    assert found, f"the justfile has no recipe {name}"
    return found[1]


def test_the_readme_has_one_command_to_start_and_one_to_test() -> None:
    shown = [command for command in commands_of(read("README.md")) if "-m venv" in command]

    assert sorted(shown) == sorted([INSTALL_AND_START, TEST])


def test_ci_runs_exactly_the_test_command_of_the_readme() -> None:
    runs = [line for line in read(".ci/run").splitlines() if "pytest" in line]

    assert runs == [TEST]


def test_the_recipes_are_the_two_halves_of_the_test_command() -> None:
    assert f"{recipe('install')} && {recipe('test')}" == TEST
