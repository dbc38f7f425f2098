"""A recovery code opens the store, and a slip in it is found; a passphrase is one however typed."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.errors import Locked
from moodcheck.history.record import AuditAction, SittingMode
from moodcheck.history.store.connection import open_connection
from moodcheck.history.store.keys import GROUPS, StoreKey, secret_of
from moodcheck.history.store.store import make_store, open_store
from tests.shipped import SYMPTOMS, TAKEN_AT

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own
KEYS = st.builds(StoreKey, st.binary(min_size=32, max_size=32), st.binary(min_size=16, max_size=16))


def test_a_recovery_code_opens_the_store(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        record = store.begin("C-014", SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)
        code = store.recovery_code(TAKEN_AT)
        assert store.audit()[-1].action is AuditAction.RECOVERY_CODE_SHOWN

    assert re.fullmatch(r"(\d{6}( \d{6}){4}\n){4}\d{6}( \d{6}){4}", code)
    with open_store(path, secret_of(code)) as store:
        assert store.records()[0].id == record
        assert store.recovery_code(TAKEN_AT) == code


def test_a_recovery_code_opens_it_until_the_passphrase_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        code = store.recovery_code(TAKEN_AT)
    with open_store(path, secret_of(code)) as store:
        store.change_passphrase("nine loud geese", TAKEN_AT)
        new = store.recovery_code(TAKEN_AT)

    assert new != code
    with pytest.raises(Locked):
        open_store(path, secret_of(code))
    for secret in (secret_of(new), "nine loud geese"):
        with open_store(path, secret) as store:
            assert store.verify().problems == ()


@given(key=KEYS)
def test_a_code_is_read_back_however_it_is_spaced(key: StoreKey) -> None:
    for typed in (key.code, key.code.replace("\n", " "), re.sub(r"\s", "-", key.code)):
        assert secret_of(typed) == key


@given(key=KEYS, seed=st.integers(0, 10**6))
def test_a_wrong_digit_is_found_and_its_group_named(key: StoreKey, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a slip of the pen
    digits = list(re.sub(r"\D", "", key.code))
    place = dice.randrange(len(digits))
    digits[place] = dice.choice([digit for digit in "0123456789" if digit != digits[place]])
    with pytest.raises(Locked, match=f"look at group {place // 6 + 1}\\."):
        secret_of("".join(digits))


@given(key=KEYS)
def test_two_neighbours_that_changed_places_are_found(key: StoreKey) -> None:
    groups = key.code.split()
    for at, group in enumerate(groups):
        for left in range(5):
            swapped = group[:left] + group[left + 1] + group[left] + group[left + 2 :]
            if swapped != group:
                with pytest.raises(Locked):
                    secret_of(" ".join([*groups[:at], swapped, *groups[at + 1 :]]))


def test_a_group_that_is_missing_or_too_many_is_told_by_the_number_of_digits() -> None:
    groups = StoreKey(bytes(range(32)), bytes(16)).code.split()
    for typed in (groups[1:], [*groups, groups[0]]):
        with pytest.raises(Locked, match="150 digits"):
            secret_of(" ".join(typed))
    assert len(groups) == GROUPS


@pytest.mark.parametrize("text", ["1" * 64, "a1" * 75, "", "x'" + "ab" * 48 + "'"])
def test_what_is_no_code_is_a_passphrase(text: str) -> None:
    assert secret_of(text) == text


@pytest.mark.parametrize(
    "passphrase",
    ["x'" + "ab" * 32 + "'", "x'" + "ab" * 48 + "'", "raw:" + "ab" * 32, 'quote\'s and "more"'],
)
def test_a_passphrase_that_looks_like_a_key_is_a_passphrase(
    tmp_path: Path, passphrase: str
) -> None:
    path = tmp_path / "history.db"
    make_store(path, passphrase, TAKEN_AT).close_file()

    open_store(path, passphrase).close_file()
    with pytest.raises(Locked):
        open_connection(path, StoreKey(bytes.fromhex("ab" * 32), path.read_bytes()[:16]))


def test_a_passphrase_is_the_same_however_its_letters_are_composed(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    composed, apart = "caf\u00e9 au lait", "cafe\u0301 au lait"
    make_store(path, apart, TAKEN_AT).close_file()

    for typed in (composed, apart):
        open_store(path, typed).close_file()


@pytest.fixture
def made_before(tmp_path: Path) -> Path:
    path = tmp_path / "history.db"
    make_store(path, PASSPHRASE, TAKEN_AT).close_file()
    connection = open_connection(path, PASSPHRASE).connection
    connection.pragma("rekey", "cafe\u0301 au lait")
    connection.close()
    return path


def test_a_store_whose_passphrase_was_never_normalized_still_opens(made_before: Path) -> None:
    open_store(made_before, "cafe\u0301 au lait").close_file()
    with pytest.raises(Locked):
        open_store(made_before, "caf\u00e9 au lait")


def test_nothing_that_is_shown_of_a_key_is_the_key() -> None:
    key = StoreKey(b"k" * 32, b"s" * 16)

    assert "k" * 4 not in f"{key!r}{key}"
    assert "6b6b" not in f"{key!r}{key}"
