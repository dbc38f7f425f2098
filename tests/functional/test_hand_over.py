"""DESIGN 8: after a hand-over, whoever has the keyboard sees their own questions, no more."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from moodcheck.domain.administration import Unanswered
from moodcheck.domain.crisis import Region, help_panel
from moodcheck.domain.history import RecordState
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
    Attentive,
    history,
    records,
    shows_no_secret,
    somebody,
)
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TODAY

ITEMS = SYMPTOMS.items
NUMBER = next(n for n, item in enumerate(ITEMS, 1) if item.id == SYMPTOMS.critical[0].item)
CRITICAL = SYMPTOMS.critical[0].item
FIRST = help_panel(DIRECTORY, LANGUAGE, Region("GB"), today=TODAY).act_now
HAND_BACK = LANGUAGE.hand_over.hand_back
TELL = LANGUAGE.hand_over.tells_no_one

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
    "own words": ((ENTER + "0" * 12 + "s" * 11 + "some wor", "some wor"),),
    "review": ((ENTER + "0" * 12, "for your visit"), ("f", "done, hand back")),
    "hand-back": ((CTRL_C, HAND_BACK),),
    "passphrase": ((CTRL_C, HAND_BACK), ("u", "Type the passphrase")),
}
EVERY_PAGE = pytest.mark.parametrize("page", PAGES)
BOTH = pytest.mark.parametrize("looks", ["", " --plain"], ids=["rich", "plain"])


def client(path: Path, options: str = "", *, columns: int = 90) -> Person:
    """Return somebody to whom the keyboard was just handed over."""
    person = somebody(path, f"session start C-014 --hand-over{options}", columns=columns)
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
                person.press("b").sees_no_more(HAND_BACK)
        shows_no_secret(person)


@BOTH
@pytest.mark.parametrize("leaves", ["q", CTRL_D], ids=["q", "Ctrl-D"])
def test_stopping_leads_to_the_hand_back_as_well(path: Path, looks: str, leaves: str) -> None:
    with client(path, looks) as person:
        comes_to(person, "question").press("1").sees("2 of 12").press(leaves)
        person.sees(HAND_BACK, FIRST).press("b").sees("2 of 12")
        shows_no_secret(person)


@BOTH
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP])
def test_signals_of_the_keyboard_lead_to_the_hand_back(
    path: Path, looks: str, number: signal.Signals
) -> None:
    with client(path, looks) as person:
        comes_to(person, "question").sends(number).sees(HAND_BACK, FIRST)
        person.sends(number).sends(signal.SIGCONT).reads_on()
        assert not person.is_stopped
        shows_no_secret(person)


@BOTH
def test_every_other_signal_that_can_be_caught_clears_and_locks(path: Path, looks: str) -> None:
    caught = {
        signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM,
        signal.SIGVTALRM, signal.SIGPROF, signal.SIGABRT,
    }  # fmt: skip
    for count, number in enumerate(sorted(caught)):
        with somebody(path, f"session start D-{count} --hand-over{looks}") as person:
            person.sees("A new client?").press("y").sees("I will read").press("y").sees(
                "Enter begin"
            )
            comes_to(person, "question").sends(number)

            assert person.ends() == 130, number
            assert not person.screen.strip(), number
            assert not person.scrollback.strip(), number
            assert person.settings == person.found_settings
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
        is_handed_back(person, PASSPHRASE.upper()).sees("That is not the passphrase")
        shows_no_secret(person)
        person.press(PASSPHRASE, ENTER).sees("NOT ACKNOWLEDGED", "C-014").press(ENTER)
        person.sees("What a person has to see").press("l")

        assert person.ends() == 0
        assert PASSPHRASE not in person.raw.decode(errors="replace")
    (record,) = records(path, "C-014")
    assert record.state is RecordState.ANSWERED
    assert record.administration.unanswered["aches"] is Unanswered.NOT_REACHED


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
    with Attentive(
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
        person.press("0f").sees("done, hand back").press("v").sees(HAND_BACK, FIRST)
        is_handed_back(person).sees("NOT ACKNOWLEDGED", "2 (Many days), changed to 0 (Not at all)")
        shows_no_secret(person)
    (record,) = records(path, "C-014")
    assert record.critical[0].alerted == 2
    assert record.administration.answers[CRITICAL] == 0


@BOTH
def test_left_alone_it_clears_and_locks(path: Path, looks: str) -> None:
    with client(path, f"{looks} --lock-after 0.02") as person:
        comes_to(person, "question").press("1").sees("Locked", FIRST, TELL)
        assert str(ITEMS[1].text) not in person.screen
        since = len(person.raw)
        for keys in (ESC + ESC, CTRL_C, "b" + ENTER, CTRL_D):
            person.press(keys).reads_on()
        person.press("wrong", ENTER).sees("That is not the passphrase")
        assert str(ITEMS[1].text).encode() not in person.raw[since:]
        person.press(PASSPHRASE, ENTER).sees("2 of 12")
        shows_no_secret(person)


def test_at_forty_columns_the_hand_back_still_says_all_of_it(path: Path) -> None:
    with client(path, columns=40) as person:
        person.press(CTRL_C).sees(HAND_BACK, FIRST, TELL, "unlock, for who gave you this")
        person.press("b").sees("Enter begin")
