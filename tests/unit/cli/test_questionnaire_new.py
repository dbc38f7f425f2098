"""`questionnaire new` with options: no question, a file that is valid, and nothing written over."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

ENOUGH = ("--title", "Rest check-in", "--item", "You were tired.")
DEADLY = (*ENOUGH, "--item", "You wished to die.")
NEW = ("questionnaire", "new")


def test_options_alone_make_a_private_file_that_every_command_takes(
    run: Run, tmp_path: Path
) -> None:
    made = run(
        *NEW, *ENOUGH, "--item", "You thought of death.", "--critical", "2", "--high-stands-out",
        "--recall-period", "Over the last week", "--licence", "CC0-1.0", "--responses", "how_much",
    )  # fmt: skip
    file = tmp_path / "rest-check-in.yaml"

    assert (made.code, made.output) == (0, "")
    assert "which only you can open" in " ".join(made.talk.split())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    # What it says to do next can be done, and validate has nothing to say.
    for line in made.talk.splitlines():
        if line.startswith("  moodcheck questionnaire validate"):
            validated = run(*line.split()[1:])
            assert (validated.code, validated.talk) == (0, "")
    shown = run("questionnaire", "show", str(file)).output
    assert "Over the last week" in shown
    (tmp_path / "answers.json").write_text('{"you_thought_of_death": 1}', encoding="utf-8")
    checked = run("check", str(file), "--answers", "answers.json", "--region", "GB")
    assert (checked.code, "Talk to someone today" in checked.output) == (0, True)


def test_an_item_that_names_death_is_left_uncritical_only_where_its_author_says_so(
    run: Run, tmp_path: Path
) -> None:
    assert run(*NEW, "no.yaml", *DEADLY, "--not-critical", "2").code == 0
    assert run(*NEW, "yes.yaml", *DEADLY, "--critical", "2").code == 0

    said = [(tmp_path / name).read_text(encoding="utf-8") for name in ("no.yaml", "yes.yaml")]
    assert ["\ncritical:\n" in text for text in said] == [False, True]


def test_answers_of_ones_own_are_counted_from_0(run: Run, tmp_path: Path) -> None:
    own = ("--option", "Hardly", "--option", "Mostly", "--option", "Always")
    assert run(*NEW, "own.yaml", *ENOUGH, *own).code == 0

    shown = run("questionnaire", "show", "own.yaml").output
    assert [line.strip() for line in shown.splitlines()[4:7]] == [
        "0 Hardly",
        "1 Mostly",
        "2 Always",
    ]
    assert not (tmp_path / "rest-check-in.yaml").exists()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ((), "Use --title TEXT and --item TEXT"),
        (("--title", "Rest"), "Use --title TEXT and --item TEXT"),
        (("--item", "You rested."), "Use --title TEXT and --item TEXT"),
        ((*ENOUGH, "--item", "You are depressed."), "--item: 'depressed' diagnoses"),
        ((*ENOUGH, "--item", "  "), "--item: "),
        ((*ENOUGH, "--id", "Rest"), "--id: 'id' must begin with a small letter"),
        ((*ENOUGH, "--id", "symptoms"), "--id: 'symptoms' is the id of a questionnaire that comes"),
        ((*ENOUGH, "--language", "english"), "--language: 'language' must be the code"),
        ((*ENOUGH, "--responses", "how_mush"), "--responses: There are no answers called"),
        ((*ENOUGH, "--responses", "how_mush"), "Did you mean 'how_much'?"),
        ((*ENOUGH, "--option", "No"), "--option: One answer alone is no choice"),
        ((*ENOUGH, "--option", "No", "--option", "Yes", "--responses", "how_much"), "contradict"),
        ((*ENOUGH, "--critical", "2"), "--critical: There is no item 2. Use 1 to 1"),
        ((*ENOUGH, "--critical", "0"), "--critical: There is no item 0"),
        (DEADLY, "item 2 name death or suicide, and it is not critical. Use --critical 2"),
        ((*DEADLY, "--not-critical", "1"), "or --not-critical 2"),
        ((*DEADLY, "--not-critical", "3"), "--not-critical: There is no item 3. Use 1 to 2"),
        ((*DEADLY, "--not-critical", "2", "--critical", "2"), "Item 2 is said to be critical"),
        (("https://example.org/a.yaml", *ENOUGH), "looks like a network address"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_option_and_nothing_is_written(
    run: Run, tmp_path: Path, options: tuple[str, ...], why: str
) -> None:
    refused = run(*NEW, *options)

    assert (refused.code, refused.output) == (2, "")
    assert why in " ".join(refused.talk.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", [("rest-check-in.yaml",), ()], ids=["named", "by its id"])
def test_a_file_that_is_there_is_never_written_over(
    run: Run, tmp_path: Path, file: tuple[str, ...]
) -> None:
    (tmp_path / "rest-check-in.yaml").write_text("mine", encoding="utf-8")
    refused = run(*NEW, *file, *ENOUGH)

    assert (refused.code, "already exists" in refused.talk) == (73, True)
    assert (tmp_path / "rest-check-in.yaml").read_text(encoding="utf-8") == "mine"
