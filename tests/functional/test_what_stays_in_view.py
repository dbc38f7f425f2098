"""What stays in view at the end: the advice, that it is no diagnosis, and whom to call."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from moodcheck.core.crisis import Region, help_panel
from moodcheck.core.questionnaire_parts import AdviceRule
from tests.functional.person import ENTER, Person
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TODAY

GB = help_panel(DIRECTORY, LANGUAGE, Region("GB"), today=TODAY)
FIRST_LINE = GB.lines[0]
ADVICE = {rule.id: rule for rule in SYMPTOMS.advice}
SIZES = pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 18)])
MODES = pytest.mark.parametrize("mode", ["", "--plain", "TERM=dumb"])
NO_ALERT, ALERT = "0" * 12, "0" * 10 + "2"


def in_view(person: Person) -> str:
    return " ".join(person.screen.split())


def sits(mode: str, columns: int, rows: int, more: str = "") -> Person:
    terminal = "dumb" if mode == "TERM=dumb" else "xterm-256color"
    option = mode if mode.startswith("--") else ""
    # As a shell does, something is written below when it is over.
    command = f"sh -c 'moodcheck --region GB {option} {more}; echo; printf \"$ \"'"
    return Person(command, columns=columns, rows=rows, TERM=terminal)


def comes_to_the_end(person: Person, mode: str, typed: str) -> None:
    enter = ENTER if mode == "TERM=dumb" else ""
    person.sees("begin").press(ENTER)
    for key in typed:
        person.press(key + enter)
    if typed is ALERT:
        person.sees("go on").press("g" + enter).sees("12 of 12")
        person.press("0" + enter)
    person.sees("finish").press("f" + enter).sees("see the summary").press("v" + enter)
    person.sees("d done").press("d" + enter)


def has_advice(shown: str) -> list[AdviceRule]:
    return [rule for rule in SYMPTOMS.advice if f"{rule.label}. {rule.text}" in shown]


@SIZES
@MODES
def test_after_an_alert_the_last_thing_in_view_is_what_to_do_and_whom_to_call(
    mode: str, columns: int, rows: int
) -> None:
    with sits(mode, columns, rows) as person:
        comes_to_the_end(person, mode, ALERT)

        assert person.ends() == 0
        shown = in_view(person)
    (advice,) = has_advice(shown)
    assert advice == ADVICE["today"]
    assert LANGUAGE.notice in shown
    assert shown.index(advice.text) < shown.index(LANGUAGE.notice) < shown.rindex(GB.act_now)
    assert shown.endswith(f"{FIRST_LINE.number} $")


@SIZES
@MODES
def test_without_an_alert_it_is_the_advice_and_that_it_is_no_diagnosis(
    mode: str, columns: int, rows: int
) -> None:
    with sits(mode, columns, rows) as person:
        comes_to_the_end(person, mode, NO_ALERT)

        assert person.ends() == 0
        shown = in_view(person)
    assert len(has_advice(shown)) == 1
    assert shown.endswith(f"{LANGUAGE.notice} $")


@MODES
def test_a_discreet_sitting_leaves_nothing_in_view(mode: str) -> None:
    if mode == "TERM=dumb":
        mode = "--plain"  # a dumb terminal cannot be cleared, and says so at the welcome
    with sits(mode, 80, 24, "--discreet") as person:
        comes_to_the_end(person, mode, NO_ALERT)

        assert person.ends() == 0
        assert in_view(person) == "$"


@SIZES
@pytest.mark.parametrize("mode", ["", "--plain"])
def test_the_same_stays_in_view_where_nothing_was_asked(
    mode: str, columns: int, rows: int, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"death_thoughts": 2}), encoding="utf-8")
    command = f"sh -c 'moodcheck --region GB --answers a.json {mode}; printf \"$ \"'"
    with Person(command, columns=columns, rows=rows, cwd=tmp_path) as person:
        assert person.ends() == 0
        shown = in_view(person)
    assert has_advice(shown) == [ADVICE["today"]]
    assert LANGUAGE.notice in shown
    assert shown.endswith(f"{FIRST_LINE.number} $")


def test_data_alone_goes_to_a_pipe_and_what_stays_in_view_to_the_terminal(tmp_path: Path) -> None:
    with Person("moodcheck --region GB --format json > kept.json", cwd=tmp_path) as person:
        comes_to_the_end(person, "", ALERT)

        assert person.ends() == 0
        assert person.screen.rstrip().endswith(FIRST_LINE.number)
    assert json.loads((tmp_path / "kept.json").read_text(encoding="utf-8"))["help_first"] is True


def test_without_a_country_it_is_the_way_to_ones_own_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"death_thoughts": 2}), encoding="utf-8")
    command = "moodcheck --answers a.json"
    with Person(command, columns=40, rows=18, cwd=tmp_path, LANG="C.UTF-8") as person:
        assert person.ends() == 0
        assert in_view(person).endswith("moodcheck crisis-lines --region NAME")
