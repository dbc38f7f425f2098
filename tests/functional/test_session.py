"""A counselor's sitting, read aloud, from the alert that nobody saw to its closing."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from moodcheck.core.administration import Unanswered
from moodcheck.core.crisis import Region, help_panel
from moodcheck.history.record import RecordState
from tests.functional.person import CTRL_C, CTRL_Z, ENTER, ESC, Person
from tests.functional.stored import (
    PASSPHRASE,
    SECRETS,
    history,
    records,
    somebody,
    unlocks_after_wrong_tries,
)
from tests.in_process import Ran, run
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TODAY

ITEMS = SYMPTOMS.items
NUMBER = next(n for n, item in enumerate(ITEMS, 1) if item.id == SYMPTOMS.critical[0].item)
CRITICAL = SYMPTOMS.critical[0].item
LABEL = SYMPTOMS.item(CRITICAL).label
HAND_BACK = LANGUAGE.hand_over.hand_back
FIRST = help_panel(DIRECTORY, LANGUAGE, Region("GB"), today=TODAY).act_now
TO_THE_ALERT = "0" * (NUMBER - 1)

BOTH = pytest.mark.parametrize("looks", ["", " --plain"], ids=["rich", "plain"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return history(tmp_path)


def counselor(path: Path, options: str = "", *, columns: int = 90, rows: int = 90) -> Person:
    """Return a counselor who begins to read aloud to a new client."""
    person = somebody(path, f"session start C-014{options}", columns=columns, rows=rows)
    person.sees("A new client?").press("y").sees("Read aloud", "Enter begin").press(ENTER)
    return person.sees("1 of 12")


def finishes(person: Person, answers: str) -> Person:
    """Answer the items, leave the context out, and come to the closing view."""
    person.press(answers)
    if answers[NUMBER - 1] != "0":
        person.sees(FIRST, "go on").press("g", answers[NUMBER:])
    person.sees("for your visit").press("f").sees("done, see it all").press("v")
    return person.sees("note on the sitting")


def worded(value: int) -> str:
    """Return an answer to the critical item as it stands in a sentence."""
    label = str(SYMPTOMS.option(CRITICAL, value).label)
    return label[:1].lower() + label[1:]


def assert_nothing_of_another_client(shown: str) -> None:
    assert [text for text in ("C-014", f"{LABEL}: {worded(3)}") if text in shown] == []


def history_says(path: Path, command: str) -> Ran:
    ran = run(f"moodcheck history {command} --store {path} --passphrase-fd 3 3<passphrase",
              cwd=path.parent, MOODCHECK_REGION="GB")  # fmt: skip
    assert ran.code == 0
    return ran


def listed(path: Path, options: str = "") -> str:
    ran = run(f"moodcheck session list --store {path} --passphrase-fd 3 3<passphrase{options}",
              cwd=path.parent, MOODCHECK_REGION="GB")  # fmt: skip
    assert ran.code == 0
    return ran.shown


def test_an_unknown_code_is_asked_about_before_it_is_made(path: Path) -> None:
    with somebody(path, "session start secret-2") as person:
        person.sees("There is no client with the code secret-2", "Another code is much like it")
        assert SECRETS[0] not in person.view
        person.press("v").sees("Did you mean 'SECRET-1'?").press(ENTER).sees("A new client?")
        person.press("q")
        assert person.ends() == 0
    assert records(path, "secret-2") == ()


def test_a_known_code_is_known_in_any_case(path: Path) -> None:
    with somebody(path, f"session start {SECRETS[0].lower()}") as person:
        person.sees(f"Read aloud to {SECRETS[0]}").press("q")
        assert person.ends() == 0


@pytest.mark.parametrize("code", ["me", "a/b", "..", "two words", "é"])
def test_what_cannot_be_a_code_is_refused_before_the_passphrase(path: Path, code: str) -> None:
    with somebody(path, f"session start '{code}'") as person:
        assert person.ends() == 2


@BOTH
def test_notes_and_declined_items_are_kept(path: Path, looks: str) -> None:
    with counselor(path, looks) as person:
        person.press("n").sees("A note at: Low mood").press("since her move", ENTER)
        person.sees("Your note: since her move").press("d").sees("2 of 12").press("s")
        person.sees("3 of 12").press("q").sees("Stop here?", FIRST).press("l")
        assert person.ends() == 0
        assert not person.screen.replace(" ", "").startswith("3of12")
    (record,) = records(path, "C-014")
    assert record.notes == {"low_mood": "since her move"}
    unanswered = record.administration.unanswered
    assert record.state is RecordState.OPEN
    assert unanswered["low_mood"] is Unanswered.DECLINED
    assert unanswered["irritability"] is Unanswered.SKIPPED
    assert unanswered["sleep"] is Unanswered.NOT_REACHED


@BOTH
def test_a_sitting_closes_only_when_its_alert_is_acknowledged(path: Path, looks: str) -> None:
    with counselor(path, looks) as person:
        finishes(person, f"{TO_THE_ALERT}20").sees("NOT ACKNOWLEDGED", f'{LABEL}: {worded(2)}"')
        person.press("c").sees("Please use one of").press("a").sees("initials")
        person.press("much too long", ENTER).sees("longer than 8").press("AB", ENTER)
        person.sees("What was done?").press(ENTER).sees("Fill in at least one line")
        person.press(ENTER).sees("What was done: –").press("d").sees("What was done", "Enter leave")
        person.press("Called her GP", ENTER).sees("What was done: Called her GP").press("n")
        person.sees("Next contact").press("Friday", ENTER).sees("Next contact: Friday")
        person.press(ENTER).sees("c close it", "Acknowledged by AB", "Called her GP", "Friday")
        person.press("c")
        assert person.ends() == 0
        person.sees("saved and closed", LANGUAGE.notice)
    (record,) = records(path, "C-014")
    assert record.state is RecordState.CLOSED
    seen = record.critical[0].acknowledgement
    assert seen is not None
    assert (seen.initials, seen.action) == ("AB", "Called her GP")
    assert (seen.next_contact, seen.plan) == ("Friday", "")


@pytest.mark.parametrize("keys", [f"{TO_THE_ALERT}s", "00"], ids=["skipped", "not reached"])
def test_a_critical_item_without_an_answer_needs_acknowledgement_too(path: Path, keys: str) -> None:
    with counselor(path) as person:
        person.press(keys, "q").sees("Stop here?").press("v").sees("NOT ACKNOWLEDGED")
        person.sees("Thoughts of death: not answered").press("c").sees("Please use one of")
        person.press("q")
        assert person.ends() == 0
    assert "NOT ACKNOWLEDGED" in listed(path)


@BOTH
def test_nothing_of_another_client_is_shown_until_the_counselor_is_alone(
    path: Path, looks: str
) -> None:
    """Issue: whoever sits beside the counselor learns that somebody waits, and nothing else."""
    with counselor(path, looks) as person:
        finishes(person, f"{TO_THE_ALERT}30").press("l")
        assert person.ends() == 0
        person.sees("NOT ACKNOWLEDGED", "moodcheck session start C-014")
    waits = "1 alert of another client is waiting."
    for command in (f"session start {SECRETS[0]}{looks}", f"check --save{looks}"):
        with somebody(path, command) as person:
            person.sees("Needs your attention first", waits, "Press v when you are alone.")
            person.sees(LANGUAGE.notice)
            assert_nothing_of_another_client(person.raw.decode())
            person.press("v").sees("C-014, ", f'{LABEL}: {worded(3)}".', "NOT ACKNOWLEDGED")
            person.press(ENTER).sees(waits).press(ENTER).sees_no_more(waits)
            assert_nothing_of_another_client(person.screen + person.scrollback)
    with somebody(path, f"session start {SECRETS[0]} --hand-over{looks}") as person:
        person.sees(waits).press(ENTER).sees("I will read").press("y").sees("Enter begin")
        person.press(CTRL_C).sees(HAND_BACK).press("u").sees("Type the passphrase")
        person.press(PASSPHRASE, ENTER).sees(waits, "Press v")
        assert_nothing_of_another_client(person.raw.decode())
    for command in ("list", "trend", f"show {records(path, SECRETS[0])[0].id}"):
        client = "" if "show" in command else f" --client {SECRETS[0]}"
        ran = history_says(path, f"{command}{client} --format json")
        assert f"{waits} See more with: moodcheck session list." in ran.said
        assert_nothing_of_another_client(ran.said + ran.shown)
    first = listed(path)
    assert "C-014" in first
    assert first.index("NOT ACKNOWLEDGED") < first.index("2 clients")


def test_what_nobody_acknowledged_of_this_client_is_the_first_thing_to_be_seen(path: Path) -> None:
    with counselor(path) as person:
        finishes(person, f"{TO_THE_ALERT}30").press("l")
        assert person.ends() == 0
    with somebody(path, "session start c-014") as person:
        person.sees("Needs your attention first", "NOT ACKNOWLEDGED", f"{LABEL}: {worded(3)}")
        person.press("0", ENTER).sees_no_more("Needs your attention first")


def test_an_alert_is_on_the_disk_before_its_help_is_shown(path: Path) -> None:
    with counselor(path) as person:
        person.press(TO_THE_ALERT, "1").sees(FIRST)
        os.kill(person.pid, signal.SIGKILL)
        person.ends()
    with somebody(path, "session start C-014") as person:
        person.sees("NOT ACKNOWLEDGED", worded(1)).press(ENTER).sees("interrupted")
        person.press("1", ENTER).sees("This sitting was interrupted").press("g").sees("Enter begin")
        person.press(ENTER).sees(FIRST, "go on").press("g").sees(f"{NUMBER + 1} of 12")


@BOTH
def test_a_sitting_killed_anywhere_goes_on_where_it_was(path: Path, looks: str) -> None:
    with counselor(path, looks) as person:
        for answered in range(1, 5):
            person.press("1").sees(f"{answered + 1} of 12")
        os.kill(person.pid, signal.SIGKILL)
        person.ends()
    with somebody(path, f"session start C-014 --hand-over{looks}") as person:
        person.sees("Needs your attention first", "not reached").press(ENTER)
        person.sees("Not closed yet").press("1", ENTER).sees("was interrupted").press("g")
        person.sees("I will read").press("y").sees("Enter begin").press(ENTER).sees("5 of 12")
    (record,) = records(path, "C-014")
    assert record.administration.answers == dict.fromkeys((i.id for i in ITEMS[:4]), 1)


def offered(item: str, value: int) -> str:
    return f"{value} ({SYMPTOMS.option(item, value).label})"


@BOTH
def test_every_answer_is_shown_at_the_close(path: Path, looks: str) -> None:
    """Read aloud, beside the last sitting: what set the advice, what changed, then the rest."""
    with somebody(path, f"session start {SECRETS[0]}{looks}", rows=120) as person:
        person.sees("Enter begin").press(ENTER).sees("1 of 12").press("1", "1", "0" * 8, "1")
        person.sees(FIRST, "go on").press("g").sees("12 of 12").press("0").sees("for your visit")
        person.press("f").sees("done, see it all").press("v")
        now, then = offered("low_mood", 1), offered("low_mood", 3)
        person.sees(
            f"{LABEL}: {offered(CRITICAL, 0)} → {offered(CRITICAL, 1)} [set the advice]",
            f"Low mood: {then} → {now}",
            "What to tell the client",
            "last time 3",
            LANGUAGE.not_a_diagnosis,
            FIRST,
        )
        shown = person.view
        order = ["Answers that set the advice", f"{LABEL}: {offered(CRITICAL, 0)}",
                 "Changed since last time", "Low mood: 3", "The other answers"]  # fmt: skip
        assert sorted(order, key=shown.index) == order
        assert [one.label for one in SYMPTOMS.all_items if f"{one.label}: " not in shown] == []
        assert not LANGUAGE.denied_words(shown.replace(LANGUAGE.not_a_diagnosis, ""))


@BOTH
def test_an_answer_entered_by_mistake_can_be_corrected_and_stays_in_sight(
    path: Path, looks: str
) -> None:
    with counselor(path, looks, rows=120) as person:
        finishes(person, f"{TO_THE_ALERT}20").sees("First time with this questionnaire.")
        person.press("1", ENTER).sees(LABEL, "c correct").press("c").sees("The right answer to")
        person.press("0").sees(f"2 ({worded(2)}), changed to 0 ({worded(0)})")
        person.sees("NOT ACKNOWLEDGED", "Corrected after the sitting", "acknowledge")
        person.press("n").sees(f"A note on: {SYMPTOMS.title}").press("came late", ENTER)
        person.sees("Your notes", "came late").press("3", ENTER).sees("n note").press("n")
        person.sees("A note at").press("-x-", ENTER).sees("[has a note]", "-x-").press("q")
        assert person.ends() == 0
    (record,) = records(path, "C-014")
    assert record.note == "came late"
    assert list(record.notes.values()) == ["-x-"]
    assert [(one.item, one.before) for one in record.corrections] == [(CRITICAL, 2)]
    assert record.critical[0].alerted == 2
    assert record.administration.answers[CRITICAL] == 0


@BOTH
def test_left_alone_it_asks_for_the_passphrase_wherever_it_is(path: Path, looks: str) -> None:
    with somebody(path, f"session start {SECRETS[0]} --lock-after 0.03{looks}") as person:
        person.sees("Enter begin").press(ENTER).sees("Locked", FIRST)
        assert SECRETS[0] not in person.screen
        person.press("wrong", ENTER).sees("That is not the passphrase")
        unlocks_after_wrong_tries(person).sees("1 wrong passphrase was tried").press(ENTER)
        person.sees("1 of 12").press("1").sees("2 of 12").sees("Locked")
        person.press(ESC, ESC)
        assert person.ends() == 0
        assert not person.screen.strip()


@BOTH
@pytest.mark.parametrize(("keys", "code"), [(ESC + ESC, 0), (CTRL_C, 130)], ids=["Esc", "Ctrl-C"])
def test_leaving_at_once_leaves_nothing_on_the_screen(
    path: Path, looks: str, keys: str, code: int
) -> None:
    with counselor(path, looks) as person:
        person.press("3").sees("2 of 12").press(keys)
        assert person.ends() == code
        assert not person.screen.strip()
        assert not person.scrollback.strip()
    assert records(path, "C-014")[0].administration.answers == {ITEMS[0].id: 3}


@BOTH
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGUSR1, signal.SIGXCPU])
def test_a_signal_that_ends_it_leaves_nothing_on_the_screen(
    path: Path, looks: str, number: signal.Signals
) -> None:
    with counselor(path, looks) as person:
        person.press("3").sees("2 of 12").sends(number)
        assert person.ends() == 130
        assert not person.screen.strip()
        assert not person.scrollback.strip()
        assert person.settings == person.found_settings


@BOTH
def test_going_on_after_ctrl_z_asks_for_the_passphrase(path: Path, looks: str) -> None:
    with counselor(path, looks) as person:
        person.press("1").sees("2 of 12").press(CTRL_Z).is_paused()
        since = len(person.raw)
        person.sends(signal.SIGCONT).is_asked_for_keys().sees("Locked")
        assert str(ITEMS[1].text).encode() not in person.raw[since:]
        person.press(PASSPHRASE, ENTER).sees("2 of 12")


def test_at_forty_columns_nothing_is_cut_off(path: Path) -> None:
    with counselor(path, columns=40, rows=60) as person:
        person.press("n").sees("A note at: Low mood").press("x" * 60, ENTER).sees("x" * 10)
        finishes(person, f"{TO_THE_ALERT}20").press("a").sees("Who has seen this?")


def test_a_wrong_passphrase_is_77_and_says_no_more(path: Path) -> None:
    (path.parent / "passphrase").write_text("not it\n")
    with somebody(path, "session start C-014") as person:
        assert person.ends() == 77
        assert SECRETS[0] not in person.screen


def test_at_a_terminal_that_only_prints_lines_it_is_read_aloud_line_by_line(path: Path) -> None:
    with somebody(path, "session start C-014", TERM="dumb") as person:
        person.sees("A new client?").press("y", ENTER).sees("stays in its log", "Enter begin")
        person.press(ENTER).sees("1 of 12", "0. Not at all").press("n", ENTER)
        person.sees("A note at: Low mood").press("since her move", ENTER).sees("Your note")
        for number, answer in enumerate(TO_THE_ALERT, start=2):
            person.press(answer, ENTER).sees(f"{number} of 12")
        person.press("2", ENTER).sees(FIRST, "go on").press("g", ENTER).sees(f"{NUMBER + 1} of 12")
        person.press("s", ENTER).sees("for your visit").press("f", ENTER)
        person.sees("done, see it all").press("v", ENTER).sees("NOT ACKNOWLEDGED")
        person.press("a", ENTER).sees("initials").press("AB", ENTER).sees("What was done?")
        person.press("Called her GP", ENTER).sees("Fill in at least one line").press(ENTER)
        person.sees("c close it").press("c", ENTER)
        assert person.ends() == 0
        assert b"\x1b" not in person.raw
    (record,) = records(path, "C-014")
    assert record.state is RecordState.CLOSED
    assert record.notes == {"low_mood": "since her move"}


def test_left_alone_where_nothing_can_be_locked_it_ends(path: Path) -> None:
    with somebody(path, "session start C-014 --lock-after 0.03", TERM="dumb") as person:
        person.sees("A new client?").press("y", ENTER).sees("Enter begin").press(ENTER)
        person.sees("1 of 12").press("1", ENTER).sees("2 of 12")
        assert person.ends() == 77
        person.sees("the session has ended", "The answers so far are saved")
    assert records(path, "C-014")[0].administration.answers == {ITEMS[0].id: 1}


def test_a_session_needs_somebody_at_a_terminal() -> None:
    ran = run("moodcheck session start C-014", "")
    assert ran.code == 2
    assert "needs somebody at a terminal" in ran.said


def test_the_list_is_one_array_for_scripts(path: Path) -> None:
    with counselor(path) as person:
        person.press(TO_THE_ALERT, "2").sees(FIRST).press(ESC, ESC)
        assert person.ends() == 0
    first, second = json.loads(listed(path, " --format json"))

    assert (first["client"], second["client"]) == ("C-014", SECRETS[0])
    assert first["last"]["state"] == "open"
    assert first["not_acknowledged"][0]["item"] == CRITICAL
    assert second["not_acknowledged"] == []
    assert first["notice"] == second["notice"] == LANGUAGE.notice
