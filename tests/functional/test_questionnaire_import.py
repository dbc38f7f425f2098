"""`questionnaire import` at a terminal asks which items of a new form are about death."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.loading.data_files import load_questionnaire
from tests.forms import Tree, rest
from tests.functional.person import CTRL_D, ENTER, Person
from tests.shipped import LANGUAGE

_ASKS = "about death, suicide or hurting oneself:"


@pytest.fixture
def importing(tmp_path: Path) -> Callable[[Tree], Person]:
    def opened(form: Tree) -> Person:
        (tmp_path / "clinic.json").write_text(json.dumps(form), encoding="utf-8")
        own = str(tmp_path / "own")
        line = "moodcheck questionnaire import clinic.json"
        return Person(line, cwd=tmp_path, columns=40, rows=60, MOODCHECK_QUESTIONNAIRES=own)

    return opened


def kept(folder: Path) -> Questionnaire:
    return load_questionnaire(folder / "own" / "rest.yaml", LANGUAGE)


def calm() -> Tree:
    """Return a form without a word of death."""
    form = rest()
    form["item"][1]["text"] = "Worried?"
    return form


def test_items_about_death_are_named_by_number_and_enter_alone_never_says_none(
    importing: Callable[[Tree], Person], tmp_path: Path
) -> None:
    with importing(rest()) as person:
        person.sees(_ASKS, "1. Tired?", "2. Wishing to die? (its words name death or suicide)")
        person.sees("such as 2, or 'none':").press(ENTER)
        person.sees("Something has to be typed here.").press("none", ENTER)
        person.sees("The words of 2 name death or suicide").press("1", ENTER)
        person.sees("The words of 2 name death or suicide").press("3", ENTER)
        person.sees("Type numbers from 1 to 2, or 'none'.").press("1, 2", ENTER)
        person.sees("Tired? (help lines come up)", "Wishing to die? (help lines come up)")
        person.sees("Keep this among your own questionnaires?").press("keep", ENTER)
        person.sees("moodcheck check rest")
        assert person.ends() == 0

    assert [one.item for one in kept(tmp_path).critical] == ["q_1", "q_2"]


def test_where_no_words_name_death_enter_says_that_there_is_none(
    importing: Callable[[Tree], Person], tmp_path: Path
) -> None:
    with importing(calm()) as person:
        person.sees(_ASKS, "[none]").press(ENTER)
        person.sees("Keep this among your own questionnaires?").press("keep", ENTER)
        assert person.ends() == 0

    assert kept(tmp_path).critical == ()


def test_of_words_in_another_language_nobody_is_sure(
    importing: Callable[[Tree], Person], tmp_path: Path
) -> None:
    with importing({**calm(), "language": "de"}) as person:
        person.sees(_ASKS, "or 'none':").press(ENTER)
        person.sees("Something has to be typed here.").press(CTRL_D)
        person.sees("Nothing was kept.")
        assert person.ends() == 130

    assert not (tmp_path / "own").exists()


def test_nobody_is_asked_about_a_form_that_is_refused_anyway(
    importing: Callable[[Tree], Person],
) -> None:
    form = rest()
    del form["item"][2]
    with importing(form) as person:
        person.sees("how answers become a score")
        assert person.ends() == 65
        assert _ASKS not in person.view
