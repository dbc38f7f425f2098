"""Help lines: never a page without a number, never of another country, never a silent guess."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.crisis import (
    CONFIRMED_FOR,
    CrisisDirectory,
    CrisisLine,
    HelpPanel,
    Region,
    help_panel,
    unconfirmed,
)
from tests.shipped import DIRECTORY, LANGUAGE, NUMBERLESS, OTHERS, TODAY
from tests.strategies import regions

WORDS = LANGUAGE.help


def panel_of(where: Region, *, is_young: bool = False) -> HelpPanel:
    return help_panel(DIRECTORY, LANGUAGE, where, today=TODAY, is_young=is_young)


def other(code: str) -> Region:
    return Region(code, country=OTHERS[code])


def confirmed_on(*days: date | None) -> CrisisDirectory:
    """Return a directory whose lines in each country were confirmed on those days in turn."""

    def confirmed(position: int, line: CrisisLine) -> CrisisLine:
        day = days[position % len(days)]
        return line.model_copy(update={"checked": day, "checked_by": day and "A person"})

    countries = {
        code: country.model_copy(
            update={"lines": tuple(confirmed(n, line) for n, line in enumerate(country.lines))}
        )
        for code, country in DIRECTORY.countries.items()
    }
    return DIRECTORY.model_copy(update={"countries": countries})


@given(regions(), st.booleans())
def test_help_lines_begin_with_what_to_do_now_and_end_with_what_to_do_then(
    where: Region, is_young: bool
) -> None:
    panel = panel_of(where, is_young=is_young)
    country = DIRECTORY.countries.get(where.code or "", where.country)
    number = country.emergency if country else None

    assert (number or WORDS.local_emergency) in panel.act_now
    assert (number or WORDS.local_emergency) in panel.if_it_does_not_connect
    assert panel.emergency == number
    assert DIRECTORY.international.address in panel.international
    assert set(panel.lines) == set(country.lines if country else ())
    said = [panel.act_now, panel.if_it_does_not_connect, panel.international, panel.region_note]
    assert "{" not in "".join([*filter(None, said), *panel.sources])


@given(regions(), st.booleans())
def test_no_page_without_a_number(where: Region, is_young: bool) -> None:
    panel = panel_of(where, is_young=is_young)
    names = [country.name for country in panel.elsewhere]

    assert bool(panel.emergency) is not bool(panel.elsewhere)
    assert names == (
        [] if panel.emergency else sorted(land.name for land in DIRECTORY.countries.values())
    )
    for there in panel.elsewhere:
        country = DIRECTORY.countries[there.code]
        assert there.emergency == country.emergency
        assert there.line in country.lines


@given(regions())
def test_a_guess_is_called_one_and_nothing_else_is(where: Region) -> None:
    panel = panel_of(where)
    country = DIRECTORY.countries.get(where.code or "")
    guess, _, _ = WORDS.region_is_a_guess.partition("{country}")

    assert (guess in (panel.region_note or "")) is where.is_guess
    if country:
        assert where.is_guess is (country.as_said in panel.act_now)
    if where.is_guess:
        assert WORDS.local_emergency in (panel.region_note or "")
        assert DIRECTORY.international.address in (panel.region_note or "")


def test_where_no_number_is_known_what_to_do_now_names_none_of_another_country() -> None:
    for where in (other(NUMBERLESS), Region()):
        panel = panel_of(where)

        assert panel.lines == ()
        assert panel.emergency is None
        assert not [char for char in panel.act_now if char.isdigit()]
        assert WORDS.every_country in (panel.region_note or "")
    assert OTHERS[NUMBERLESS].name in (panel_of(other(NUMBERLESS)).region_note or "")


def test_a_country_without_lines_says_so_and_has_its_emergency_number() -> None:
    panel = panel_of(other("SE"))

    assert panel.emergency == "112"
    assert "Sweden" in (panel.region_note or "")
    assert not panel.elsewhere
    assert not panel.sources


def test_a_country_is_called_in_a_sentence_as_people_do() -> None:
    guess = panel_of(Region("US", is_guess=True))

    assert "911 (in the United States)" in guess.act_now
    assert "settings: the United States." in (guess.region_note or "")


def test_lines_for_young_people_come_first_for_a_young_person() -> None:
    usual, young = panel_of(Region("AU")), panel_of(Region("AU"), is_young=True)

    assert usual.lines[0].audience == "everyone"
    assert young.lines[0].audience == "young people"
    assert young.lines[1:] == tuple(line for line in usual.lines if line != young.lines[0])
    anywhere = {there.code: there.line for there in panel_of(Region(), is_young=True).elsewhere}
    assert anywhere["AU"] == young.lines[0]


LONG_AGO = TODAY - CONFIRMED_FOR - timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ([None], [WORDS.sources]),
        ([TODAY], [WORDS.confirmed]),
        ([TODAY - CONFIRMED_FOR], [WORDS.confirmed]),
        ([LONG_AGO], [WORDS.confirmed_long_ago]),
        ([TODAY, None], [WORDS.confirmed, WORDS.other_sources]),
        ([LONG_AGO, TODAY], [WORDS.confirmed, WORDS.confirmed_long_ago]),
    ],
)
def test_what_was_confirmed_and_what_was_not_is_said_once(
    days: list[date | None], says: list[str]
) -> None:
    directory = confirmed_on(*days)
    said = help_panel(directory, LANGUAGE, Region("GB"), today=TODAY).sources

    beginnings = [template.partition("{")[0] for template in says]
    assert [one.startswith(begins) for one, begins in zip(said, beginnings, strict=True)]
    for day in filter(None, days):
        assert sum(str(day) in sentence for sentence in said) == 1
    is_due = any(day is None or day == LONG_AGO for day in days)
    assert bool(list(unconfirmed(directory, today=TODAY))) is is_due


def test_a_line_that_was_confirmed_is_named_with_its_number() -> None:
    directory = confirmed_on(TODAY, None)
    confirmed, rest = help_panel(directory, LANGUAGE, Region("GB"), today=TODAY).sources

    assert confirmed == f"Confirmed on {TODAY}: Samaritans 116 123."
    assert rest.startswith("The other numbers come from public sources (dated 2026-11-23)")


def test_the_dates_of_several_sources_are_the_first_and_the_last() -> None:
    (said,) = panel_of(Region("IE")).sources

    assert "2019-04-01 to 2020-06-16" in said
