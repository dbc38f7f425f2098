"""What somebody has to see stays in sight, whatever came between."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from moodcheck.core.administration import Unanswered
from moodcheck.core.safety import behind_advice
from moodcheck.errors import BadData, UsageError
from moodcheck.history.record import (
    Acknowledgement,
    AuditAction,
    CriticalKind,
    Import,
    Record,
    RecordState,
    SittingMode,
)
from moodcheck.history.store.store import EncryptedStore, make_store, open_store
from tests.fakes import ForgetfulStore
from tests.records import record as a_record
from tests.shipped import SYMPTOMS, TAKEN_AT, answered

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own
CRITICAL = SYMPTOMS.critical[0].item
HOUR = timedelta(hours=1)
SEEN = Acknowledgement("AB", TAKEN_AT + HOUR, told="Her sister")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


@pytest.fixture
def store(path: Path) -> Iterator[EncryptedStore]:
    with make_store(path, PASSPHRASE, TAKEN_AT) as made:
        yield made


def begun(store: EncryptedStore, client: str = "C-014") -> str:
    return store.begin(client, SYMPTOMS, SittingMode.HAND_OVER, TAKEN_AT)


def import_records(store: EncryptedStore, *records: Record, source: str = "theirs.json") -> Import:
    return store.import_records(records, (), Import("", TAKEN_AT, source, "f" * 16, ()))


def waiting(store: EncryptedStore) -> list[tuple[str, str, CriticalKind]]:
    return [
        (record.id, entry.item, entry.kind)
        for record in store.unacknowledged()
        for entry in record.unacknowledged
    ]


KILLED = """
import os, signal, sys
from pathlib import Path
from moodcheck.loading.context import Context
from moodcheck.history.store.store import make_store
from moodcheck.core.administration import Unanswered
from moodcheck.history.record import SittingMode

with make_store(Path(sys.argv[1]), sys.argv[2], Context().now()) as store:
    asked = Context().questionnaire("symptoms")
    record = store.begin("C-014", asked, SittingMode.HAND_OVER, Context().now())
    if sys.argv[3] == "skipped":
        store.put(record, asked.critical[0].item, Unanswered.SKIPPED, Context().now())
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("how", ["skipped", "not_reached"])
def test_a_skipped_critical_item_survives_a_broken_sitting(path: Path, how: str) -> None:
    """Also one that was never reached: nothing had to be written at the kill."""
    subprocess.run([sys.executable, "-c", KILLED, path, PASSPHRASE, how], check=False)
    with open_store(path, PASSPHRASE) as store:
        ((name, item, kind),) = waiting(store)
        (entry,) = store.record(name).critical
        assert (item, kind, entry.now) == (CRITICAL, CriticalKind.UNANSWERED, how)

        later = begun(store)
        for one in SYMPTOMS.items:
            store.put(later, one.id, 0, TAKEN_AT + HOUR)
        store.finish(later, store.record(later).administration, TAKEN_AT + HOUR)
        store.close(later, TAKEN_AT + HOUR)
        assert waiting(store) == [(name, CRITICAL, CriticalKind.UNANSWERED)]
        assert [one.id for one in store.unfinished()] == [name]

        store.acknowledge(name, CRITICAL, SEEN)
        assert waiting(store) == []
        store.finish(name, store.record(name).administration, TAKEN_AT + HOUR)
        store.close(name, TAKEN_AT + HOUR)


def test_a_sitting_that_somebody_is_answering_has_not_broken_off(store: EncryptedStore) -> None:
    record = begun(store)
    assert waiting(store) == []
    store.let_go(record)
    assert waiting(store) == [(record, CRITICAL, CriticalKind.UNANSWERED)]
    store.put(record, "low_mood", 1, TAKEN_AT)
    assert waiting(store) == []


def test_a_skipped_critical_item_is_entered_when_it_is_committed(store: EncryptedStore) -> None:
    record = begun(store)
    store.put(record, CRITICAL, Unanswered.SKIPPED, TAKEN_AT)
    assert waiting(store) == [(record, CRITICAL, CriticalKind.UNANSWERED)]
    store.put(record, CRITICAL, 0, TAKEN_AT)
    assert waiting(store) == []


@pytest.mark.parametrize("given", [{"unreal": 1}, {"unreal": 1, "birth": 1}])
def test_advice_that_does_not_wait_needs_acknowledgement_whatever_set_it(
    store: EncryptedStore, given: dict[str, int]
) -> None:
    items = sorted(behind_advice(answered(**given)))
    assert "unreal" in items
    record = begun(store)
    for item, answer in given.items():
        store.put(record, item, answer, TAKEN_AT)
    assert sorted(item for _record, item, _kind in waiting(store)) == items
    assert {kind for *_rest, kind in waiting(store)} == {CriticalKind.ADVICE}

    sitting = answered(**{CRITICAL: 0, **given})
    store.put(record, "unreal", 0, TAKEN_AT)  # what was entered stays
    store.finish(record, answered(**{**sitting.answers, "unreal": 0}), TAKEN_AT)
    with pytest.raises(UsageError, match="NOT ACKNOWLEDGED"):
        store.close(record, TAKEN_AT)
    for item in items:
        store.acknowledge(record, item, SEEN)
    store.close(record, TAKEN_AT)
    assert store.record(record).state is RecordState.CLOSED


def test_an_acknowledgement_says_what_was_done(store: EncryptedStore) -> None:
    record = begun(store)
    store.put(record, CRITICAL, 2, TAKEN_AT)
    with pytest.raises(UsageError):
        store.acknowledge(record, CRITICAL, Acknowledgement("AB", TAKEN_AT, plan=" "))
    whole = Acknowledgement("AB", TAKEN_AT, "a", "b", "c", "d", "e")
    store.acknowledge(record, CRITICAL, whole)
    assert store.record(record).critical[0].acknowledgement == whole


def test_an_imported_sitting_alerts_like_any_other(store: EncryptedStore) -> None:
    theirs = a_record(answered(**{CRITICAL: 2}))
    own = a_record(
        answered(**{CRITICAL: 2}),
        name="aaaaaaaaaaa2",
        client="me",
        mode=SittingMode.OWN,
        state=RecordState.CLOSED,
    )
    import_records(store, theirs, own)
    assert waiting(store) == [(theirs.id, CRITICAL, CriticalKind.ALERT)]

    store.move(own.id, "C-020", TAKEN_AT)
    assert {name for name, *_rest in waiting(store)} == {theirs.id, own.id}
    assert own.id not in {one.id for one in store.unfinished()}  # it is closed, and still waits


def test_a_corrected_answer_keeps_the_first_and_its_alert(store: EncryptedStore) -> None:
    record = begun(store)
    given = {CRITICAL: 2, "sleep": 3, "own_words": "to rest"}
    store.finish(record, answered(**given), TAKEN_AT)
    for item, right in ((CRITICAL, 0), ("sleep", 1), ("own_words", Unanswered.SKIPPED)):
        store.correct(record, item, right, TAKEN_AT + HOUR)

    kept = store.record(record)
    assert [(one.item, one.before) for one in kept.corrections] == list(given.items())
    assert kept.administration.answers[CRITICAL] == 0
    assert [(one.item, one.alerted, one.now) for one in kept.unacknowledged] == [(CRITICAL, 2, 0)]
    told = [one for one in store.audit() if one.action is AuditAction.CORRECTED]
    assert [one.detail for one in told] == list(given)
    assert "to rest" not in str(told)
    store.acknowledge(record, CRITICAL, SEEN)
    store.close(record, TAKEN_AT)
    with pytest.raises(UsageError):
        store.correct(record, "sleep", 2, TAKEN_AT)


def test_a_note_of_the_whole_sitting_may_come_after_it_is_closed(store: EncryptedStore) -> None:
    record = begun(store)
    store.finish(record, answered(**{CRITICAL: 0}), TAKEN_AT)
    store.close(record, TAKEN_AT)
    store.note(record, None, "she came late", TAKEN_AT + HOUR)
    store.note(record, "sleep", "since May", TAKEN_AT + HOUR)

    kept = store.record(record)
    assert (kept.note, kept.notes) == ("she came late", {"sleep": "since May"})
    assert [one.action for one in store.audit()][-2:] == [AuditAction.NOTED] * 2


# One import, as a whole.


def test_an_import_is_undone_as_a_whole_and_nothing_else_is(path: Path) -> None:
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        own = begun(store)
        before = store.records()
        brought = [
            a_record(answered(own_words="SENTINEL words"), name=f"aaaaaaaaaaa{n}", client="D-9")
            for n in range(3)
        ]
        came = import_records(store, *brought)
        again = import_records(store, *brought)
        store.move(brought[0].id, "C-014", TAKEN_AT)
        assert (len(came.records), again.records) == (3, ())
        assert [one.source for one in store.imports()] == ["theirs.json"] * 2

        assert store.undo_import(came.id, TAKEN_AT) == 3
        assert store.records() == before
        assert [one.id for one in store.imports()] == [again.id]
        assert [name for name in ("D-9", "aaaaaaaaaaa") if name in str(store.audit())] == []
        assert store.verify().problems == ()
        assert own in str(store.audit())


def test_a_hostile_sequence_number_leaves_this_store_able_to_count(store: EncryptedStore) -> None:
    far = [a_record(answered(), name="aaaaaaaaaaa1", client="C-014", sequence=2**53 - 1)]
    import_records(store, *far)
    assert store.record(begun(store)).sequence == 1

    own = begun(store)
    forged = ForgetfulStore()
    forged.keep(*far)
    for sequence in (2**53 - 1, 2**53, -1):
        claims = store.record(own)
        record = Record(
            "zzzzzzzzzzzz", claims.client, claims.origin, sequence, claims.mode, claims.state,
            claims.administration, {}, (),
        )  # fmt: skip
        with pytest.raises(BadData, match="sequence number"):
            import_records(store, record)
    assert store.record(begun(store)).sequence == 3
