"""The keyring of the operating system, with a backend that keeps passphrases in this process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from moodcheck.errors import IOFailed, PartNotInstalled
from moodcheck.history.store.os_keyring import keep_in_keyring, passphrase_in_keyring


class InThisProcess(KeyringBackend):
    """Keeps what it is given until the test ends."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # has no types
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture(autouse=True)
def _own_backend() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(InThisProcess())
    yield
    keyring.set_keyring(before)


def test_what_was_kept_for_a_history_is_given_back_for_it_alone() -> None:
    keep_in_keyring(Path("one.db"), "seven quiet herons")

    assert passphrase_in_keyring(Path("one.db").absolute()) == "seven quiet herons"
    assert passphrase_in_keyring(Path("other.db")) is None


def test_a_system_without_a_keyring_is_told() -> None:
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call] # has no types

    with pytest.raises(IOFailed, match="cannot be used"):
        passphrase_in_keyring(Path("one.db"))
    with pytest.raises(IOFailed) as refused:
        keep_in_keyring(Path("one.db"), "sentinel-passphrase")
    assert "sentinel" not in str(refused.value)


def test_without_the_part_the_error_names_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    with pytest.raises(PartNotInstalled, match="keyring"):
        passphrase_in_keyring(Path("one.db"))
