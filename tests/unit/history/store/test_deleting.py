"""What is deleted is gone from every file of a store, also for whoever has the passphrase."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from moodcheck.errors import InputNotFound, IOFailed
from moodcheck.history.record import Acknowledgement, AuditAction, SittingMode
from moodcheck.history.store.deleting import delete_store
from moodcheck.history.store.store import EncryptedStore, make_store, open_store
from tests.in_the_clear import anywhere
from tests.shipped import SYMPTOMS, TAKEN_AT, answered

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own
CRITICAL = SYMPTOMS.critical[0].item
SENTINELS = (
    b"SENTINEL-CODE",
    b"SENTINEL-OTHER",
    b"SENTINEL words",
    b"SENTINEL note",
    b"SENTINEL act",
)
"""A client code, the one it was moved to, own words, a note, and what was done."""


def a_sitting(store: EncryptedStore, *, told: bool) -> str:
    """Begin, answer, note, move, finish and acknowledge; with sentinels everywhere if `told`."""
    code, other, words, note, action = (
        [one.decode() for one in SENTINELS] if told else ["A", "B", "other", "other", "other"]
    )
    record = store.begin(code, SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)
    # Longer than a page, so that it lies on pages of its own.
    store.put(record, "own_words", f"{words} " * 100, TAKEN_AT)
    store.put(record, "own_words", words, TAKEN_AT)
    store.put(record, CRITICAL, 2, TAKEN_AT)
    store.note(record, "sleep", f"{note} " * 900, TAKEN_AT)
    store.note(record, "sleep", note, TAKEN_AT)
    store.move(record, other, TAKEN_AT)
    store.finish(record, answered(own_words=words, **{CRITICAL: 2}), TAKEN_AT)
    store.acknowledge(record, CRITICAL, Acknowledgement("AB", TAKEN_AT, action))
    return record


def found(path: Path) -> list[bytes]:
    """Return which sentinels are anywhere in a store, in the clear or behind its cipher."""
    content = anywhere(path, PASSPHRASE)
    return [one for one in SENTINELS if one in content]


def test_what_lies_in_the_log_or_on_a_free_page_is_found(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        record = store.begin("A", SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)
        store.note(record, "sleep", "SENTINEL note " * 900, TAKEN_AT)
        assert found(path) == [b"SENTINEL note"]
        store._connection.pragma("secure_delete", 0)
        store.note(record, "sleep", "", TAKEN_AT)
        assert store._connection.pragma("freelist_count")

    assert not path.with_name("history.db-wal").exists()
    assert found(path) == [b"SENTINEL note"]


def test_before_it_is_deleted_it_is_behind_the_cipher_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        a_sitting(store, told=True)
        raw = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert [one for one in SENTINELS if one in raw] == []
    # The first client code was overwritten when the sitting was moved; the audit keeps it.
    assert set(SENTINELS) == set(found(path))


def test_no_byte_of_it_is_left_and_all_else_is(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        kept, gone = a_sitting(store, told=False), a_sitting(store, told=True)
        before = store.record(kept)
        store.delete([gone], TAKEN_AT + timedelta(days=1))

        assert path.with_name("history.db-wal").stat().st_size == 0
        assert found(path) == []
        assert store.records() == (before,)
        assert store.verify().problems == ()
        assert {entry.record for entry in store.audit()} == {kept, None}
        assert store.audit()[-1].action is AuditAction.DELETED


def test_one_id_that_is_not_there_deletes_nothing(tmp_path: Path) -> None:
    with make_store(tmp_path / "history.db", PASSPHRASE, TAKEN_AT) as store:
        record = a_sitting(store, told=False)
        with pytest.raises(InputNotFound):
            store.delete([record, "nobody"], TAKEN_AT)

        assert [one.id for one in store.records()] == [record]


def test_while_another_reads_it_is_said_and_gone_once_that_one_has_closed(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    store, other = make_store(path, PASSPHRASE, TAKEN_AT), open_store(path, PASSPHRASE)
    store._connection.set_busy_timeout(10)
    gone = a_sitting(store, told=True)
    with other._connection:
        assert other.records()
        with pytest.raises(IOFailed, match=r"may still lie|Another program"):
            store.delete([gone], TAKEN_AT)
    store.close_file()
    other.close_file()

    assert found(path) == []


def test_a_whole_store_is_removed_without_its_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    store = make_store(path, PASSPHRASE, TAKEN_AT)
    a_sitting(store, told=True)
    delete_store(path)
    store.close_file()

    assert list(tmp_path.iterdir()) == []


WRITER = """
import sys
from pathlib import Path
from moodcheck.loading.context import Context
from moodcheck.history.store.store import open_store
from moodcheck.history.record import SittingMode

path, passphrase, number = sys.argv[1:]
with open_store(Path(path), passphrase) as store:
    asked = Context().questionnaire("symptoms")
    record = store.begin(f"C-{number}", asked, SittingMode.READ_ALOUD, Context().now())
    for answer in (0, 1, 2, 3) * 5:
        store.put(record, "sleep", answer, Context().now())
"""


def test_eight_programs_that_write_at_once_all_have_what_they_wrote(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    make_store(path, PASSPHRASE, TAKEN_AT).close_file()
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, path, PASSPHRASE, str(number)])
        for number in range(8)
    ]

    assert [writer.wait() for writer in writers] == [0] * 8
    with open_store(path, PASSPHRASE) as store:
        assert store.clients() == tuple(f"C-{number}" for number in range(8))
        assert [one.sequence for one in store.records()] == list(range(1, 9))
        changes = [entry for entry in store.audit() if entry.action is AuditAction.CHANGED]
        assert len(changes) == 8 * 20
        assert store.verify().problems == ()
