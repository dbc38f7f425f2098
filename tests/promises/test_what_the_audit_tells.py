"""What was done can be told afterwards, and a change of that can be told, too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from moodcheck.history.record import (
    AuditAction,
    SittingMode,
)
from moodcheck.history.store.store import EncryptedStore, make_store, open_store
from tests.shipped import SYMPTOMS, TAKEN_AT

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own
CRITICAL = SYMPTOMS.critical[0].item
HOUR = timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


@pytest.fixture
def store(path: Path) -> Iterator[EncryptedStore]:
    with make_store(path, PASSPHRASE, TAKEN_AT) as made:
        yield made


def begun(store: EncryptedStore, client: str = "C-014") -> str:
    return store.begin(client, SYMPTOMS, SittingMode.HAND_OVER, TAKEN_AT)


def test_the_audit_is_chained(path: Path) -> None:
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        record = begun(store)
        store.put(record, CRITICAL, 2, TAKEN_AT)
        store.move(record, "C-015", TAKEN_AT)
        whole = store.verify()
        assert whole.problems == ()
        assert whole.head is not None
        assert whole.head.sequence == 4
        change = store._connection
        for forged in (
            "UPDATE audit SET detail = 'C-014 -> C-016' WHERE sequence = 4",
            "UPDATE audit SET at = '2026-01-01T00:00:00+00:00' WHERE sequence = 2",
            "UPDATE audit SET action = 'closed' WHERE sequence = 3",
            "UPDATE audit SET client = 'C-016' WHERE sequence = 3",
            "DELETE FROM audit WHERE sequence = 2",
            "DELETE FROM audit WHERE sequence = 4",
            "UPDATE audit SET program = '9' WHERE sequence = 1",
        ):
            change.execute("BEGIN")
            change.execute(forged)
            places = {problem.where.partition(" ")[0] for problem in store.verify().problems}
            change.execute("ROLLBACK")
            assert places == {"audit"}, forged
        assert store.verify() == whole


def test_after_a_deletion_the_chain_holds_and_tells_nothing_to_guess_from(path: Path) -> None:
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        gone, kept = begun(store, "C-1"), begun(store, "C-2")
        store.put(gone, CRITICAL, 2, TAKEN_AT)
        store.set_interval("C-1", 7, TAKEN_AT)
        store.log_access(AuditAction.SHOWN, TAKEN_AT, record=gone, client="C-1")
        digests = [one.digest for one in store.audit()]
        store.delete([gone], TAKEN_AT)

        assert store.verify().problems == ()
        assert [one.digest for one in store.audit()][:-1] == digests
        salts = store._connection.execute("SELECT salt FROM audit WHERE record IS NULL")
        assert list(salts)[1:-1] == [(None,)] * 4
        assert "C-1" not in str(store.audit())
        assert kept in str(store.audit("C-2"))
        last = store.audit()[-1]
        assert (last.action, last.detail) == (AuditAction.DELETED, "unacknowledged")


def test_an_older_copy_put_in_place_shows_in_the_last_entry(path: Path) -> None:
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        record = begun(store)
    older = path.read_bytes()
    with open_store(path, PASSPHRASE) as store:
        store.put(record, CRITICAL, 2, TAKEN_AT)
        written_down = store.verify().head
    path.write_bytes(older)
    with open_store(path, PASSPHRASE) as store:
        store.put(record, CRITICAL, 0, TAKEN_AT)
        found = store.verify()
        assert found.problems == ()
        assert found.head != written_down


def test_the_audit_is_filtered_by_client_and_by_time(store: EncryptedStore) -> None:
    begun(store, "C-1")
    other = begun(store, "C-2")
    store.note(other, None, "late", TAKEN_AT + HOUR)

    of_it = store.audit("c-2")
    assert [one.action for one in of_it] == [AuditAction.BEGUN, AuditAction.NOTED]
    assert store.audit("C-2", since=TAKEN_AT + HOUR) == of_it[1:]
    assert store.audit("C-2", until=TAKEN_AT + HOUR) == of_it[:1]
    assert {one.program for one in of_it} != {""}
