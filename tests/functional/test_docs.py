"""What the documentation says of commands and output is what they do."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest

from docs import make_cli_reference, make_words
from moodcheck.errors import ExitCode
from tests.forms import phq_9_form
from tests.functional.person import run_in_shell
from tests.in_process import run
from tests.shipped import SYMPTOMS

CHECKOUT = Path(__file__).parents[2]
CLI = (CHECKOUT / "docs" / "cli.md").read_text(encoding="utf-8")
SUMMARY = (CHECKOUT / "docs" / "summary.md").read_text(encoding="utf-8")

HELP = re.compile(r"^## (moodcheck[^\n]*)\n\n```text\n(.*?)^```", re.MULTILINE | re.DOTALL)
HELPS = dict(HELP.findall(CLI))
LISTS = re.compile("^(?:Arguments|Options|Commands):$", re.MULTILINE)
EXAMPLE = re.compile(r"^  Example: (.+(?:\n  \S.*)*)\n", re.MULTILINE)
EXAMPLES = [" ".join(example.split()) for example in EXAMPLE.findall(CLI)]

STANDS_FOR_IDS = {"answers": "ITEM", "unanswered": "ITEM", "critical": "ITEM", "scales": "SCALE"}


OPENS_NOTHING = ("moodcheck history schema", "moodcheck history where")


_ABOUT_A_FILE = ("new", "copy", "add", "import", "export", "remove")

SAYS_WHAT_BECAME_OF_A_FILE = tuple(
    f"moodcheck {words} " for words in ("score", *(f"questionnaire {one}" for one in _ABOUT_A_FILE))
)


def asks(command: str) -> bool:
    words = command.split()
    return words[:2] in (["moodcheck"], ["moodcheck", "check"]) and "--answers" not in words


def opens_the_history(command: str) -> bool:
    opening = {"history", "report", "session"}
    return command.split()[1] in opening and not command.startswith(OPENS_NOTHING)


def test_the_pages_hold_what_the_recipe_writes(tmp_path: Path) -> None:
    script = CHECKOUT / "docs" / "make_cli_reference.py"
    subprocess.run([sys.executable, script, tmp_path], check=True)

    written = [(tmp_path / name).read_text(encoding="utf-8") for name in ("cli.md", "summary.md")]
    assert written == [CLI, SUMMARY], "run `just docs`"


def test_the_page_of_words_has_every_sentence_that_a_sitting_shows_now() -> None:
    written = (CHECKOUT / "docs" / "words.md").read_text(encoding="utf-8")

    assert make_words.page_of_words() == written, "run `just docs`"


def test_the_page_of_words_has_every_question_its_help_and_all_advice() -> None:
    written = (CHECKOUT / "docs" / "words.md").read_text(encoding="utf-8")
    texts = [text for item in SYMPTOMS.all_items for text in (item.text, item.help, item.visit)]
    texts += [text for rule in SYMPTOMS.advice for text in (rule.label, rule.text)]
    sentences = [one for text in texts if text for one in re.split(r"(?<=[.?!]) +", text)]

    assert [one for one in sentences if one not in written] == []


@pytest.mark.parametrize("command", HELPS)
def test_what_help_says_of_a_command_ends_with_an_example_of_it(command: str) -> None:
    last = LISTS.split(HELPS[command])[0].strip().split("\n\n")[-1]

    assert f"{' '.join(last.split())} ".startswith(f"Example: {command} ")


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs(example: str, tmp_path: Path) -> None:
    shipped = (CHECKOUT / "data" / "symptoms.yaml").read_text(encoding="utf-8")
    mine = shipped.replace("id: symptoms", "id: mine", 1)
    (tmp_path / "mine.yaml").write_text(mine, encoding="utf-8")
    items = [item.id for item in SYMPTOMS.items]
    (tmp_path / "phq9.json").write_text(json.dumps(phq_9_form()), encoding="utf-8")
    (tmp_path / "own").mkdir(mode=0o700)
    (tmp_path / "own" / "rest.yaml").write_text(mine.replace("id: mine", "id: rest", 1))
    rows = [["id", *items], ["C-1", *"0" * len(items)]]
    (tmp_path / "answers.csv").write_text("".join(f"{','.join(row)}\n" for row in rows))

    started = run_in_shell if ">" in example else run
    ran = started(example, cwd=tmp_path, MOODCHECK_QUESTIONNAIRES=str(tmp_path / "own"))

    if asks(example):
        assert "There is nobody to ask" in ran.said
        assert ran.code == ExitCode.INPUT_NOT_FOUND
    elif opens_the_history(example):
        # There is none, and nobody at a terminal.
        assert ran.code in {ExitCode.INPUT_NOT_FOUND, ExitCode.USAGE}
        assert re.search("no history yet|cannot be read|at a terminal|needs a terminal", ran.said)
    else:
        assert ran.code == ExitCode.OK
        # What became of a file is always said.
        assert (ran.said != "") == example.startswith(SAYS_WHAT_BECAME_OF_A_FILE)


def test_the_description_of_exit_codes_is_exhaustive() -> None:
    assert list(make_cli_reference.meanings()) == list(ExitCode)


def test_every_variable_of_ours_is_described_and_no_other() -> None:
    sources = (CHECKOUT / "src").rglob("*.py")
    read = {name for path in sources for name in re.findall(r'"(MOODCHECK_\w+)"', path.read_text())}

    assert set(re.findall(r"MOODCHECK_\w+", make_cli_reference.ENVIRONMENT)) == read


def keys_of(schema: dict[str, Any], node: dict[str, Any], path: str = "") -> Iterator[str]:
    """Yield the path of every key that a schema allows, as the documentation writes it."""
    if "$ref" in node:
        node = {**schema["$defs"][node["$ref"].removeprefix("#/$defs/")], **node}
    if path:
        yield path
    for name, inner in node.get("properties", {}).items():
        yield from keys_of(schema, inner, f"{path}.{name}".lstrip("."))
    if node.get("additionalProperties"):
        yield from keys_of(schema, node["additionalProperties"], f"{path}.{STANDS_FOR_IDS[path]}")
    if "properties" in node.get("items", {}) or "$ref" in node.get("items", {}):
        yield from keys_of(schema, node["items"], f"{path}[]")


def test_every_key_of_the_json_summary_is_described_and_no_other() -> None:
    schema = json.loads((CHECKOUT / "data" / "summary.schema.json").read_text(encoding="utf-8"))
    allowed = {key for key in keys_of(schema, schema) if not key.endswith("[]")}

    described = re.findall(r"^\| `([^`]+)` \|", SUMMARY, re.MULTILINE)

    assert sorted(described) == sorted(allowed)


def test_the_example_in_the_documentation_is_what_the_program_writes() -> None:
    found = make_cli_reference.EXAMPLE.search(SUMMARY)
    assert found

    written = run_in_shell(found["command"]).output.decode()

    assert json.loads(written) | {"taken_at": ANY} == json.loads(found["output"])


WAYS_IN = ("CONTRIBUTING.md", "docs/architecture.md", "tests/README.md")
NAMED_PATH = re.compile(r"`((?:[\w.-]+/)+(?:[\w-]+\.\w+)?|[\w-]+\.(?:py|toml|yaml))`")


@pytest.mark.parametrize("page", WAYS_IN)
def test_every_path_that_a_way_in_names_is_there(page: str) -> None:
    roots = [CHECKOUT / part for part in (".", "src/moodcheck", "tests")]
    named = NAMED_PATH.findall((CHECKOUT / page).read_text(encoding="utf-8"))

    assert named
    assert [path for path in named if not any((root / path).exists() for root in roots)] == []
