"""A country by any name people use: its code, its name, its own name for itself, a part of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping

from moodcheck.core.crisis import Country, CrisisDirectory, Region
from moodcheck.errors import UsageError, did_you_mean

Others = Callable[[], Mapping[str, Country]]
"""Gives the countries in which no help line is known; called only where they are needed."""

_LONGEST_SHOWN = 40


def region(said: str, directory: CrisisDirectory, others: Others) -> Region:
    """Return the region that a person named, without regard to case and accents.

    Raises:
        UsageError: when no country is called that; names those with help lines.
    """
    for countries in (lambda: directory.countries, others):
        known = countries()
        code = _code(said, known)
        if code is not None:
            return Region(code, country=known[code])
    raise _unknown(said, directory, others())


def guessed_region(locale_name: str, directory: CrisisDirectory, others: Others) -> Region:
    """Return the territory of a locale such as `en_US.UTF-8`, marked as a guess, or none.

    A country of which not even the emergency number is known is not worth a guess.
    """
    territory = locale_name.partition(".")[0].partition("@")[0].partition("_")[2]
    if not territory:
        return Region()
    country = directory.countries.get(territory) or others().get(territory)
    if country is None or country.emergency is None:
        return Region()
    return Region(territory, is_guess=True, country=country)


def _code(said: str, countries: Mapping[str, Country]) -> str | None:
    # Upper case would make country codes of letters such as ß.
    code = said.strip().upper() if said.isascii() else ""
    if code in countries:
        return code
    key = _key(said)
    matches = (code for code, country in countries.items() if key in map(_key, _names(country)))
    return next(matches, None) if key else None


def _names(country: Country) -> Iterator[str]:
    yield country.name
    yield from country.also


def _key(name: str) -> str:
    """Return what is left of a name without case, accents, punctuation and a leading `the`."""
    spelled = unicodedata.normalize("NFKD", name).casefold()
    letters = (char for char in spelled if not unicodedata.combining(char))
    words = "".join(char if char.isalnum() else " " for char in letters).split()
    return "".join(words[1:] if words[:1] == ["the"] else words)


def _unknown(said: str, directory: CrisisDirectory, others: Mapping[str, Country]) -> UsageError:
    every = [*directory.countries.values(), *others.values()]
    hint = did_you_mean(said.strip(), [name for country in every for name in _names(country)])
    shown = said.strip()[:_LONGEST_SHOWN]
    return UsageError(
        f"There is no country called '{shown}'",
        mend=f"{hint}Give the name of a country, or its two letters. Wherever you are, you can "
        f"call your local emergency number, or look at {directory.international.address}",
    )
