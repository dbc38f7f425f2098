"""`questionnaire new` at a terminal: a question a line, asked again, and nothing left behind."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.loading.data_files import load_questionnaire
from tests.functional.person import CTRL_C, CTRL_D, ENTER, ESC, Person
from tests.shipped import LANGUAGE

NEW = "moodcheck questionnaire new"

Dialogue = list[tuple[str, str]]
"""What is waited for, and what is typed then, with Enter."""

BEGINNING: Dialogue = [
    ("What is it called?", ""),
    ("Something has to be typed here.", "Rest check-in"),
    ("[rest-check-in]", "symptoms"),
    ("Give yours an id of its own.", ""),
]
REST: Dialogue = [
    ("[en]", "english"),
    ("Write it like 'en' or 'pt-BR'.", ""),
    ("[Over the last two weeks]", "Over the last week"),
    ("5. Answers of your own", "6"),
    ("Type a number from 1 to 5.", "2"),
    ("such as 'Very much'", "maybe"),
    ("Type y or n.", "y"),
    ("Item 1:", "You are depressed."),
    ("'depressed' diagnoses, judges or blames.", "You were tired: at noon, too."),
    ("[You were tired: at noon, too]", "Tired"),
    ("about death, suicide or hurting oneself? (y or n) [n]", ""),
    ("Item 2, or Enter alone", "You thought about death."),
    ("[You thought about death]", "Thoughts"),
    ("about death, suicide or hurting oneself? (y or n)", ""),
    ("Something has to be typed here.", "y"),
    ("From 'A little' on, an answer to it shows help lines at once.", ""),
    ("[For our own use]", ""),
]


def answers(person: Person, dialogue: Dialogue) -> None:
    for shown, typed in dialogue:
        person.sees(shown).press(typed, ENTER)


def made(person: Person) -> Questionnaire:
    (file,) = person.home.glob("*.yaml")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    return load_questionnaire(file, LANGUAGE)


@pytest.mark.parametrize("terminal", ["xterm-256color", "dumb"])
def test_a_few_questions_end_with_a_valid_file(terminal: str) -> None:
    with Person(NEW, TERM=terminal, columns=60, rows=50) as person:
        answers(person, [*BEGINNING, *REST])
        person.sees("Written to rest-check-in.yaml", "moodcheck check rest-check-in.yaml")
        assert person.ends() == 0
        found = made(person)
        # Nothing is drawn or moved, so a screen reader reads it as it comes.
        assert b"\x1b" not in person.raw

    assert (found.id, found.recall_period) == ("rest-check-in", "Over the last week")
    assert [(item.id, item.text) for item in found.items] == [
        ("tired", "You were tired: at noon, too."),
        ("thoughts", "You thought about death."),
    ]
    assert [(one.item, one.at_least) for one in found.critical] == [("thoughts", 1)]
    assert [rule.id for rule in found.advice] == ["today", "soon", "anyway"]


def test_answers_of_ones_own_are_typed_one_by_one_and_what_an_option_says_is_not_asked() -> None:
    options = "--title Rest --id rest --language de --recall-period Zuletzt --licence MIT"
    with Person(f"{NEW} {options} own.yaml") as person:
        answers(
            person,
            [
                ("Translate the advice in the file", "5"),
                ("Answer 0:", "Nie"),
                ("Answer 1:", ""),
                ("Something has to be typed", "Selten"),
                ("Answer 2, or Enter alone", "Oft"),
                ("Answer 3, or Enter alone", ""),
                ("such as 'Oft'", "n"),
                ("Item 1:", "Du warst müde."),
                ("[Du warst müde]", ""),
                ("hurting oneself?", "no"),
                ("Item 2, or Enter alone", ""),
            ],
        )
        person.sees("Written to own.yaml")
        assert person.ends() == 0
        found = made(person)

    assert [option.label for option in found.responses["answers"]] == ["Nie", "Selten", "Oft"]
    assert (found.language, found.items[0].id, found.licence) == ("de", "du_warst_mude", "MIT")


@pytest.mark.parametrize("leaving", [CTRL_C, CTRL_D, f"{ESC}{ESC}{ENTER}"])
def test_whoever_leaves_leaves_nothing_behind_and_is_told(leaving: str) -> None:
    with Person(NEW) as person:
        answers(person, BEGINNING)
        person.sees("[en]").press(leaving).sees("Nothing was written.")
        assert person.ends() == 130
        assert list(person.home.iterdir()) == []


def test_a_file_that_is_there_is_named_before_anybody_types_for_nothing(tmp_path: Path) -> None:
    file = tmp_path / "rest.yaml"
    file.write_text("mine", encoding="utf-8")
    with Person(NEW, cwd=tmp_path) as person:
        answers(person, [("called?", "Rest"), ("[rest]", ""), ("already exists", "rest-2")])
        person.sees("[en]").press(CTRL_C).sees("Nothing was written.")
        assert person.ends() == 130
    with Person(f"{NEW} rest.yaml", cwd=tmp_path) as person:
        person.sees("already exists")
        assert person.ends() == 73

    assert [one.read_text(encoding="utf-8") for one in tmp_path.iterdir()] == ["mine"]


def test_questions_that_nobody_could_see_are_not_asked() -> None:
    with Person(f"sh -c '{NEW} 2> said'") as person:
        assert person.ends() == 2
        said = (person.home / "said").read_text(encoding="utf-8")

    assert "Use --title TEXT and --item TEXT" in said
