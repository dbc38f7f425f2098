"""A country is understood by its code and by whatever people call it, or a part of it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from moodcheck.core import region as module
from moodcheck.core.crisis import Country, Region
from moodcheck.errors import UsageError
from tests.shipped import DIRECTORY, OTHERS


def others() -> Mapping[str, Country]:
    return OTHERS


def region(said: str) -> Region:
    return module.region(said, DIRECTORY, others)


def guessed_region(locale: str) -> Region:
    return module.guessed_region(locale, DIRECTORY, others)


@pytest.mark.parametrize("code", ["US", "us", " us ", "uS"])
def test_a_country_is_named_with_two_letters_of_any_case(code: str) -> None:
    assert region(code) == Region("US")


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("GB", ["UK", "u.k.", "England", "SCOTLAND", "Wales", "northern ireland", "Great Britain"]),
        ("GB", ["United Kingdom", "the United Kingdom", "GBR"]),
        ("US", ["USA", "U.S.A.", "United States", "the United States", "the  US", "America"]),
        ("DE", ["Germany", "Deutschland", "DEUTSCHLAND"]),
        ("ES", ["Spain", "España", "Espana", "ESPAN\u0303A"]),
        ("IE", ["Ireland", "Éire", "Eire", "Republic of Ireland"]),
        ("NL", ["Netherlands", "the Netherlands", "Holland", "Nederland"]),
        ("AT", ["Austria", "Österreich", "Osterreich"]),
        ("NO", ["Norway", "Norge", "no"]),
        ("CH", ["Switzerland", "Schweiz", "Suisse"]),
        ("CI", ["Côte d’Ivoire", "Cote d'Ivoire", "Ivory Coast"]),
        ("BA", ["Bosnia and Herzegovina", "Bosnia"]),
        ("KR", ["South Korea", "Korea"]),
        ("JP", ["日本"]),
        ("GR", ["Ελλάδα", "ΕΛΛΑΔΑ"]),
    ],
)
def test_usual_names_of_countries_are_understood(code: str, names: list[str]) -> None:
    for name in names:
        assert region(name) == Region(code), name


def test_every_country_is_understood_by_each_of_its_names_and_no_name_means_two() -> None:
    every = {**DIRECTORY.countries, **OTHERS}
    for code, country in every.items():
        for name in (code, country.name, country.as_said, *country.also):
            found = region(name)
            assert (found.code, found.country) == (code, country), name


def test_the_other_countries_are_read_only_where_one_of_them_is_named() -> None:
    def never() -> Mapping[str, Country]:
        raise AssertionError

    for known in ("GB", "Scotland", "España"):
        assert module.region(known, DIRECTORY, never).code in DIRECTORY.countries
    assert module.guessed_region("en_US.UTF-8", DIRECTORY, never).code == "US"
    assert module.guessed_region("C.UTF-8", DIRECTORY, never) == Region()
    with pytest.raises(AssertionError):
        module.region("Norway", DIRECTORY, never)


@pytest.mark.parametrize(
    "said",
    ["", " ", "ZZ", "EU", "Atlantis", "U", "1", "the", "\x1b[2J", "ß", "ﬁ", "\u0131n", "x" * 3_000],
)
def test_what_is_no_country_is_refused_with_where_to_turn(said: str) -> None:
    with pytest.raises(UsageError) as refused:
        region(said)

    message = str(refused.value)
    assert DIRECTORY.international.address in message
    assert "local emergency number" in message
    assert "\x1b" not in message
    assert len(message) < 400


def test_a_slip_of_the_finger_gets_a_hint() -> None:
    with pytest.raises(UsageError, match="Did you mean 'England'"):
        region("Englnd")


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en_US.UTF-8", Region("US", is_guess=True)),
        ("de_DE@euro", Region("DE", is_guess=True)),
        ("nl_NL", Region("NL", is_guess=True)),
        ("en_NO.UTF-8", Region("NO", is_guess=True)),
        ("en_AQ.UTF-8", Region()),
        ("en_150.UTF-8", Region()),
        ("C.UTF-8", Region()),
        ("POSIX", Region()),
        ("en", Region()),
        ("", Region()),
    ],
)
def test_a_locale_is_only_ever_a_guess(locale: str, expected: Region) -> None:
    assert guessed_region(locale) == expected
