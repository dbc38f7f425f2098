"""Nothing but the passphrase opens a lock."""

from __future__ import annotations

import pytest

from moodcheck.errors import IOFailed
from moodcheck.history.session.lock import Lock
from moodcheck.terminal.page import Page
from moodcheck.terminal.reader import Echo, Entry, IsInstant, Key, LineEditor
from moodcheck.terminal.signals import LeftAtOnce
from tests.shipped import LANGUAGE
from tests.unit.terminal.fakes import RememberingView, ScriptedReader, talk

RIGHT = "the right one"


class Leaves(ScriptedReader):
    """Presses Esc twice wherever the script says LEFT."""

    def entry(self, is_instant: IsInstant, echo: Echo, line: LineEditor) -> Entry:
        entry = super().entry(is_instant, echo, line)
        if entry is Key.LEFT:
            raise LeftAtOnce
        return entry


def lock(*script: Entry, is_handed_over: bool = True) -> tuple[Lock, RememberingView]:
    dialogue, view, _reader = talk()
    dialogue._reader = Leaves(list(script))
    dialogue.is_handed_over = is_handed_over
    return Lock(dialogue, lambda typed: typed == RIGHT, lambda: 0), view


def said(page: Page) -> str:
    return "\n".join(page.texts())


def test_a_client_has_no_way_past_it() -> None:
    tried: list[Entry] = [Key.LEFT, "wrong", Key.ENTER, Key.END, Key.LEFT, "q", RIGHT]
    locked, view = lock(*tried)
    locked.wait_until_opened()

    assert len(view.shown) == len(tried)

    assert view.times_cleared == 1
    asked = f"{LANGUAGE.hand_over.hand_back}\nLocked"
    assert all(said(page).startswith(asked) for page in view.shown)
    assert LANGUAGE.hand_over.tells_no_one in said(view.shown[0])


def test_a_client_who_went_idle_is_asked_to_hand_it_back_and_may_go_on() -> None:
    locked, view = lock("b")
    locked.went_idle()
    assert LANGUAGE.hand_over.going_idle in said(view.shown[0])
    assert view.times_cleared == 1

    locked, view = lock("u", RIGHT)
    with pytest.raises(LeftAtOnce):
        locked.went_idle()
    assert locked.wait_until_handed_back()  # asked for the passphrase at once, not once more


def test_a_counselor_may_leave_it() -> None:
    locked, _view = lock("wrong", Key.LEFT, is_handed_over=False)

    with pytest.raises(LeftAtOnce):
        locked.wait_until_opened()


def test_a_hand_back_clears_first_and_ends_by_the_passphrase_alone() -> None:
    script: list[Entry] = [
        Key.LEFT,
        "q",
        Key.END,
        "u",
        "wrong",
        Key.ENTER,
        "u",
        Key.LEFT,
        "u",
        RIGHT,
    ]
    locked, view = lock(*script)

    assert locked.wait_until_handed_back()
    assert view.times_cleared == 1
    assert LANGUAGE.hand_over.hand_back in said(view.shown[0])


def test_a_client_may_go_on_from_the_hand_back() -> None:
    locked, _view = lock("b")

    assert not locked.wait_until_handed_back()


def test_a_history_that_cannot_be_read_stays_locked_and_says_why() -> None:
    def opens(typed: str) -> bool:
        if typed == RIGHT:
            return True
        raise IOFailed("The disk is gone")

    dialogue, view, _reader = talk("u", "something", RIGHT)
    locked = Lock(dialogue, opens, lambda: 0)
    assert locked.wait_until_handed_back()
    assert locked.wrong_tries() == 0
    assert "The disk is gone" in said(view.shown[-1])


def test_every_wrong_passphrase_is_counted_until_somebody_asks() -> None:
    locked, _view = lock("u", "wrong", Key.ENTER, "u", "wrong", "wrong", RIGHT)
    locked.wait_until_handed_back()

    assert locked.wrong_tries() == 3
    assert locked.wrong_tries() == 0


def test_what_is_typed_before_its_time_is_not_tried() -> None:
    dialogue, view, _reader = talk(RIGHT, RIGHT, RIGHT)
    waits, tried = [2.4, 1.2, 0.0], []

    def opens(typed: str) -> bool:
        tried.append(typed)
        return True

    Lock(dialogue, opens, lambda: waits.pop(0)).wait_until_opened()

    assert tried == [RIGHT]
    assert "Wait 3 seconds before the next try." in said(view.shown[1])
    assert "Wait 2 seconds before the next try." in said(view.shown[2])
