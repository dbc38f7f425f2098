"""A sitting that is kept goes on, is compared, and loses nothing that was committed."""

from __future__ import annotations

import pytest

from moodcheck.checkin.walkthrough import AfterStop, Move
from moodcheck.core.administration import Unanswered
from moodcheck.errors import IOFailed, UsageError
from moodcheck.history import follow_up, sittings
from moodcheck.history.client_code import OWN, counselors_code
from moodcheck.history.record import Record, RecordState, SittingMode
from moodcheck.history.sittings import KeptSitting, OwnSitting
from tests.fakes import ForgetfulStore
from tests.shipped import SYMPTOMS, TAKEN_AT, answered
from tests.unit.checkin.test_walkthrough import CRITICAL, ITEMS, NUMBER, ScriptedAsker, zeros


def own(store: ForgetfulStore) -> OwnSitting:
    return OwnSitting(store, lambda: TAKEN_AT, SYMPTOMS, began=TAKEN_AT)


def begun(store: ForgetfulStore, client: str = "C-014", *, state: str = "closed") -> Record:
    record = store.begin(client, SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)
    if state != "open":
        store.finish(record, answered(**{CRITICAL: 0}), TAKEN_AT)
    if state == "closed":
        store.close(record, TAKEN_AT)
    return store.record(record)


def test_an_own_sitting_begins_with_its_first_answer_and_closes_with_its_end() -> None:
    store = ForgetfulStore()
    asker = ScriptedAsker([Move.STOP, AfterStop.LEAVE])
    assert own(store).run(asker) is None
    assert store.records() == ()

    sitting = own(store)
    administration = sitting.run(ScriptedAsker([1, Move.SKIP, Move.STOP, AfterStop.SUMMARY]))
    (record,) = store.records(OWN)
    assert record.administration == administration
    assert record.state is RecordState.CLOSED
    assert record.administration.unanswered[ITEMS[2]] is Unanswered.NOT_REACHED


def test_an_own_sitting_that_broke_off_is_found_and_gone_on_with() -> None:
    store = ForgetfulStore()
    assert own(store).run(ScriptedAsker([1, 2, Move.STOP, AfterStop.LEAVE])) is None
    broken_off = sittings.own_unfinished(store, SYMPTOMS)
    assert broken_off is not None

    sitting = own(store)
    sitting.resume(broken_off)
    asker = ScriptedAsker([3])
    administration = sitting.run(asker)
    assert asker.calls[0] == f"ask {ITEMS[2]}"
    assert administration is not None
    assert administration.answers == {ITEMS[0]: 1, ITEMS[1]: 2, ITEMS[2]: 3}
    assert sittings.own_unfinished(store, SYMPTOMS) is None


def test_an_own_sitting_of_other_words_is_not_gone_on_with() -> None:
    store = ForgetfulStore()
    own(store).run(ScriptedAsker([1, Move.STOP, AfterStop.LEAVE]))

    changed = SYMPTOMS.model_copy(update={"version": "1.0.1"})
    assert sittings.own_unfinished(store, changed) is None


def test_a_full_disk_is_told_at_once_after_help_and_the_walk_can_go_on_without() -> None:
    store = ForgetfulStore()
    sitting = own(store)
    asker = ScriptedAsker([*zeros(NUMBER - 1), 0])
    store.is_full = True
    sitting.given = dict.fromkeys(ITEMS[:NUMBER], 0)
    asker.script = [2, True]
    with pytest.raises(IOFailed):
        sitting.run(asker)
    assert asker.calls == [f"ask {CRITICAL}", "help"]

    again = ScriptedAsker()
    administration = sitting.run(again)
    assert isinstance(sitting.failure, IOFailed)
    assert again.calls[:2] == ["help", f"ask {ITEMS[NUMBER + 1]}"]
    assert administration is not None
    assert administration.answers[CRITICAL] == 2


def test_saving_at_the_end_keeps_everything_and_its_alert() -> None:
    store = ForgetfulStore()
    sitting = answered(**{CRITICAL: 2, "own_words": "To rest", "sleep": "declined"})
    sittings.save_whole(store, sitting, lambda: TAKEN_AT)

    (record,) = store.records(OWN)
    assert record.administration == sitting
    assert record.critical[0].alerted == 2


@pytest.mark.parametrize("later", [0, "skipped"])
def test_saving_at_the_end_keeps_an_alert_that_was_changed_later(later: int | str) -> None:
    store = ForgetfulStore()
    sitting = answered(**{CRITICAL: later})
    sittings.save_whole(store, sitting, lambda: TAKEN_AT, alerts={CRITICAL: 2})

    (record,) = store.records(OWN)
    assert record.administration == sitting
    assert record.critical[0].alerted == 2


def test_what_was_given_so_far_leaves_out_what_was_not_reached() -> None:
    sitting = answered(low_mood=1, sleep="declined", own_words="Rest", eating="not_reached")

    given = sittings.given_so_far(sitting)
    assert given["low_mood"] == 1
    assert given["sleep"] is Unanswered.DECLINED
    assert given["own_words"] == "Rest"
    assert "eating" not in given


def test_the_previous_sitting_is_the_last_that_is_over_and_means_the_same() -> None:
    store = ForgetfulStore()
    first = begun(store)
    begun(store, "D-1")
    begun(store, state="open")
    other = SYMPTOMS.model_copy(update={"version": "3.0.0"})
    store.begin("C-014", other, SittingMode.READ_ALOUD, TAKEN_AT)
    now = begun(store, "c-014")

    assert sittings.previous(store, now) == first
    assert sittings.previous(store, first) is None
    assert sittings.kept_apart(store, now) is None


def test_what_was_asked_under_the_same_id_and_scored_differently_is_kept_apart() -> None:
    store = ForgetfulStore()
    first = begun(store)
    copy = SYMPTOMS.model_copy(update={"critical": ()})
    now = store.record(store.begin("C-014", copy, SittingMode.READ_ALOUD, TAKEN_AT))

    assert sittings.previous(store, now) is None
    assert sittings.kept_apart(store, now) == first.administration.questionnaire
    assert sittings.kept_apart(store, first) is None


def test_what_is_not_closed_is_found_latest_first() -> None:
    store = ForgetfulStore()
    begun(store)
    broken_off, not_closed = begun(store, state="open"), begun(store, state="answered")

    assert sittings.unfinished(store, "c-014") == (not_closed, broken_off)


@pytest.mark.parametrize("code", ["me", "ME", "a b", "", "x" * 65])
def test_a_persons_own_code_and_no_code_are_no_clients(code: str) -> None:
    with pytest.raises(UsageError):
        counselors_code(code)


def test_notes_initials_and_actions_have_their_length() -> None:
    store = ForgetfulStore()
    kept = KeptSitting(store, lambda: TAKEN_AT, begun(store, state="open"))

    with pytest.raises(UsageError):
        kept.note("sleep", "x" * (follow_up.LONGEST_TEXT + 1))
    with pytest.raises(UsageError):
        follow_up.initials("ABCDEFGHI")
    with pytest.raises(UsageError):
        follow_up.follow_up_text("x" * (follow_up.LONGEST_TEXT + 1))
