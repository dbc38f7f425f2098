"""P5: a check-in is saved when somebody asks for it, each answer at once, and only then."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from moodcheck.core.administration import Unanswered
from moodcheck.core.crisis import Region, help_panel
from moodcheck.history.client_code import OWN
from moodcheck.history.record import RecordState, SittingMode
from moodcheck.history.store.store import open_store
from tests.functional.person import CTRL_C, CTRL_D, ENTER, Person
from tests.functional.stored import PASSPHRASE, history, records, somebody
from tests.in_process import run
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TODAY

ITEMS = SYMPTOMS.items
CRITICAL = SYMPTOMS.critical[0].item
NUMBER = next(n for n, item in enumerate(ITEMS, 1) if item.id == CRITICAL)
FIRST = help_panel(DIRECTORY, LANGUAGE, Region("GB"), today=TODAY).act_now

BOTH = pytest.mark.parametrize("looks", ["", " --plain"], ids=["rich", "plain"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return history(tmp_path)


def with_prompt(path: Path, command: str) -> Person:
    """Return a person who is asked for the passphrase at the terminal."""
    return Person(
        f"moodcheck {command}", columns=90, rows=40, cwd=path.parent,
        MOODCHECK_STORE=str(path), MOODCHECK_REGION="GB",
    )  # fmt: skip


@BOTH
def test_the_welcome_says_what_is_saved_where_and_who_can_read_it(path: Path, looks: str) -> None:
    with somebody(path, f"check --save{looks}") as person:
        person.sees("Enter begin", "Every answer is saved in", "encrypted", "passphrase")
        assert path.name in person.view.replace(" ", "")
        assert "Nothing is saved" not in person.view
    assert records(path, OWN) == ()


@BOTH
def test_every_answer_is_saved_and_the_whole_sitting_at_the_end(path: Path, looks: str) -> None:
    with somebody(path, f"check --save{looks}") as person:
        person.sees("Enter begin").press(ENTER).sees("1 of 12").press("1s").sees("3 of 12")
        (record,) = records(path, OWN)
        assert record.administration.answers == {ITEMS[0].id: 1}
        assert record.administration.unanswered[ITEMS[1].id] is Unanswered.SKIPPED
        assert record.administration.unanswered[ITEMS[2].id] is Unanswered.NOT_REACHED
        person.press("0" * 10, "f").sees("see the summary").press("v").sees("write it to a file")
        assert "save it" not in person.view
        person.press("d")
        assert person.ends() == 0
    (record,) = records(path, OWN)
    assert (record.state, record.mode) == (RecordState.CLOSED, SittingMode.OWN)
    assert record.administration.answers[ITEMS[2].id] == 0


@BOTH
def test_a_sitting_that_broke_off_is_offered_and_goes_on_where_it_was(
    path: Path, looks: str
) -> None:
    with somebody(path, f"check --save{looks}") as person:
        person.sees("Enter begin").press(ENTER).sees("1 of 12").press("12").sees("3 of 12")
        person.press("q").sees("Stop here?", "Your answers so far are saved")
        os.kill(person.pid, signal.SIGKILL)
        person.ends()
    with somebody(path, f"check --save{looks}") as person:
        person.sees("Go on?", "was not finished").press("g").sees("Enter begin").press(ENTER)
        person.sees("3 of 12").press("b").sees(
            "2 of 12", "About half the days or more (chosen before)"
        )
    with somebody(path, f"check --save{looks}") as person:
        person.sees("Go on?").press("n").sees("Enter begin").press(ENTER).sees("1 of 12")
    (record,) = records(path, OWN)
    assert record.state is RecordState.CLOSED
    assert record.administration.unanswered[ITEMS[2].id] is Unanswered.NOT_REACHED


@BOTH
def test_an_alert_is_saved_before_help_is_shown(path: Path, looks: str) -> None:
    with somebody(path, f"check --save{looks}") as person:
        person.sees("Enter begin").press(ENTER, "0" * (NUMBER - 1), "2").sees(FIRST, "go on")
        (record,) = records(path, OWN)
        assert record.administration.answers[SYMPTOMS.critical[0].item] == 2


@BOTH
def test_when_it_stays_locked_one_may_go_on_unsaved_and_sees_the_summary(
    path: Path, looks: str
) -> None:
    (path.parent / "passphrase").write_text("not it\n")
    with somebody(path, f"check --save{looks}") as person:
        person.sees("Your answers cannot be saved", FIRST).press("g")
        person.sees("Enter begin", "Nothing is saved").press(ENTER)
        person.sees("1 of 12").press("3q").sees("Nothing has been saved").press("v")
        person.sees("write it to a file").press("d")
        assert person.ends() == 77
        assert LANGUAGE.not_a_diagnosis in " ".join(f"{person.scrollback} {person.screen}".split())
    assert records(path, OWN) == ()


def test_whoever_does_not_want_to_go_on_unsaved_leaves(path: Path) -> None:
    (path.parent / "passphrase").write_text("not it\n")
    with somebody(path, "check --save") as person:
        person.sees("Your answers cannot be saved").press("q")
        assert person.ends() == 0


@BOTH
def test_it_can_be_saved_in_the_menu_after_the_summary(path: Path, looks: str) -> None:
    with with_prompt(path, f"check{looks}") as person:
        person.sees("Enter begin", "Nothing is saved").press(ENTER).sees("1 of 12")
        person.press("12q").sees("Stop here?").press("v").sees("save it, encrypted").press("s")
        person.sees("Passphrase:").press("wrong", ENTER).sees("Passphrase:")
        person.press(CTRL_D).sees("No passphrase was typed").press(ENTER)
        person.sees("save it, encrypted").press("s").sees("Passphrase:").press(PASSPHRASE, ENTER)
        person.sees("Saved in").press(ENTER).sees("write it to a file")
        assert "save it" not in person.view
        person.press("d")
        assert person.ends() == 0
    (record,) = records(path, OWN)
    assert record.state is RecordState.CLOSED
    assert record.administration.answers == {ITEMS[0].id: 1, ITEMS[1].id: 2}


def test_what_is_saved_after_the_summary_keeps_an_alert_that_was_changed(path: Path) -> None:
    with with_prompt(path, "check") as person:
        person.sees("Enter begin").press(ENTER).sees("1 of 12").press("0" * (NUMBER - 1), "3")
        person.sees("Help lines", "go on").press("g").sees(f"{NUMBER + 1} of 12")
        person.press("b").sees(f"{NUMBER} of 12").press("0", "q").sees("Stop here?").press("v")
        person.sees("save it, encrypted").press("s")
        person.sees("Passphrase:").press(PASSPHRASE, ENTER).sees("Saved in").press(ENTER)
        person.sees("write it to a file").press("d")
        assert person.ends() == 0
    (record,) = records(path, OWN)
    assert record.administration.answers[CRITICAL] == 0
    assert [(entry.item, entry.alerted) for entry in record.critical] == [(CRITICAL, 3)]


@BOTH
def test_help_lines_stay_where_an_alert_could_not_be_saved_and_the_person_leaves(
    path: Path, looks: str
) -> None:
    with somebody(path, f"check --save{looks}") as person:
        person.sees("Enter begin").press(ENTER).press("0" * (NUMBER - 1)).sees(f"{NUMBER} of 12")
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
        person.press("3").sees("Help lines", "go on").press("g").sees(
            "Your answers cannot be saved"
        )
        person.press("q")
        assert person.ends() != 0
        assert FIRST in person.screen.rpartition("leave")[2].replace("\n", " ")


@BOTH
@pytest.mark.parametrize("is_new", [False, True], ids=["known", "new"])
def test_ctrl_c_at_the_passphrase_leads_back_to_the_summary(
    path: Path, looks: str, is_new: bool
) -> None:
    if is_new:
        path.unlink()
    with with_prompt(path, f"check{looks}") as person:
        person.sees("Enter begin").press(ENTER).sees("1 of 12").press("12q").sees("Stop here?")
        person.press("v").sees("save it, encrypted").press("s").sees("assphrase:").press(CTRL_C)
        person.sees("Nothing was saved").press(ENTER).sees("save it, encrypted")
        assert path.exists() is not is_new
        person.press("s").sees("assphrase:").press(PASSPHRASE, ENTER)
        if is_new:
            person.sees("once more:").press(PASSPHRASE, ENTER)
            person.sees("recovery code", "> ").press(ENTER)
        person.sees("Saved in").press(ENTER).sees("write it to a file").press(CTRL_C)
        assert person.ends() == 130
    (record,) = records(path, OWN)
    assert record.administration.answers == {ITEMS[0].id: 1, ITEMS[1].id: 2}


def test_a_new_history_is_made_with_a_passphrase_typed_twice(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with with_prompt(path, "check --save") as person:
        person.sees("New passphrase:", LANGUAGE.forgotten_passphrase).press(PASSPHRASE, ENTER)
        person.sees("once more:").press(PASSPHRASE, ENTER)
        person.sees("recovery code", "> ").press("y", ENTER).sees("Write it down").press(ENTER)
        person.sees("Enter begin").press(ENTER)
        person.sees("1 of 12").press("1").sees("2 of 12")
        assert PASSPHRASE.encode() not in person.raw
    assert len(records(path, OWN)) == 1


def answers(path: Path, given: str) -> list[int]:
    """Score given answers with --save, in turn with the right passphrase and a wrong one."""
    command = f"moodcheck check --answers - --save --store {path} --passphrase-fd 3 3<passphrase"
    codes = []
    for passphrase in (PASSPHRASE, "not it"):
        (path.parent / "passphrase").write_text(f"{passphrase}\n")
        ran = run(command, given, cwd=path.parent, MOODCHECK_REGION="GB")
        assert LANGUAGE.not_a_diagnosis in ran.shown
        assert FIRST in ran.shown
        codes.append(ran.code)
    return codes


def test_given_answers_are_saved_and_shown_even_when_they_cannot_be_saved(path: Path) -> None:
    assert answers(path, '{"death_thoughts": 2, "own_words": "To rest"}') == [0, 77]

    with open_store(path, PASSPHRASE) as store:
        (record,) = store.records(OWN)
    assert record.administration.answers == {"death_thoughts": 2}
    assert record.administration.words == {"own_words": "To rest"}
    assert record.administration.unanswered["sleep"] is Unanswered.BLANK
    assert record.critical[0].alerted == 2
