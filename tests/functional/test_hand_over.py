"""After a hand-over, whoever has the keyboard sees their own questions, no more."""

from __future__ import annotations

import json
import os
import re
import signal
import termios
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from moodcheck.core.administration import Unanswered
from moodcheck.core.crisis import Region, help_panel
from moodcheck.errors import ExitCode
from moodcheck.history.record import RecordState
from moodcheck.history.store.store import open_store
from tests.functional.person import (
    CTRL_BACKSLASH,
    CTRL_C,
    CTRL_D,
    CTRL_Z,
    ENTER,
    ESC,
    Person,
)
from tests.functional.stored import (
    PASSPHRASE,
    SECRETS,
    history,
    records,
    shows_no_secret,
    somebody,
    tries,
    unlocks_after_wrong_tries,
)
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TAKEN_AT, TODAY

ITEMS = SYMPTOMS.items
NUMBER = next(n for n, item in enumerate(ITEMS, 1) if item.id == SYMPTOMS.critical[0].item)
CRITICAL = SYMPTOMS.critical[0].item
FIRST = help_panel(DIRECTORY, LANGUAGE, Region("GB"), today=TODAY).act_now
HAND_BACK = LANGUAGE.hand_over.hand_back
GOING_IDLE = LANGUAGE.hand_over.going_idle
TELL = LANGUAGE.hand_over.tells_no_one


def worded(value: int) -> str:
    label = str(SYMPTOMS.option(CRITICAL, value).label)
    return label[:1].lower() + label[1:]


def offered(item: str, value: int) -> str:
    return f"{value} ({SYMPTOMS.option(item, value).label})"


Steps = tuple[tuple[str, str], ...]

QUESTION: Steps = ((ENTER, "1 of 12"),)
ALERT: Steps = (*QUESTION, ("0" * (NUMBER - 1) + "2", "go on"))
PAGES: dict[str, Steps] = {
    "welcome": (),
    "under 18": (("y", "under 18"),),
    "country": (("r", "Which country"),),
    "question": QUESTION,
    "why": (*QUESTION, ("?", "Why this is asked")),
    "help": (*QUESTION, ("h", FIRST)),
    "alert": ALERT,
    "own words": ((ENTER + "0" * 12 + ENTER + "s" * 11 + "some wor", "some wor"),),
    "review": ((ENTER + "0" * 12, "for your visit"), ("f", "done, hand back")),
    "hand-back": ((CTRL_C, HAND_BACK),),
    "passphrase": ((CTRL_C, HAND_BACK), ("u", "Type the passphrase")),
}
EVERY_PAGE = pytest.mark.parametrize("page", PAGES)
BOTH = pytest.mark.parametrize("looks", ["", " --plain"], ids=["rich", "plain"])


def client(path: Path, options: str = "", *, columns: int = 90, rows: int = 40) -> Person:
    """Return somebody to whom the keyboard was just handed over."""
    person = somebody(path, f"session start C-014 --hand-over{options}", columns=columns, rows=rows)
    person.sees("A new client?").press("y").sees("I will read the answers").press("y")
    return person.sees(TELL, LANGUAGE.hand_over.stays_visible, "Enter begin")


def comes_to(person: Person, page: str) -> Person:
    for keys, seen in PAGES[page]:
        person.press(keys).sees(seen)
    return person


def is_handed_back(person: Person, passphrase: str = PASSPHRASE) -> Person:
    """Let the counselor take the keyboard and type the passphrase."""
    return person.press("u").sees("Type the passphrase").press(passphrase, ENTER)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return history(tmp_path)


def test_nothing_is_handed_over_before_the_counselor_confirms_to_read_it(path: Path) -> None:
    with somebody(path, "session start C-014 --hand-over") as person:
        person.sees("A new client?").press("y").sees(LANGUAGE.hand_over.promise)
        assert "SIGKILL" in person.view
        assert "other windows" in person.view
        person.press(ENTER).sees("Please use one of").press("q")

        assert person.ends() == 0
    assert records(path, "C-014") == ()


@pytest.mark.parametrize(("variable", "name"), [("TMUX", "tmux"), ("STY", "screen")])
def test_what_leads_out_of_a_hand_over_is_named_before_it(
    path: Path, variable: str, name: str
) -> None:
    changes: dict[str, Any] = {variable: "1"}
    with somebody(path, f"session start {SECRETS[0]} --hand-over", **changes) as person:
        person.sees(LANGUAGE.hand_over.inside.replace("{program}", name))


def test_a_terminal_that_cannot_be_cleared_is_not_handed_over(path: Path) -> None:
    with somebody(path, "session start C-014 --hand-over", TERM="dumb") as person:
        assert person.ends() == ExitCode.USAGE
        person.sees("needs a terminal that can be cleared", "read aloud, without --hand-over")


@BOTH
@EVERY_PAGE
def test_every_way_out_leads_to_the_hand_back_with_help_lines(
    path: Path, looks: str, page: str
) -> None:
    with client(path, looks) as person:
        comes_to(person, page)
        for way_out in (ESC + ESC, CTRL_C, CTRL_Z, CTRL_BACKSLASH):
            person.press(way_out).sees(HAND_BACK, FIRST, TELL)
            assert not person.is_stopped
            if page not in {"hand-back", "passphrase"}:
                shown = len(person.raw)
                person.press("b").waits_until(lambda: len(person.raw) > shown, "a page")  # noqa: B023 - at once
                person.sees_no_more(HAND_BACK)
        shows_no_secret(person)


@BOTH
@pytest.mark.parametrize("leaves", ["q", CTRL_D], ids=["q", "Ctrl-D"])
def test_stopping_leads_to_the_hand_back_as_well(path: Path, looks: str, leaves: str) -> None:
    with client(path, looks) as person:
        comes_to(person, "question").press("1").sees("2 of 12").press(leaves)
        person.sees(HAND_BACK, FIRST).press("b").sees("2 of 12")
        shows_no_secret(person)


def sorted_out() -> dict[str, list[int]]:
    """Return every signal of this platform by what it does after a hand-over."""
    names = {
        "leads to the hand-back": "INT QUIT TSTP CONT",
        "does nothing": "TTIN TTOU PIPE XFSZ CHLD URG WINCH INFO",
        "is beyond moodcheck": "KILL STOP SEGV BUS FPE ILL",
    }
    kinds = {
        kind: {getattr(signal, f"SIG{name}", signal.SIGKILL) for name in listed.split()}
        for kind, listed in names.items()
    }
    kinds["does nothing"].discard(signal.SIGKILL)  # where the platform does not have one
    others = signal.valid_signals().difference(*kinds.values())
    return {"ends it": sorted(others), **{kind: sorted(kinds[kind]) for kind in names}}


SIGNALS = sorted_out()


def name_of(number: int) -> str:
    names = {one.value: one.name for one in signal.Signals}
    return names.get(number, f"SIGRTMIN+{number - signal.SIGRTMIN}")


# Of the many that have no name, the first and the last stand for all.
ENDING = [n for n in SIGNALS["ends it"] if not name_of(n).startswith("SIGRTMIN+")]


@BOTH
@pytest.mark.parametrize("number", SIGNALS["leads to the hand-back"], ids=name_of)
def test_signals_of_the_keyboard_lead_to_the_hand_back(path: Path, looks: str, number: int) -> None:
    with client(path, looks) as person:
        comes_to(person, "question").sends(number).sees(HAND_BACK, FIRST)
        person.sends(number).sends(signal.SIGCONT).reads_on()
        assert not person.is_stopped
        shows_no_secret(person)


@pytest.mark.parametrize(
    ("number", "looks"),
    [
        *((number, "") for number in ENDING),
        (signal.SIGHUP, " --plain"),
        (signal.SIGTERM, " --plain"),
    ],
    ids=lambda one: one.strip() or "rich" if isinstance(one, str) else name_of(one),
)
def test_every_signal_that_ends_it_clears_and_locks(path: Path, number: int, looks: str) -> None:
    with client(path, looks) as person:
        comes_to(person, "question").press("1").sees("2 of 12").sends(number)

        assert person.ends() == ExitCode.INTERRUPTED
        assert not person.screen.strip()
        assert not person.scrollback.strip()
        assert person.settings == person.found_settings
        shows_no_secret(person)
    (record,) = records(path, "C-014")
    assert record.administration.answers == {ITEMS[0].id: 1}


def test_two_signals_at_once_do_not_break_off_the_clearing(path: Path) -> None:
    with client(path) as person:
        comes_to(person, "question")
        for number in ENDING:
            person.sends(number)

        assert person.ends() == ExitCode.INTERRUPTED
        assert not person.screen.strip()
        assert person.settings == person.found_settings


@BOTH
def test_no_other_signal_changes_anything(path: Path, looks: str) -> None:
    with client(path, looks) as person:
        comes_to(person, "question")
        for count, number in enumerate(SIGNALS["does nothing"], start=2):
            person.sends(number).reads_on()
            assert not person.is_stopped, name_of(number)
            person.press("1").sees(f"{count} of 12")
        shows_no_secret(person)


@pytest.mark.parametrize("number", [signal.SIGTTIN, signal.SIGTTOU, signal.SIGTSTP], ids=name_of)
def test_under_a_shell_that_could_take_over_nothing_pauses_it(path: Path, number: int) -> None:
    (path.parent / "shell").write_text('set -m\nsh -c \'echo $$ >pid; exec "$@"\' - "$@"\n')
    with Person(
        "sh shell moodcheck session start C-014 --hand-over --passphrase-fd 3 3<passphrase",
        columns=90,
        rows=40,
        cwd=path.parent,
        MOODCHECK_STORE=str(path),
        MOODCHECK_REGION="GB",
    ) as person:
        person.sees("A new client?").press("y").sees("I will read").press("y").sees("Enter begin")
        os.kill(int((path.parent / "pid").read_text()), number)
        person.press(CTRL_C).sees(HAND_BACK).press("b").sees("Enter begin").press(ENTER)
        person.sees("1 of 12")
        shows_no_secret(person)


def test_going_on_after_a_pause_by_force_leads_to_the_hand_back(path: Path) -> None:
    with client(path) as person:
        comes_to(person, "question").sends(signal.SIGSTOP).is_paused()
        # A shell that has the terminal meanwhile sets it as it likes it.
        termios.tcsetattr(person.terminal, termios.TCSANOW, person.found_settings)
        person.sends(signal.SIGCONT).sees(HAND_BACK, FIRST)
        person.press(CTRL_C).sees(HAND_BACK).press("b").sees("1 of 12")
        shows_no_secret(person)


@BOTH
def test_no_key_and_no_flood_of_keys_shows_what_is_stored(path: Path, looks: str) -> None:
    every_byte = bytes(range(256))
    with client(path, looks) as person:
        for page in ("question", "hand-back", "passphrase"):
            if page != "question":
                person.press(CTRL_C).sees(HAND_BACK).press("u" if page == "passphrase" else "")
            else:
                comes_to(person, page)
            person.type_bytes(every_byte + b"\r" + every_byte * 40).reads_on()
            person.resize(50, 20).resize(90, 40).press(CTRL_C).sees(HAND_BACK)
            shows_no_secret(person)
        is_handed_back(person).sees("C-014")


def test_a_closed_window_ends_it(path: Path) -> None:
    with client(path) as person:
        assert comes_to(person, "question").hangs_up() == 130
        shows_no_secret(person)


@BOTH
def test_only_the_passphrase_opens_what_was_answered(path: Path, looks: str) -> None:
    with client(path, looks) as person:
        comes_to(person, "alert").press("g").sees(f"{NUMBER + 1} of").press(CTRL_C)
        is_handed_back(person.sees(HAND_BACK), "wrong").sees("That is not the passphrase")
        person.press(ENTER).sees(HAND_BACK)
        time.sleep(1.1)  # the first wait
        is_handed_back(person, PASSPHRASE.upper()).sees("That is not the passphrase")
        shows_no_secret(person)
        unlocks_after_wrong_tries(person).sees("NOT ACKNOWLEDGED", "C-014")
        person.sees("2 wrong passphrases were tried while this was locked").press(ENTER)
        person.sees("What to tell the client", "note on the sitting").press("l")

        assert person.ends() == 0
        assert PASSPHRASE not in person.raw.decode(errors="replace")
    (record,) = records(path, "C-014")
    assert record.state is RecordState.ANSWERED
    assert record.administration.unanswered["aches"] is Unanswered.NOT_REACHED


def test_many_wrong_passphrases_lead_nowhere_are_slowed_down_and_told_to_the_counselor(
    path: Path,
) -> None:
    with client(path) as person:
        comes_to(person, "passphrase")
        since = len(person.raw)
        has_to_wait = re.compile("Wait [34] seconds before the next try")
        for _tried in range(100):
            if has_to_wait.search(tries(person, "guess").view):
                break
            time.sleep(0.2)
        # The right one counts no more than another before its time.
        person.press(PASSPHRASE, ENTER).sees("before the next try")
        assert b"guess" not in person.raw[since:]
        shows_no_secret(person)
        unlocks_after_wrong_tries(person).sees("wrong passphrases were tried").press(ENTER)
        person.sees("note on the sitting").press("q")
        assert person.ends() == 0


def test_the_wait_at_a_hand_back_doubles_with_each_wrong_try_and_outlives_a_restart(
    path: Path,
) -> None:
    beside = path.with_name("history.db-unlocking")

    def was_last_tried(hours: int, *, wrong: int) -> None:
        told = json.loads(beside.read_text())
        assert told["wrong"] == wrong
        at = datetime.now(UTC) + timedelta(hours=hours)
        beside.write_text(json.dumps(told | {"last": at.isoformat()}))

    with client(path) as person:
        comes_to(person, "passphrase")
        for wrong, wait in ((1, "1 second"), (2, "2 seconds")):
            person.press("guess", ENTER).sees("That is not the passphrase.")
            # A clock that was set back: the whole wait is ahead, however slow this machine is.
            was_last_tried(1, wrong=wrong)
            person.press(PASSPHRASE, ENTER).sees(f"Wait {wait} before the next try.")
            shows_no_secret(person)
            was_last_tried(-1 if wrong == 1 else 1, wrong=wrong)
        person.sends(signal.SIGKILL).ends()
    with somebody(path, "session start C-014 --hand-over") as person:
        person.sees("Please wait 2 seconds: the last passphrase was wrong.")
        person.sees("Needs your attention first", "not reached").press("q")
        assert person.ends() == 0
    assert not beside.exists()


@pytest.mark.parametrize("what", ["deleted", "given another passphrase"])
def test_a_history_that_is_lost_during_a_sitting_loses_no_answer_and_lets_nobody_out(
    path: Path, what: str
) -> None:
    with client(path) as person:
        comes_to(person, "question").press("1").sees("2 of 12")
        if what == "deleted":
            for file in path.parent.glob("history.db*"):
                file.unlink()
        else:
            with open_store(path, PASSPHRASE) as store:
                store.change_passphrase("six white boats", TAKEN_AT)
        person.press("2").sees(HAND_BACK, FIRST)
        for way_out in (ESC + ESC, CTRL_C, CTRL_Z, CTRL_BACKSLASH):
            person.press(way_out).sees(HAND_BACK)
        shows_no_secret(person)
        is_handed_back(person).sees(
            "Not saved", what, f"{ITEMS[1].label}: {offered(ITEMS[1].id, 2)}"
        )
        person.press("t").sees("Not saved", what).press("w").sees("not encrypted")
        person.press("answers.json", ENTER).sees("Written to answers.json").press(ENTER)
        person.sees("Not saved").press("l")
        assert person.ends() == ExitCode.IO_FAILED
    answers = json.loads((path.parent / "answers.json").read_text())
    assert answers == {ITEMS[0].id: 1, ITEMS[1].id: 2}


def test_a_keyring_does_not_open_a_hand_back(path: Path) -> None:
    """The keyring holds the passphrase; whoever has the keyboard does not."""
    backend = path.parent / "open_keyring.py"
    backend.write_text(
        "import keyring.backend\n"
        "class Open(keyring.backend.KeyringBackend):\n"
        "    priority = 9\n"
        f"    def get_password(self, *_): return {PASSPHRASE!r}\n"
        "    def set_password(self, *_): pass\n"
        "    def delete_password(self, *_): pass\n"
    )
    with Person(
        "moodcheck session start C-014 --hand-over --keyring",
        columns=90,
        rows=40,
        cwd=path.parent,
        MOODCHECK_STORE=str(path),
        PYTHONPATH=str(path.parent),
        PYTHON_KEYRING_BACKEND="open_keyring.Open",
    ) as person:
        person.sees("A new client?").press("y").sees("I will read").press("y").sees("Enter begin")
        person.press(CTRL_C).sees(HAND_BACK).press("u").sees("Type the passphrase")
        person.press(ENTER).sees(HAND_BACK)
        shows_no_secret(person)


@BOTH
def test_an_alert_shows_help_and_whom_to_tell_and_stays_when_it_is_changed(
    path: Path, looks: str
) -> None:
    with client(path, looks) as person:
        comes_to(person, "alert").sees(FIRST, TELL).press("g").sees(f"{NUMBER + 1} of")
        person.press("b").sees("chosen before").press("0").sees(f"{NUMBER + 1} of")
        person.press("0", ENTER, "f").sees("done, hand back").press("v")
        person.sees("Thank you", FIRST).press(ENTER).sees(HAND_BACK, FIRST)
        is_handed_back(person).sees(
            "NOT ACKNOWLEDGED", f"2 ({worded(2)}), changed to 0 ({worded(0)})"
        )
        shows_no_secret(person)
    (record,) = records(path, "C-014")
    assert record.critical[0].alerted == 2
    assert record.administration.answers[CRITICAL] == 0


@BOTH
def test_urgent_advice_needs_acknowledgement_whatever_set_it(path: Path, looks: str) -> None:
    """A first sitting: not one answer about death, and still nothing that waits."""
    advice = next(rule for rule in SYMPTOMS.advice if rule.id == "today")
    with client(path, looks, rows=100) as person:
        comes_to(person, "question").press("0" * 12).sees("for your visit").press(ENTER)
        person.press("ss1").sees("4 of").press("s" * 8).sees("Write a few words").press(
            "to rest", ENTER
        )
        person.sees("done, hand back").press("v").sees("Thank you", FIRST, advice.label)
        person.press(ENTER).sees(HAND_BACK)
        is_handed_back(person).sees("Heard or saw things: yes", "NOT ACKNOWLEDGED").press(ENTER)
        person.sees("1 Heard or saw things: 1 (Yes) [set the advice]" if not looks else
                    "1. Heard or saw things: 1 (Yes) [set the advice]")  # fmt: skip
        person.sees(f"What the client was told: {advice.label}", "“to rest”", FIRST)
        person.sees("First time with this questionnaire.", "Low mood: 0 (Not at all)")
        assert "Heard or saw" in person.view
        person.press("c").sees("Please use one of").press("1", ENTER).sees("n note").press("n")
        person.sees("A note at: Heard").press("at night", ENTER).sees("at night").press("a")
        person.sees("initials").press("AB", ENTER).sees("What was done?").press("GP", ENTER)
        person.sees("Fill in").press(ENTER).sees("c close it").press("c")
        assert person.ends() == 0
    (record,) = records(path, "C-014")
    assert record.state is RecordState.CLOSED
    assert [entry.kind for entry in record.critical] == ["advice"]
    assert record.notes == {"unreal": "at night"}


@BOTH
def test_left_alone_it_asks_to_be_handed_back_and_then_locks(path: Path, looks: str) -> None:
    with client(path, f"{looks} --lock-after 0.02") as person:
        comes_to(person, "question").press("1").sees(HAND_BACK, GOING_IDLE, FIRST, TELL)
        assert str(ITEMS[1].text) not in person.screen
        person.press("b").sees("2 of 12").sees("Locked", HAND_BACK, FIRST, TELL)
        assert str(ITEMS[1].text) not in person.screen
        since = len(person.raw)
        for keys in (ESC + ESC, CTRL_C, CTRL_D):
            person.press(keys).reads_on()
        person.press("b", ENTER).sees("That is not the passphrase")
        assert str(ITEMS[1].text).encode() not in person.raw[since:]
        unlocks_after_wrong_tries(person).sees("2 of 12")
        shows_no_secret(person)


def test_at_forty_columns_the_hand_back_still_says_all_of_it(path: Path) -> None:
    with client(path, columns=40) as person:
        person.press(CTRL_C).sees(HAND_BACK, FIRST, TELL, "unlock, for who gave you this")
        person.press("b").sees("Enter begin")
