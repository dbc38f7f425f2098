"""The counselor's desk: unlocked once, who waits, and nobody else while a client is present."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from moodcheck.core.administration import administer
from moodcheck.history.record import Acknowledgement, AuditAction, RecordState, SittingMode
from moodcheck.history.store.store import open_store
from moodcheck.loading.context import Context
from tests.functional.person import CTRL_C, ENTER, Person
from tests.functional.stored import (
    PASSPHRASE,
    SECRETS,
    history,
    records,
    somebody,
    unlocks_after_wrong_tries,
)
from tests.in_process import run
from tests.shipped import LANGUAGE, SYMPTOMS

CRITICAL = SYMPTOMS.critical[0].item
LABEL = SYMPTOMS.item(CRITICAL).label
HAND_BACK = LANGUAGE.hand_over.hand_back
BOTH = pytest.mark.parametrize("looks", ["", " --plain"], ids=["rich", "plain"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A history with somebody who waits for each of the reasons there are."""
    path = history(tmp_path)
    with open_store(path, PASSPHRASE) as store:

        def sitting(client: str, days: int, *, state: str = "closed", **given: int) -> None:
            at = Context().now() - timedelta(days=days)
            record = store.begin(client, SYMPTOMS, SittingMode.READ_ALOUD, at)
            every = {item.id: 0 for item in SYMPTOMS.items} | given
            for item, value in every.items():
                store.put(record, item, value, at)
            if state != "open":
                store.finish(record, administer(SYMPTOMS, every, taken_at=at), at)
            if state == "closed":
                for entry in store.record(record).unacknowledged:
                    store.acknowledge(record, entry.item, Acknowledgement("AB", at, "Seen"))
                store.close(record, at)
            store.let_go(record)

        sitting("C-009", 5, state="answered", **{CRITICAL: 1})
        sitting("C-021", 2, state="open")
        sitting("C-020", 40)
        store.set_interval("C-020", 14, Context().now())
        sitting("C-014", 30, sleep=1)
        sitting("C-014", 9, sleep=3)
    return path


def counselor(path: Path, looks: str = "", *, rows: int = 60, options: str = "") -> Person:
    person = somebody(path, f"session{looks}{options}", rows=rows)
    return person.sees("Your desk", "4 clients are waiting.")


def worded(value: int) -> str:
    """Return an answer to the critical item as it stands in a sentence."""
    label = str(SYMPTOMS.option(CRITICAL, value).label)
    return label[:1].lower() + label[1:]


@BOTH
def test_the_desk_shows_who_waits_and_why_the_most_urgent_first(path: Path, looks: str) -> None:
    with counselor(path, looks) as person:
        shown = person.view
        reasons = ["C-009", f'"{LABEL}: {worded(1)}". NOT ACKNOWLEDGED for 5 days.', "C-021",
                   "Interrupted on", "C-020", "Overdue by 26 days.", "C-014",
                   "Higher than last time: Sleep 1 → 3."]  # fmt: skip
        assert [reason for reason in reasons if reason not in shown] == []
        assert sorted(reasons, key=shown.index) == reasons
        assert LANGUAGE.notice in shown
        assert SECRETS[0] not in shown
        person.press("q")
        assert person.ends() == 0
        assert not person.screen.strip()


@BOTH
def test_the_desk_hides_everyone_else_at_once_until_the_counselor_says_to_be_alone(
    path: Path, looks: str
) -> None:
    with counselor(path, looks) as person:
        person.press("p").sees("A client is present")
        for keys in ("1", "b", ENTER, "s", "C-0", ENTER, "b"):
            person.press(keys).reads_on()
            assert [code for code in ("C-009", "C-014", "C-021") if code in person.screen] == []
        person.sees("A client is present").press("s").sees("Which client is here?")
        person.press("c-020", ENTER).sees("Client C-020", "everyone else is hidden").press("b")
        person.sees("A client is present").press("v").sees("Can nobody else").press(ENTER)
        person.sees("A client is present").press("v").sees("Can nobody").press("y")
        person.sees("Your desk", "C-009")


@BOTH
def test_the_desk_leads_through_a_day_without_another_passphrase(path: Path, looks: str) -> None:
    with counselor(path, looks, rows=90) as person:
        person.press("1", ENTER).sees("Client C-009", "1 sitting").press("a").sees("Needs your")
        person.press("a").sees("initials").press("AB", ENTER).sees("What was done?")
        person.press("Called her", ENTER).sees("Fill in").press(ENTER).sees("c close it")
        person.press("c").sees("Client C-009", "r read aloud").press("n").sees("A note on: ")
        person.press("on holiday in May", ENTER).sees("Note: on holiday in May").press("i")
        person.sees("Days between").press("seven", ENTER).sees("not a number").press("7", ENTER)
        person.sees("Due every 7 days.").press("t").sees("C-009: 1 sitting", "d every sitting")
        person.press("d").sees("Numbers", "Not scored", "Enter back")
        person.press(ENTER).sees("Client C-009").press("x").sees("not encrypted")
        person.press("c-009.json", ENTER).sees("1 sitting written to c-009.json").press(ENTER)
        person.sees("Client C-009").press("b").sees("3 clients are waiting.").press("s")
        person.sees("Which client?").press("new-1", ENTER).sees("No sitting yet.").press("o")
        person.sees("A new client?").press("y").sees("I will read").press("y").sees("Enter begin")
        person.press(ENTER).sees("1 of 12").press(CTRL_C).sees(HAND_BACK).press("u")
        person.sees("Type the passphrase").press(PASSPHRASE, ENTER).sees("new-1")
        person.sees("Needs your attention first").press(ENTER).sees("note on the sitting")
        person.press("l").sees("Client new-1").press("b").sees("A client is present").press("q")
        assert person.ends() == 0
    (record,) = records(path, "C-009")
    assert record.state is RecordState.CLOSED
    assert record.note == "on holiday in May"
    exported = json.loads((path.parent / "c-009.json").read_text())
    assert exported["format"].startswith("moodcheck.history/")
    assert "C-009" in json.dumps(exported)
    assert "C-014" not in json.dumps(exported)
    assert (path.parent / "c-009.json").stat().st_mode & 0o777 == 0o600
    with open_store(path, PASSPHRASE) as store:
        done = {entry.action for entry in store.audit(client="C-009")}
    assert {AuditAction.SHOWN, AuditAction.TREND_SHOWN, AuditAction.EXPORTED} <= done


def test_the_desk_locks_when_it_is_left_alone(path: Path) -> None:
    with counselor(path, options=" --lock-after 0.03") as person:
        person.sees("Locked")
        assert "C-009" not in person.screen
        person.press("wrong", ENTER).sees("not the passphrase")
        unlocks_after_wrong_tries(person).sees("1 wrong passphrase was tried").press(ENTER).sees(
            "Your desk", "C-009"
        )


def test_the_desk_can_be_had_for_one_look(path: Path) -> None:
    def shown(options: str) -> str:
        ran = run(f"moodcheck session today{options} --store {path} --passphrase-fd 3 3<passphrase",
                  cwd=path.parent, MOODCHECK_REGION="GB")  # fmt: skip
        assert ran.code == 0
        assert not ran.said
        return ran.shown

    document = json.loads(shown(" --format json"))
    assert document["format"] == "moodcheck.today/1"
    assert document["notice"] == LANGUAGE.notice
    assert [one["client"] for one in document["clients"]] == ["C-009", "C-021", "C-020", "C-014"]
    assert document["clients"][0]["not_acknowledged"][0]["item"] == CRITICAL
    assert document["clients"][1]["unfinished"][0]["state"] == "open"
    assert document["clients"][2]["overdue_days"] == 26
    assert document["clients"][3]["higher"] == [
        {"item": "sleep", "label": "Sleep", "before": 1, "now": 3}
    ]
    plain = shown("")
    assert plain.startswith(LANGUAGE.help.title)
    assert plain.index("C-009") < plain.index("C-021") < plain.index("C-020")


def test_an_option_of_the_desk_before_a_command_is_refused(path: Path) -> None:
    ran = run(f"moodcheck session --store {path} list")
    assert ran.code == 2
    assert "--store stands before the command" in ran.said


def test_the_desk_has_numbers_wherever_it_stands_and_takes_the_country(path: Path) -> None:
    with somebody(path, "session", rows=60, LANG="C.UTF-8", MOODCHECK_REGION="") as person:
        person.sees("Your desk", "911 in Argentina", "112 in Germany", "r say which country")
        person.press("r").sees("Which country").press("Spain", ENTER)
        person.sees("Your desk", "Call 112 now", "024").sees_no_more("911 in Argentina")
        person.press("1", ENTER).sees("Client C-009").press("a").sees("Call 112 now", "024")
