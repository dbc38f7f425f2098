"""What a counselor does with a sitting from the command line, in the real store."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from moodcheck.core.administration import administer
from moodcheck.history.record import Acknowledgement, AuditAction, Record, SittingMode
from moodcheck.history.store.store import EncryptedStore, make_store, open_store
from tests.shipped import SYMPTOMS, TAKEN_AT

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Ran, Run

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own
CRITICAL = SYMPTOMS.critical[0].item
NOTHING = dict.fromkeys((item.id for item in SYMPTOMS.items), 0)
SECRET = "SECRET-9"  # noqa: S105 - a client code


class Typed(io.StringIO):
    """What somebody types at a terminal."""

    def isatty(self) -> bool:
        return True


class History:
    """A real store with three sittings, and the command line on it."""

    def __init__(self, path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path, self._run, self._monkeypatch = path, run, monkeypatch
        with make_store(path, PASSPHRASE, TAKEN_AT) as store:
            self.alert = self._kept(store, "C-014", {CRITICAL: 2, "unreal": 1})
            self.calm = self._kept(store, "C-014", {CRITICAL: 0})
            self.other = self._kept(store, SECRET, {CRITICAL: 1})

    @staticmethod
    def _kept(store: EncryptedStore, client: str, given: dict[str, int]) -> str:
        record = store.begin(client, SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)
        answers = NOTHING | given
        for item, answer in answers.items():
            store.put(record, item, answer, TAKEN_AT)
        store.finish(record, administer(SYMPTOMS, answers, taken_at=TAKEN_AT), TAKEN_AT)
        return record

    def __call__(self, *arguments: str, typed: str | None = None) -> Ran:
        """Run `history …`; what is typed is typed at a terminal."""
        reading, writing = os.pipe()
        os.write(writing, f"{PASSPHRASE}\n".encode())
        os.close(writing)
        self._monkeypatch.setenv("MOODCHECK_STORE", str(self.path))
        self._monkeypatch.setattr(sys, "stdin", io.StringIO() if typed is None else Typed(typed))
        try:
            return self._run("history", *arguments, "--passphrase-fd", str(reading))
        finally:
            os.close(reading)

    def record(self, name: str) -> Record:
        with open_store(self.path, PASSPHRASE) as store:
            return store.record(name)

    def actions(self) -> list[AuditAction]:
        with open_store(self.path, PASSPHRASE) as store:
            return [entry.action for entry in store.audit()]


@pytest.fixture
def history(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    monkeypatch.setenv("MOODCHECK_REGION", "GB")
    return History(tmp_path / "history.db", run, monkeypatch)


def seen(record: Record) -> dict[str, Acknowledgement | None]:
    return {entry.item: entry.acknowledgement for entry in record.critical}


def said(ran: Ran) -> str:
    return " ".join(ran.talk.split())


def test_what_waits_is_acknowledged_one_by_one_with_what_was_done(history: History) -> None:
    typed = "AB\n\n\n\n\n\nWent to see her\nher GP\n\n\nMonday at nine\n\nCalled the ward\n\n\n\n\n"
    ran = history("acknowledge", history.alert[:6], typed=typed)

    assert ran.code == 0
    # None of five lines said anything, so they were asked for again.
    assert ran.talk.count("Spoken with: ") == 3
    assert ran.talk.count("Your initials: ") == 1
    assert "Please fill in at least one line." in ran.talk
    assert "To close it: moodcheck session start C-014" in said(ran)
    death, unreal = seen(history.record(history.alert)).values()
    assert death is not None
    assert unreal is not None
    assert (death.initials, death.action, death.spoken_with) == ("AB", "Went to see her", "her GP")
    assert (death.told, death.plan, death.next_contact) == ("", "", "Monday at nine")
    assert (unreal.initials, unreal.action) == ("AB", "Called the ward")
    shown = " ".join(history("show", history.alert[:6], "--plain").output.split())
    assert "Went to see her. Spoken with: her GP. Next contact: Monday at nine." in shown
    assert "NOT ACKNOWLEDGED" not in shown
    document = json.loads(history("show", history.alert[:6], "--format", "json").output)
    assert document["critical"][0]["acknowledgement"]["next_contact"] == "Monday at nine"


def test_the_same_follow_up_holds_for_several_answers_when_that_is_said(history: History) -> None:
    ran = history("acknowledge", history.alert, typed="AB\nWent to see her\n\n\n\n\ny\n")

    assert ran.code == 0
    death, unreal = seen(history.record(history.alert)).values()
    assert death is not None
    assert unreal is not None
    assert death.action == unreal.action == "Went to see her"


def test_a_script_names_who_and_what_and_nothing_is_asked(history: History) -> None:
    bare = history("acknowledge", history.alert)
    assert (bare.code, "--initials" in bare.talk) == (2, True)
    silent = history("acknowledge", history.alert, "--initials", "AB")
    assert (silent.code, "--action" in silent.talk) == (2, True)
    assert set(seen(history.record(history.alert)).values()) == {None}

    one = history("acknowledge", history.alert, CRITICAL, "--initials", "AB", "--told", "the GP")
    assert (one.code, "Something else in this sitting" in said(one)) == (0, True)
    again = history("acknowledge", history.alert, CRITICAL, "--initials", "CD", "--action", "x")
    assert (again.code, "already acknowledged by AB" in said(again)) == (2, True)
    wrong = history("acknowledge", history.alert, "sleep", "--initials", "CD", "--action", "x")
    assert (wrong.code, "Use one of: unreal" in said(wrong)) == (2, True)
    long = history("acknowledge", history.alert, "--initials", "ABCDEFGHI", "--action", "x")
    assert (long.code, "1 to 8 characters" in said(long)) == (2, True)
    rest = history("acknowledge", history.alert, "--initials", "AB", "--plan", "a visit")
    assert (rest.code, "All of it is acknowledged" in said(rest)) == (0, True)
    nothing = history("acknowledge", history.calm, "--initials", "AB", "--action", "x")
    assert (nothing.code, "Nothing in this sitting waits" in said(nothing)) == (0, True)
    assert history.actions().count(AuditAction.ACKNOWLEDGED) == 2


def test_a_note_is_of_the_sitting_or_of_an_item_and_is_never_lost_unasked(history: History) -> None:
    assert history("note", history.calm, "Came late").code == 0
    assert history("note", history.calm[:6], "sleep", "New baby at home").code == 0
    refused = history("note", history.calm, "sleep", "Another")
    assert (refused.code, "--replace" in refused.talk) == (2, True)
    assert history("note", history.calm, "slep", "x").code == 2
    assert history("note", history.calm, "sleep", "x" * 2_001).code == 2
    assert history("note", history.calm, "a", "b", "c").code == 2

    kept = history.record(history.calm)
    assert (kept.note, dict(kept.notes)) == ("Came late", {"sleep": "New baby at home"})
    shown = " ".join(history("show", history.calm, "--plain").output.split())
    assert "Notes: This sitting: Came late" in shown
    assert "Sleep: New baby at home" in shown

    assert history("note", history.calm, "sleep", "-", "--replace", typed="Typed\n").code == 0
    assert dict(history.record(history.calm).notes) == {"sleep": "Typed"}
    gone = history("note", history.calm, "sleep", "", "--replace")
    assert (gone.code, "taken away" in gone.talk) == (0, True)
    assert dict(history.record(history.calm).notes) == {}


def test_what_is_shown_for_the_client_has_no_note_and_no_follow_up(history: History) -> None:
    written = ("a note of mine", "what I did", "my item note")
    history("note", history.alert, written[0])
    history("note", history.alert, "sleep", written[2])
    history("acknowledge", history.alert, CRITICAL, "--initials", "QX", "--action", written[1])
    for form in ("plain", "rich", "json"):
        whole = history("show", history.alert, "--format", form)
        ran = history("show", history.alert, "--format", form, "--for-client")

        assert ran.code == 0
        assert all(text in " ".join(whole.output.split()) for text in written)
        for text in (*written, "QX", "ACKNOWLEDGED", "acknowledge", history.alert[:6], "C-014"):
            assert text not in ran.output, form
        assert SECRET not in ran.output + ran.talk
        assert "not a diagnosis" in ran.output


def test_a_move_says_from_whom_to_whom_and_waits_for_the_code(history: History) -> None:
    slip = history("move", history.calm[:6], "c-020", typed="y\n")
    assert (slip.code, "Nothing was moved." in slip.talk) == (2, True)
    assert "from C-014 to c-020. There is no client c-020 yet. Type 'c-020'" in said(slip)
    assert history.record(history.calm).client == "C-014"

    assert history("move", history.calm, "C-020", typed="c-020\n").code == 0
    back = history("move", history.calm, "c-014", "--yes")
    assert (back.code, "from C-020 to C-014." in said(back)) == (0, True)
    assert "Type '" not in back.talk
    same = history("move", history.calm, "c-014")
    assert (same.code, "already filed under C-014" in said(same)) == (0, True)
    assert history.actions().count(AuditAction.MOVED) == 2


def test_a_client_is_renamed_after_the_new_code_was_typed(history: History) -> None:
    slip = history("rename-client", "c-014", "C-114", typed="\n")
    assert (slip.code, "Nothing was renamed." in slip.talk) == (2, True)
    assert "This renames C-014 to C-114, with 2 sittings." in said(slip)
    taken = history("rename-client", "C-014", SECRET.lower(), "--yes")
    assert (taken.code, "history move" in taken.talk) == (2, True)
    assert history("rename-client", "me", "C-1", "--yes").code == 2
    assert history("rename-client", "C-014", "me", "--yes").code == 2

    assert history("rename-client", "C-014", "C-114", typed="c-114\n").code == 0
    assert history.record(history.calm).client == "C-114"
    assert history("trend", "--client", "c-114").code == 0


def test_an_interval_is_set_and_taken_away(history: History) -> None:
    assert "C-014 should have a sitting every 14 days." in said(history("interval", "C-014", "14"))
    with open_store(history.path, PASSPHRASE) as store:
        assert {one.code: one.every_days for one in store.overview()}["C-014"] == 14
    assert "no interval any more" in said(history("interval", "c-014", "0"))
    assert history("interval", "C-014", "4000").code == 2
    assert history("interval", "C-999", "7").code == 66


def test_ids_are_short_in_lists_and_what_is_looked_at_is_in_the_audit(history: History) -> None:
    listed = history("list", "--client", "c-014", "--plain")
    assert history.alert[:6] in listed.output
    assert history.alert[:7] not in listed.output
    assert history("trend", "--client", "C-014").code == 0
    assert history("show", history.alert[:6].upper()).code == 0

    looked = [one for one in history.actions() if one in {"listed", "shown", "trend_shown"}]
    assert looked == [AuditAction.LISTED, AuditAction.TREND_SHOWN, AuditAction.SHOWN]


def test_no_command_with_a_client_shows_anything_of_another(history: History) -> None:
    for command in (
        ["show", history.calm], ["note", history.calm, "x"], ["interval", "C-014", "7"],
        ["move", history.calm, "C-020", "--yes"], ["rename-client", "C-020", "C-021", "--yes"],
        ["acknowledge", history.alert, "--initials", "A", "--action", "x"],
    ):  # fmt: skip
        ran = history(*command)
        assert ran.code == 0, ran.talk
        assert SECRET not in ran.talk + ran.output
        assert re.search("of (another client is|other clients are) waiting", said(ran)), command
