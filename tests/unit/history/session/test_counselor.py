"""A session whose disk is full: help is shown, the client is let out, and nothing is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import pytest

from moodcheck.checkin.asker import TerminalAsker
from moodcheck.checkin.sitting import Keyboard, Person
from moodcheck.errors import IOFailed
from moodcheck.history.record import RecordState, SittingMode
from moodcheck.history.session.counselor import CounselorSession, SessionServices
from moodcheck.report.document import Option
from moodcheck.terminal.reader import Entry, Key
from tests.fakes import ForgetfulStore
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT, summary_of
from tests.unit.terminal.fakes import RememberingView, panel, talk

ITEMS = SYMPTOMS.items
NUMBER = next(n for n, item in enumerate(ITEMS, 1) if item.id == SYMPTOMS.critical[0].item)


class GuardedKeyboard:
    """A keyboard that remembers whether it was guarded."""

    is_guarded = False

    @contextmanager
    def guarded(self) -> Iterator[None]:
        self.is_guarded = True
        yield
        self.is_guarded = False


def conducted(
    store: ForgetfulStore, mode: SittingMode, *script: Entry
) -> tuple[CounselorSession, RememberingView]:
    dialogue, view, _reader = talk("y", "y" if mode is SittingMode.HAND_OVER else Key.ENTER,
                                   *script)  # fmt: skip
    asker = TerminalAsker(dialogue, to_plain=lambda: view)
    keyboard = cast("Keyboard", GuardedKeyboard())
    person = Person(dialogue, asker, keyboard)
    means = SessionServices(
        store,
        lambda typed: typed == "right",
        lambda: 0,
        lambda: TAKEN_AT,
        summary_of,
        lambda _sitting, name: f"Written to {name}",
        5,
    )
    return CounselorSession(person, means), view


def test_a_full_disk_after_an_alert_shows_help_then_the_hand_back_and_then_says_so() -> None:
    store = ForgetfulStore()
    answers: list[Entry] = [Key.ENTER, *"0" * (NUMBER - 1), "2", "g", "u", "right", Key.ENTER, "l"]
    session, view = conducted(store, SittingMode.HAND_OVER, *answers)
    put = store.put

    def put_until_the_alert(record: str, item: str, given: int | str, at: object) -> None:
        store.is_full = item == SYMPTOMS.critical[0].item
        put(record, item, given, TAKEN_AT)
        del at

    store.put = put_until_the_alert  # type: ignore[method-assign]
    with pytest.raises(IOFailed):
        session.conduct("C-014", [SYMPTOMS], SittingMode.HAND_OVER)

    shown = [page.texts() for page in view.shown]
    help_at = next(n for n, page in enumerate(shown) if page[0] == LANGUAGE.help.title)
    assert LANGUAGE.hand_over.tells_no_one in shown[help_at]
    assert shown[help_at + 1][0] == LANGUAGE.hand_over.hand_back
    assert store.records("C-014")[0].state is RecordState.OPEN


def test_what_a_full_disk_did_not_take_is_shown_written_elsewhere_or_given_up() -> None:
    store = ForgetfulStore()
    session, view = conducted(store, SittingMode.READ_ALOUD, "1", "t", "w", "here", Key.ENTER, "l")
    store.is_full = True
    with pytest.raises(IOFailed):
        session.conduct("C-014", [SYMPTOMS], SittingMode.READ_ALOUD)

    assert view.headings.count("Not saved") == 3
    not_saved = view.shown[-1].texts()
    label = SYMPTOMS.option(ITEMS[0].id, 1).label
    assert f"  {ITEMS[0].label}: 1 ({label})" in not_saved
    assert any(page.texts()[0] == "Written to here" for page in view.shown)
    assert store.records("C-014")[0].administration.answers == {}


def test_what_a_full_disk_did_not_take_is_saved_when_there_is_room_again() -> None:
    store = ForgetfulStore()
    session, _view = conducted(store, SittingMode.READ_ALOUD, "1", "t", "q", "l")
    put, tries = store.put, []

    def put_later(record: str, item: str, given: int | str, at: object) -> None:
        tries.append(given)
        store.is_full = len(tries) == 1
        put(record, item, given, TAKEN_AT)
        del at

    store.put = put_later  # type: ignore[method-assign]
    session.conduct("C-014", [SYMPTOMS], SittingMode.READ_ALOUD)

    assert store.records("C-014")[0].administration.answers == {ITEMS[0].id: 1}


def test_several_questionnaires_have_one_hand_over_and_one_closing_view() -> None:
    store = ForgetfulStore()
    second = SYMPTOMS.model_copy(update={"id": "second", "title": "A second one"})
    answers: list[Entry] = [Key.ENTER, *"0" * 12, "f", "v"]
    session, view = conducted(
        store, SittingMode.HAND_OVER, *answers, *answers, Key.ENTER, "u", "right", "c"
    )
    kept = session.conduct("C-014", [SYMPTOMS, second], SittingMode.HAND_OVER)

    assert [one.state for one in kept] == [RecordState.CLOSED] * 2
    assert view.headings.count(LANGUAGE.hand_over.hand_back) == 1
    last = view.shown[-1].texts()
    at = "2026-11-24 09:30"
    assert [text for text in last if text.endswith(at)] == [
        f"{SYMPTOMS.title}, {at}",
        f"A second one, {at}",
    ]
    numbers = [one.key for one in view.shown[-1].blocks if isinstance(one, Option)]
    assert numbers == [str(n) for n in range(1, 2 * len(SYMPTOMS.all_items) + 1)]


def test_a_mistake_of_ours_in_a_hand_over_leads_to_the_hand_back_as_well() -> None:
    store = ForgetfulStore()
    session, view = conducted(store, SittingMode.HAND_OVER, Key.ENTER, "0", "u", "right")

    def broken(*_given: object) -> None:
        raise ZeroDivisionError

    store.put = broken  # type: ignore[assignment,method-assign]
    with pytest.raises(ZeroDivisionError):
        session.conduct("C-014", [SYMPTOMS], SittingMode.HAND_OVER)

    assert LANGUAGE.hand_over.hand_back in view.headings


def test_what_is_shown_to_a_client_never_holds_the_counselors_closing_view() -> None:
    store = ForgetfulStore()
    session, view = conducted(
        store, SittingMode.HAND_OVER, Key.ENTER, *"0" * 12, "f", "v", Key.ENTER, "u", "right", "c"
    )
    (record,) = session.conduct("C-014", [SYMPTOMS], SittingMode.HAND_OVER)

    assert record.state is RecordState.CLOSED
    headings = view.headings
    unlocked = headings.index("For the person who gave this to you")
    before = [text for page in view.shown[2:unlocked] for text in page.texts()]
    assert "Since last time" not in before
    assert panel().act_now in before
