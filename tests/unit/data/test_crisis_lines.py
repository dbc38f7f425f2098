"""Help lines can be dialled as they stand, and each says where it was seen and when."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from moodcheck.core.crisis import CONFIRMED_FOR, CrisisLine, unconfirmed
from tests.shipped import DIRECTORY, NUMBERLESS, OTHERS

TODAY = datetime.now(UTC).date()

LINES = [
    pytest.param(code, line, id=f"{code} {line.name} {line.number}")
    for code, country in DIRECTORY.countries.items()
    for line in country.lines
]

SHORT = {
    "US": ["988"], "CA": ["988"], "GB": ["116123", "85258"], "IE": ["116123", "50808"],
    "AU": ["131114"], "NZ": ["1737"], "IN": ["14416"], "FR": ["3114"], "ES": ["024"],
    "NL": ["113"], "BR": ["188"], "CL": ["4141"], "PE": ["1135"], "PY": ["155"], "UY": ["0767"],
}  # fmt: skip
"""Codes that a careless hand lengthens with a country prefix, and that then reach nobody."""

EUROPEAN_UNION = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
]  # fmt: skip


def digits(number: str) -> str:
    return re.sub(r"\D", "", number)


@pytest.mark.parametrize(("code", "line"), LINES)
def test_a_number_is_written_as_it_is_dialled_in_its_country(code: str, line: CrisisLine) -> None:
    assert re.fullmatch(r"\*?\d+(?:[ -]\d+)*(?:, option \d)?", line.number)
    assert not line.number.startswith("00"), "an international prefix"
    assert len(digits(line.number)) <= 11
    # Whatever is short is known as a short code; the shortest of the others is 0800-0113.
    is_short = digits(line.number) in SHORT.get(code, [])
    assert is_short or len(digits(line.number)) >= 8


@pytest.mark.parametrize("code", SHORT)
def test_short_codes_stay_short(code: str) -> None:
    numbers = [digits(line.number) for line in DIRECTORY.countries[code].lines]

    assert set(SHORT[code]) <= set(numbers)


@pytest.mark.parametrize("code", [*DIRECTORY.countries, *OTHERS])
def test_an_emergency_number_is_short_and_there_is_one_where_lines_are(code: str) -> None:
    country = DIRECTORY.countries.get(code) or OTHERS[code]
    numbers = country.emergency.split(" or ") if country.emergency else []

    assert all(re.fullmatch(r"\d{2,5}", number) for number in numbers)
    assert len(numbers) == len(set(numbers))
    assert bool(country.lines) is (code in DIRECTORY.countries)
    assert numbers or not country.lines


def test_in_the_european_union_112_works_and_116_123_is_not_taken_for_granted() -> None:
    for code in EUROPEAN_UNION:
        country = DIRECTORY.countries.get(code) or OTHERS[code]
        assert "112" in (country.emergency or "")
        # It is not in service everywhere, so it is never there without a source for that country.
        assert code == "IE" or "116123" not in {digits(line.number) for line in country.lines}


@pytest.mark.parametrize(("code", "line"), LINES)
def test_every_line_has_a_source_that_was_there_by_then(code: str, line: CrisisLine) -> None:
    assert line.source.strip(), code
    assert date(2010, 1, 1) < line.source_date <= TODAY
    assert (line.checked is None) is (line.checked_by is None)
    assert line.checked is None or line.source_date <= line.checked <= TODAY


def test_every_line_that_nobody_confirmed_is_listed() -> None:
    due = list(unconfirmed(DIRECTORY, today=TODAY))
    everything = [
        (code, line) for code, country in DIRECTORY.countries.items() for line in country.lines
    ]

    assert due == [
        (code, line)
        for code, line in everything
        if line.checked is None or TODAY - line.checked > CONFIRMED_FOR
    ]


@pytest.mark.parametrize(("code", "line"), LINES)
def test_a_text_line_that_needs_a_word_says_which(code: str, line: CrisisLine) -> None:
    assert line.message is None or line.channel == ("text",), code


def test_no_line_is_there_twice_and_no_country_is_in_both_lists() -> None:
    for country in DIRECTORY.countries.values():
        ways = [
            (digits(line.number), channel) for line in country.lines for channel in line.channel
        ]
        assert len(set(ways)) == len(ways)
    assert not set(DIRECTORY.countries) & set(OTHERS)


def test_the_countries_are_those_of_iso_3166() -> None:
    assert len(DIRECTORY.countries) + len(OTHERS) == 249
    assert OTHERS[NUMBERLESS].emergency is None
