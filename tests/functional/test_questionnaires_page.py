"""The fifteen minutes of docs/questionnaires.md: what is typed there is typed, in that order."""

from __future__ import annotations

import csv
import re
from functools import partial
from pathlib import Path

from moodcheck.loading.context import Context
from moodcheck.loading.data_files import load_questionnaire
from tests.functional.person import ENTER, ESC, Person
from tests.in_process import run
from tests.shipped import CHECKOUT, LANGUAGE

PAGE = (CHECKOUT / "docs" / "questionnaires.md").read_text(encoding="utf-8")
TUTORIAL = PAGE.partition("## Your own in fifteen minutes")[2].partition("\n## ")[0]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def played(transcript: str, folder: Path) -> str:
    """Type what a transcript types, and return the transcript of that."""
    first, *lines = transcript.splitlines()
    typed = [line.removeprefix("> ").strip(">") for line in lines if line.startswith(">")]
    with Person(first.removeprefix("$ "), cwd=folder, columns=80, rows=60) as person:
        for count, text in enumerate(typed, start=1):
            person.waits_until(partial(is_prompt, person, count), "a prompt")
            person.press(text, ENTER)
        assert person.ends() == 0
        shown = person.raw.decode().replace("\r\n", "\n")
    return "\n".join(line.rstrip() for line in [first, *shown.splitlines()]) + "\n"


def is_prompt(person: Person, count: int) -> bool:
    return person.raw.endswith(b"\n> ") and person.raw.count(b"\n> ") == count


def changed(text: str, change: str) -> str:
    """Apply one change: its lines without `+` stand there, and all of them will."""
    lines = change.splitlines(keepends=True)
    before = "".join(line[1:] or line for line in lines if not line.startswith("+"))
    after = "".join(line[1:] or line for line in lines)
    assert text.count(before) == 1
    return text.replace(before, after)


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines(), strict=True))


def test_the_fifteen_minutes_are_as_the_page_says(tmp_path: Path) -> None:
    own, file = tmp_path / "own", tmp_path / "rest.yaml"
    for kind, block in BLOCK.findall(TUTORIAL):
        command, *shown = block.splitlines()
        match kind:
            case "session":
                assert played(block, tmp_path) == block
            case "diff":
                file.write_text(changed(file.read_text(encoding="utf-8"), block), encoding="utf-8")
            case "csv":
                (tmp_path / "answers.csv").write_text(block, encoding="utf-8")
            case "console" if "moodcheck check" not in block:
                ran = run(
                    command.removeprefix("$ "), cwd=tmp_path, MOODCHECK_QUESTIONNAIRES=str(own)
                )
                assert (ran.code, ran.output.decode().splitlines()) == (0, shown)

    found = load_questionnaire(own / "rest.yaml", LANGUAGE)
    assert found.stem == "Over the last week, how often was it like this?"
    assert found.items[0].say == "was tired before noon"
    assert [item.id for item in found.context] == ["words"]
    assert [row["id"] for row in rows(tmp_path / "scores.csv")] == ["A-1", "A-2", "A-3"]
    assert [row["id"] for row in rows(tmp_path / "scores.alerts.csv")] == ["A-3"]
    with Person("moodcheck check rest", MOODCHECK_QUESTIONNAIRES=str(own)) as person:
        person.sees("Enter begin").press(ENTER).sees("how often was it like this?", "tired").press(
            "0"
        )
        person.sees("awake").press(ESC, ESC)
        assert person.ends() == 0


def test_the_page_names_every_answer_on_offer() -> None:
    offered = Context().questionnaire_template.responses

    assert [name for name in offered if f"`{name}`" not in TUTORIAL] == []
