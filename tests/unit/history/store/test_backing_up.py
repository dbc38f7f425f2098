"""A backup is whole or not there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from moodcheck.errors import BadData, CannotCreate
from moodcheck.history.record import (
    AuditAction,
    SittingMode,
)
from moodcheck.history.store.keys import StoreKey
from moodcheck.history.store.store import EncryptedStore, make_store, open_store
from tests.shipped import SYMPTOMS, TAKEN_AT

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own
CRITICAL = SYMPTOMS.critical[0].item
HOUR = timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


def begun(store: EncryptedStore, client: str = "C-014") -> str:
    return store.begin(client, SYMPTOMS, SittingMode.HAND_OVER, TAKEN_AT)


def test_a_backup_is_whole_encrypted_alike_and_for_you_alone(path: Path) -> None:
    copy = path.with_name("copy.db")
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        record = begun(store)
        store.put(record, CRITICAL, 2, TAKEN_AT)
        code = store.recovery_code(TAKEN_AT)
        store.let_go(record)
        kept = store.records()
        store.backup(copy, TAKEN_AT)
        assert store.audit()[-1].action is AuditAction.BACKED_UP
        store.put(record, "sleep", 1, TAKEN_AT)

    assert copy.stat().st_mode & 0o777 == 0o600
    assert b"C-014" not in copy.read_bytes()
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    for secret in (PASSPHRASE, StoreKey.of_code(code)):
        with open_store(copy, secret) as store:
            assert store.records() == kept
            assert store.verify().problems == ()
    assert {file.name for file in path.parent.iterdir()} == {path.name, copy.name}


def test_no_backup_replaces_a_file_and_none_is_made_of_a_damaged_history(path: Path) -> None:
    copy = path.with_name("copy.db")
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        begun(store)
        copy.write_text("mine")
        with pytest.raises(CannotCreate):
            store.backup(copy, TAKEN_AT)
        assert copy.read_text() == "mine"
        copy.unlink()
    content = bytearray(path.read_bytes())
    content[-2_000] ^= 1
    path.write_bytes(content)
    with open_store(path, PASSPHRASE) as store, pytest.raises(BadData, match="no copy of it"):
        store.backup(copy, TAKEN_AT)
    assert [file.name for file in path.parent.iterdir() if file.name.startswith("copy")] == []
