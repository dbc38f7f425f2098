"""Several questionnaires in one session: one hand-over, one closing view, and two sittings."""

from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck import api
from moodcheck.core.wording import PLACEHOLDER
from moodcheck.history.record import RecordState
from moodcheck.loading.questionnaire_copy import questionnaire_copy
from tests.functional.person import ENTER, Person
from tests.functional.stored import PASSPHRASE, history, records, somebody
from tests.in_process import run
from tests.shipped import LANGUAGE, SYMPTOMS

PHQ_9 = api.load("phq-9")
WORDS = "Words of mine"
CRITICAL = [one.item for one in PHQ_9.critical]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A history beside a folder of one's own, with the wording of a second questionnaire."""
    own = tmp_path / "own"
    own.mkdir(mode=0o700)
    text = questionnaire_copy(PHQ_9, PHQ_9.id).replace(PLACEHOLDER, WORDS)
    (own / "phq-9.yaml").write_text(text, encoding="utf-8")
    return history(tmp_path)


def starts(path: Path, options: str) -> Person:
    own = str(path.parent / "own")
    return somebody(
        path, f"session start C-014 {options}", columns=90, rows=90, MOODCHECK_QUESTIONNAIRES=own
    )


def test_one_hand_over_and_one_closing_view_for_several_questionnaires(path: Path) -> None:
    with starts(path, "--with phq-9 --hand-over") as person:
        person.sees("A new client?").press("y").sees("I will read the answers").press("y")
        person.sees("Enter begin").press(ENTER).sees("1 of 12").press("0" * 12)
        person.sees("for your visit").press("f").sees("done, go on to the next questions")
        assert "hand back" not in person.view.partition("next questions")[0]
        person.press("v")
        # The second follows at once: the keyboard is not handed back in between.
        person.sees(WORDS, "One more set of questions").press(ENTER)
        person.sees("1 of 9", f"“{WORDS}”").press("00000000", "2")
        person.sees("go on").press("g")
        assert LANGUAGE.hand_over.hand_back not in person.view
        person.sees("One short question for your visit").press("f").sees("done, hand back").press(
            "v"
        )
        # The advice of both, and then the keyboard goes back.
        person.sees("Enter").press(ENTER).sees(LANGUAGE.hand_over.hand_back)
        person.press("u").sees("Type the passphrase").press(PASSPHRASE, ENTER)
        person.sees("Needs your attention first", "Enter go on").press(ENTER)
        person.sees("NOT ACKNOWLEDGED", "note on a sitting", SYMPTOMS.title, WORDS)
        person.press("n").sees("Which of them is the note about?", SYMPTOMS.title, WORDS)
        person.press("2", ENTER).sees("A note on: ").press("by herself", ENTER)
        person.sees("note on a sitting").press("q")
        person.ends()

    first, second = records(path, "C-014")
    assert [one.administration.questionnaire.id for one in (first, second)] == [
        "symptoms",
        "phq-9",
    ]
    assert [one.state for one in (first, second)] == [RecordState.ANSWERED] * 2
    assert first.unacknowledged == ()
    assert [entry.item for entry in second.unacknowledged] == CRITICAL
    assert [one.note for one in (first, second)] == ["", "by herself"]


def test_alerts_of_both_questionnaires_are_acknowledged_and_both_close_together(path: Path) -> None:
    to_the_alert = "0" * [item.id for item in SYMPTOMS.items].index("death_thoughts")
    with starts(path, "--with phq-9 --hand-over") as person:
        person.sees("A new client?").press("y").sees("I will read the answers").press("y")
        person.sees("Enter begin").press(ENTER).sees("1 of 12").press(to_the_alert, "2")
        person.sees("go on").press("g").sees("12 of 12").press("0").sees("for your visit")
        person.press("f").sees("done, go on to the next questions").press("v")
        person.sees("One more set of questions").press(ENTER).sees("1 of 9").press("00000000", "3")
        person.sees("go on").press("g").sees("One short question").press("f")
        person.sees("done, hand back").press("v").sees("Thank you for answering").press(ENTER)
        person.sees(LANGUAGE.hand_over.hand_back).press("u").sees("Type the passphrase")
        person.press(PASSPHRASE, ENTER).sees("Needs your attention first", "Enter go on")
        person.press(ENTER).sees("note on a sitting").press("c").sees("Please use one of")
        person.press("a").sees("Who has seen this?").press("AB", ENTER).sees("What was done?")
        person.press("Spoken with her", ENTER).sees("Fill in").press(ENTER).sees("c close it")
        assert "NOT ACKNOWLEDGED" not in person.view
        person.press("c")
        assert person.ends() == 0
        assert "NOT ACKNOWLEDGED" not in person.view
    kept = records(path, "C-014")
    assert [one.state for one in kept] == [RecordState.CLOSED] * 2
    seen = [entry.acknowledgement for one in kept for entry in one.critical]
    assert [(one.initials, one.action) for one in seen if one] == [("AB", "Spoken with her")] * 2
    assert len(seen) == 2
    with somebody(path, "session today") as person:
        assert person.sees("Nobody is waiting. 2 clients in all.").ends() == 0
    with somebody(path, "session list") as person:
        assert person.sees("2 clients", "C-014: 2 sittings").ends() == 0
        assert "NOT ACKNOWLEDGED" not in person.view


def test_what_cannot_be_asked_is_refused_before_the_session_begins(path: Path) -> None:
    for options, said in (
        ("--with symptoms", "'symptoms' is named twice"),
        ("--with nothere", "no questionnaire 'nothere'"),
    ):
        with starts(path, options) as person:
            assert person.sees(said).ends() in {2, 66}
    assert records(path, "C-014") == ()
    ran = run("moodcheck session start C-014 --with phq-9", cwd=path.parent)
    assert ran.code != 0
