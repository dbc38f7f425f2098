"""Wrong passphrases are counted and cost time, and what is known of a locked store is told."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from moodcheck.errors import Locked
from moodcheck.history.record import (
    AuditAction,
    SittingMode,
)
from moodcheck.history.store.deleting import delete_store
from moodcheck.history.store.keys import StoreKey
from moodcheck.history.store.lock_state import count_wrong_try, wait_before_unlocking
from moodcheck.history.store.store import EncryptedStore, make_store, open_store
from moodcheck.history.store.unlocking import unlock
from tests.shipped import SYMPTOMS, TAKEN_AT

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own
HOUR = timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


def begun(store: EncryptedStore, client: str = "C-014") -> str:
    return store.begin(client, SYMPTOMS, SittingMode.HAND_OVER, TAKEN_AT)


def test_wrong_passphrases_are_counted_and_told_after_the_right_one(path: Path) -> None:
    make_store(path, PASSPHRASE, TAKEN_AT).close_file()
    waits = []
    for number in range(7):
        at = TAKEN_AT + number * HOUR
        with pytest.raises(Locked):
            unlock(path, "not it", at)
        waits.append(wait_before_unlocking(path, at))
    assert waits == [1, 2, 4, 8, 16, 30, 30]
    assert wait_before_unlocking(path, at + timedelta(seconds=12)) == 18
    assert wait_before_unlocking(path, at + HOUR) == 0
    assert wait_before_unlocking(path, at - HOUR) == 30
    beside = path.with_name("history.db-unlocking")
    assert beside.stat().st_mode & 0o777 == 0o600
    assert set(json.loads(beside.read_text())) == {"wrong", "last", "damaged"}

    with unlock(path, PASSPHRASE, at + HOUR) as store:
        last = store.audit()[-1]
        assert (last.action, last.detail) == (AuditAction.UNLOCK_FAILED, "7")
    assert wait_before_unlocking(path, at + HOUR) == 0
    assert not beside.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"wrong": true}', b"\xff" * 2_000])
def test_a_file_beside_it_that_tells_nonsense_keeps_nobody_out(path: Path, content: bytes) -> None:
    make_store(path, PASSPHRASE, TAKEN_AT).close_file()
    path.with_name("history.db-unlocking").write_bytes(content)
    assert wait_before_unlocking(path, TAKEN_AT) == 0
    unlock(path, PASSPHRASE, TAKEN_AT).close_file()


def test_a_mistyped_recovery_code_is_no_guess(path: Path) -> None:
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        code = store.recovery_code(TAKEN_AT)
    with pytest.raises(Locked, match="not typed right"):
        unlock(path, code.replace(code[:6], "000001"), TAKEN_AT)
    assert wait_before_unlocking(path, TAKEN_AT) == 0
    with unlock(path, code, TAKEN_AT) as store:
        assert store.audit()[-1].action is AuditAction.UNLOCKED_BY_CODE


LIMITS = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from moodcheck.history.opening import open_history

before = resource.getrlimit(resource.RLIMIT_CORE)
with open_history(Path(sys.argv[1]), sys.argv[2], datetime.now(UTC)):
    status = Path("/proc/self/status")
    print(resource.getrlimit(resource.RLIMIT_CORE)[0])
    if sys.platform == "linux":
        import ctypes
        print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


def test_no_crash_writes_the_memory_of_an_open_history_to_a_disk(path: Path) -> None:
    make_store(path, PASSPHRASE, TAKEN_AT).close_file()
    said = subprocess.run(
        [sys.executable, "-c", LIMITS, path, PASSPHRASE], check=True, capture_output=True, text=True
    ).stdout.split()
    assert said == (["0", "0"] if sys.platform == "linux" else ["0"])


def test_damage_is_remembered_and_told_until_nothing_is_found(path: Path) -> None:
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        begun(store)
    whole = path.read_bytes()
    path.write_bytes(whole[:-2_000] + bytes([whole[-2_000] ^ 1]) + whole[-1_999:])
    for at in (TAKEN_AT, TAKEN_AT + HOUR):
        with unlock(path, PASSPHRASE, at) as store:
            assert store.damage == TAKEN_AT
    path.write_bytes(whole)
    with unlock(path, PASSPHRASE, TAKEN_AT) as store:
        assert store.verify().problems == ()
    with unlock(path, PASSPHRASE, TAKEN_AT) as store:
        assert store.damage is None


def test_looking_for_damage_does_not_slow_unlocking(path: Path) -> None:
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        begun(store)
        key: StoreKey = store._key
        started = time.perf_counter()
        store.look_through()
        assert time.perf_counter() - started < 0.5
    with open_store(path, key) as store:
        assert store.records()


def test_the_file_beside_it_goes_with_the_history(path: Path) -> None:
    make_store(path, PASSPHRASE, TAKEN_AT).close_file()
    count_wrong_try(path, TAKEN_AT)
    assert len(list(path.parent.iterdir())) == 2
    delete_store(path)
    assert list(path.parent.iterdir()) == []
