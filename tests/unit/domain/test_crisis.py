"""Help lines: never empty, never of another country, never a guess without a word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.domain.crisis import (
    CONFIRMED_FOR,
    CrisisDirectory,
    HelpPanel,
    Region,
    guessed_region,
    help_panel,
    region,
    unconfirmed,
)
from moodcheck.errors import UsageError
from tests.shipped import DIRECTORY, LANGUAGE, TODAY
from tests.strategies import regions

WORDS = LANGUAGE.help


def panel_of(where: Region, *, is_young: bool = False) -> HelpPanel:
    return help_panel(DIRECTORY, LANGUAGE, where, today=TODAY, is_young=is_young)


def confirmed_on(day: date | None) -> CrisisDirectory:
    """Return a directory whose every line was confirmed on that day."""
    seen = {"checked": day, "checked_by": day and "A person"}
    countries = {
        code: country.model_copy(
            update={"lines": tuple(line.model_copy(update=seen) for line in country.lines)}
        )
        for code, country in DIRECTORY.countries.items()
    }
    return DIRECTORY.model_copy(update={"countries": countries})


@given(regions(), st.booleans())
def test_help_lines_begin_with_what_to_do_now_and_end_with_what_to_do_then(
    where: Region, is_young: bool
) -> None:
    panel = panel_of(where, is_young=is_young)
    country = DIRECTORY.countries.get(where.code or "")
    number = country.emergency if country else WORDS.local_emergency

    assert number in panel.act_now
    assert number in panel.if_it_does_not_connect
    assert panel.emergency == (country.emergency if country else None)
    assert DIRECTORY.international.address in panel.international
    assert set(panel.lines) == set(country.lines if country else ())
    assert len(panel.confirmations) == len(panel.lines)
    assert "{" not in panel.act_now + panel.if_it_does_not_connect + panel.international


@given(regions())
def test_a_guess_is_called_one_and_nothing_else_is(where: Region) -> None:
    panel = panel_of(where)
    country = DIRECTORY.countries.get(where.code or "")
    guess, _, _ = WORDS.region_is_a_guess.partition("{country}")

    assert (guess in (panel.region_note or "")) is where.is_guess
    if country:
        assert (WORDS.local_emergency in panel.act_now) is where.is_guess
        assert where.is_guess is (country.name in panel.act_now)


def test_in_an_unknown_country_there_is_no_number_of_another_one() -> None:
    panel = panel_of(Region("NO"))

    assert panel.lines == ()
    assert panel.emergency is None
    assert not [char for char in panel.act_now if char.isdigit()]
    assert "NO" in (panel.region_note or "")


def test_when_nobody_said_where_nothing_is_said_about_a_country() -> None:
    assert panel_of(Region()).region_note is None


def test_a_country_without_lines_says_so() -> None:
    panel = panel_of(Region("SE"))

    assert panel.emergency == "112"
    assert "Sweden" in (panel.region_note or "")


def test_lines_for_young_people_come_first_for_a_young_person() -> None:
    usual, young = panel_of(Region("AU")), panel_of(Region("AU"), is_young=True)

    assert usual.lines[0].audience == "everyone"
    assert young.lines[0].audience == "young people"
    assert young.lines[1:] == tuple(line for line in usual.lines if line != young.lines[0])


@pytest.mark.parametrize(
    ("age", "says"),
    [
        (timedelta(), WORDS.confirmed),
        (CONFIRMED_FOR, WORDS.confirmed),
        (CONFIRMED_FOR + timedelta(days=1), WORDS.confirmed_long_ago),
        (None, WORDS.not_confirmed),
    ],
)
def test_each_line_says_when_it_was_last_confirmed(age: timedelta | None, says: str) -> None:
    day = None if age is None else TODAY - age
    directory = confirmed_on(day)
    panel = help_panel(directory, LANGUAGE, Region("GB"), today=TODAY)
    is_due = age is None or age > CONFIRMED_FOR

    assert set(panel.confirmations) == {says.replace("{date}", str(day))}
    assert bool(list(unconfirmed(directory, today=TODAY))) is is_due


@pytest.mark.parametrize("code", ["US", "us", " us ", "uS"])
def test_a_country_is_named_with_two_letters_of_any_case(code: str) -> None:
    assert region(code, DIRECTORY) == Region("US")


def test_a_country_without_a_number_is_a_country() -> None:
    assert region("NO", DIRECTORY) == Region("NO")


@pytest.mark.parametrize(
    "code", ["", "ZZ", "UK", "EU", "USA", "U", "1", "\x1b[2J", "ß", "ﬁ", "\u0131n"]
)
def test_what_is_no_country_is_refused_with_where_to_turn(code: str) -> None:
    with pytest.raises(UsageError) as refused:
        region(code, DIRECTORY)

    message = str(refused.value)
    assert DIRECTORY.international.address in message
    assert "US" in message
    assert "\x1b" not in message


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en_US.UTF-8", Region("US", is_guess=True)),
        ("de_DE@euro", Region("DE", is_guess=True)),
        ("nl_NL", Region("NL", is_guess=True)),
        ("en_NO.UTF-8", Region()),
        ("C.UTF-8", Region()),
        ("POSIX", Region()),
        ("en", Region()),
        ("", Region()),
    ],
)
def test_a_locale_is_only_ever_a_guess(locale: str, expected: Region) -> None:
    assert guessed_region(locale, DIRECTORY) == expected
