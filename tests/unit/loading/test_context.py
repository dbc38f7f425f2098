"""The region is named, set or guessed, in this order; the time has its offset."""

from __future__ import annotations

import pytest

from moodcheck.core.crisis import Region
from moodcheck.errors import UsageError
from tests.shipped import CONTEXT, DIRECTORY


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has said where this runs, and the locale does not tell."""
    for name in ("MOODCHECK_REGION", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("said", "environment", "expected"),
    [
        ("US", {"MOODCHECK_REGION": "GB", "LANG": "de_DE.UTF-8"}, Region("US")),
        (None, {"MOODCHECK_REGION": "gb", "LANG": "de_DE.UTF-8"}, Region("GB")),
        (None, {"MOODCHECK_REGION": "", "LANG": "de_DE"}, Region("DE", is_guess=True)),
        (None, {"LC_ALL": "fr_FR", "LANG": "de_DE"}, Region("FR", is_guess=True)),
        (None, {"LC_ALL": "", "LC_MESSAGES": "fr_FR"}, Region("FR", is_guess=True)),
        (None, {"LANG": "C.UTF-8"}, Region()),
        (None, {}, Region()),
    ],
)
def test_the_region_is_said_then_set_then_guessed(
    monkeypatch: pytest.MonkeyPatch,
    said: str | None,
    environment: dict[str, str],
    expected: Region,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert CONTEXT.region(said) == expected


def test_a_region_that_is_set_wrongly_is_an_error_and_not_a_guess(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MOODCHECK_REGION", "ZZ")

    with pytest.raises(UsageError, match=DIRECTORY.international.address):
        CONTEXT.region(None)


def test_the_time_has_its_offset() -> None:
    assert CONTEXT.now().tzinfo is not None
