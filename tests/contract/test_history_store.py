"""What use cases rely on in a `HistoryStore`: the same of the encrypted one and of the fake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from moodcheck.core.administration import Unanswered, administer
from moodcheck.errors import InputNotFound, UsageError
from moodcheck.history.port import HistoryStore
from moodcheck.history.record import (
    Acknowledgement,
    AuditAction,
    CriticalEntry,
    Import,
    RecordState,
    SittingMode,
)
from moodcheck.history.store.store import make_store, open_store
from tests.fakes import ForgetfulStore
from tests.shipped import SYMPTOMS, TAKEN_AT, answered

PASSPHRASE = "only a test"  # noqa: S105 - a test's own
CRITICAL = SYMPTOMS.critical[0].item
SEEN = Acknowledgement("AB", TAKEN_AT + timedelta(hours=1), "Called her GP")
CAME = Import("", TAKEN_AT, "history.json", "", ())
NOT_REACHED = Unanswered.NOT_REACHED


@pytest.fixture(params=["encrypted", "in memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[HistoryStore]:
    if request.param == "in memory":
        yield ForgetfulStore()
        return
    path = tmp_path / "history.db"
    path.touch(0o600)
    path.write_bytes(new_history())
    with open_store(path, PASSPHRASE) as encrypted:
        yield encrypted


@cache
def new_history() -> bytes:
    """Return a history in which nothing was done yet, made once: its key takes its time."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        make_store(path, PASSPHRASE, TAKEN_AT).close_file()
        return path.read_bytes()


def later(minutes: int) -> datetime:
    return TAKEN_AT + timedelta(minutes=minutes)


def begun(
    store: HistoryStore, mode: SittingMode = SittingMode.READ_ALOUD, client: str = "C-014"
) -> str:
    return store.begin(client, SYMPTOMS, mode, TAKEN_AT)


def critical(store: HistoryStore, record: str) -> CriticalEntry:
    (entry,) = store.record(record).critical
    return entry


def test_a_record_begins_open_with_nothing_reached(store: HistoryStore) -> None:
    record = store.record(begun(store))

    assert (record.state, record.client, record.critical) == (RecordState.OPEN, "C-014", ())
    assert set(record.administration.unanswered.values()) == {NOT_REACHED}
    assert record.administration.taken_at == TAKEN_AT
    assert record.administration.questionnaire == SYMPTOMS


def test_what_was_put_is_there_and_what_is_put_again_replaces_it(store: HistoryStore) -> None:
    record = begun(store)
    for item, given in (
        ("low_mood", 1), ("sleep", Unanswered.DECLINED), ("own_words", "To rest"), ("low_mood", 3),
    ):  # fmt: skip
        store.put(record, item, given, later(1))

    sitting = store.record(record).administration
    assert sitting.answers == {"low_mood": 3}
    assert sitting.words == {"own_words": "To rest"}
    assert sitting.unanswered["sleep"] is Unanswered.DECLINED
    assert sitting.unanswered["eating"] is NOT_REACHED


def test_an_answer_can_be_taken_back(store: HistoryStore) -> None:
    record = begun(store)
    store.put(record, "low_mood", 1, later(1))
    store.put(record, "low_mood", Unanswered.SKIPPED, later(2))

    assert store.record(record).administration.answers == {}


@pytest.mark.parametrize("changed_to", [0, Unanswered.SKIPPED, 1])
def test_an_alert_stays_known_whatever_it_becomes(
    store: HistoryStore, changed_to: int | Unanswered
) -> None:
    record = begun(store)
    store.put(record, CRITICAL, 2, later(1))
    store.put(record, CRITICAL, changed_to, later(2))

    entry = critical(store, record)
    assert (entry.alerted, entry.now, entry.raised_at) == (2, changed_to, later(1))
    assert store.unacknowledged() == (store.record(record),)


def test_an_answer_below_an_alert_raises_nothing(store: HistoryStore) -> None:
    record = begun(store)
    store.put(record, CRITICAL, 0, later(1))

    assert store.record(record).critical == ()


@pytest.mark.parametrize("reason", [Unanswered.SKIPPED, NOT_REACHED, Unanswered.DECLINED])
def test_a_critical_item_without_an_answer_is_entered_when_the_sitting_ends(
    store: HistoryStore, reason: Unanswered
) -> None:
    record = begun(store)
    store.finish(record, answered(**{CRITICAL: reason}), later(1))

    entry = critical(store, record)
    assert (entry.alerted, entry.now, entry.acknowledgement) == (None, reason, None)
    assert store.record(record).state is RecordState.ANSWERED


def test_a_sitting_closes_once_everything_is_acknowledged(store: HistoryStore) -> None:
    record = begun(store)
    store.put(record, CRITICAL, 1, later(1))
    store.finish(record, answered(**{CRITICAL: 1}), later(2))
    with pytest.raises(UsageError):
        store.close(record, later(3))
    store.acknowledge(record, CRITICAL, SEEN)
    store.close(record, later(4))

    assert store.record(record).state is RecordState.CLOSED
    assert critical(store, record).acknowledgement == SEEN
    assert store.unacknowledged() == ()


def test_a_persons_own_sitting_is_closed_by_its_end(store: HistoryStore) -> None:
    record = begun(store, SittingMode.OWN, "me")
    store.put(record, CRITICAL, 3, later(1))
    store.finish(record, answered(**{CRITICAL: 3}), later(2))

    assert store.record(record).state is RecordState.CLOSED
    assert store.record(record).unacknowledged == ()


def test_finishing_keeps_what_was_given_and_when_it_began(store: HistoryStore) -> None:
    record = begun(store)
    given: dict[str, object] = {"low_mood": 2, "own_words": "Sleep", CRITICAL: 0}
    sitting = administer(SYMPTOMS, given, taken_at=TAKEN_AT)
    store.finish(record, sitting, later(9))

    assert store.record(record).administration == sitting


def test_a_note_is_kept_replaced_and_taken_away(store: HistoryStore) -> None:
    record = begun(store)
    store.note(record, "sleep", "first", later(1))
    store.note(record, "sleep", "second", later(2))
    assert store.record(record).notes == {"sleep": "second"}
    store.note(record, "sleep", "", later(3))
    assert store.record(record).notes == {}


def test_clients_are_told_apart_without_case_and_written_as_at_first(store: HistoryStore) -> None:
    first, second = begun(store), store.begin("c-014", SYMPTOMS, SittingMode.HAND_OVER, TAKEN_AT)
    other = store.begin("D-1", SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)

    assert store.clients() == ("C-014", "D-1")
    assert [one.id for one in store.records("c-014")] == [first, second]
    assert [one.id for one in store.records()] == [first, second, other]
    assert [one.sequence for one in store.records()] == [1, 2, 3]


def test_a_clock_set_back_reorders_nothing(store: HistoryStore) -> None:
    first = begun(store)
    second = store.begin("C-014", SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT - timedelta(days=9))

    assert [one.id for one in store.records("C-014")] == [first, second]


def test_a_moved_record_is_another_clients(store: HistoryStore) -> None:
    record = begun(store)
    store.move(record, "D-1", later(1))

    assert store.records("C-014") == ()
    assert store.record(record).client == "D-1"


def test_what_was_deleted_is_gone_and_nothing_else_is(store: HistoryStore) -> None:
    first, second = begun(store), begun(store)
    store.delete([first], later(1))

    assert [one.id for one in store.records()] == [second]
    with pytest.raises(InputNotFound):
        store.record(first)


def test_a_record_comes_back_as_it_was_and_what_is_there_stays(store: HistoryStore) -> None:
    record = store.record(begun(store))
    other = ForgetfulStore()
    other.keep(record)
    assert other.record(record.id) == replace(record, critical=other.record(record.id).critical)
    store.note(record.id, "sleep", "changed since", later(2))
    assert store.import_records([record], (), CAME).records == ()
    assert store.record(record.id).notes == {"sleep": "changed since"}


def test_everything_that_is_done_is_in_the_audit(store: HistoryStore) -> None:
    record = begun(store)
    store.put(record, CRITICAL, 1, later(1))
    store.finish(record, answered(**{CRITICAL: 1}), later(2))
    store.acknowledge(record, CRITICAL, SEEN)
    store.note(record, None, "she came late", later(3))
    store.close(record, later(3))
    store.log_access(AuditAction.EXPORTED, later(4), client="C-014", detail="json c-014.json")

    done = store.audit("c-014")
    assert [entry.action for entry in done] == [
        AuditAction.BEGUN, AuditAction.CHANGED, AuditAction.FINISHED, AuditAction.ACKNOWLEDGED,
        AuditAction.NOTED, AuditAction.CLOSED, AuditAction.EXPORTED,
    ]  # fmt: skip
    assert {entry.record for entry in done} == {record, None}
    assert {entry.client for entry in done} == {"C-014"}


def test_after_a_deletion_nothing_names_the_record(store: HistoryStore) -> None:
    gone, kept = begun(store), begun(store)
    store.put(gone, CRITICAL, 2, later(1))
    store.move(gone, "D-1", later(2))
    store.delete([gone], later(3))

    told = str(store.audit())
    assert [name for name in (gone, "D-1") if name in told] == []
    assert kept in told
    *_rest, last = store.audit()
    assert (last.action, last.record, last.detail) == (AuditAction.DELETED, None, "unacknowledged")
    assert store.verify().problems == ()
