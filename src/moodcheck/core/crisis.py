"""Help lines by country, and the panel that shows them. Never a page without a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from moodcheck.core.data_model import DataModel, Text
from moodcheck.core.language import HelpWords, Language

CONFIRMED_FOR = timedelta(days=365)
"""How long a confirmation counts as recent."""

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""

Number = Annotated[str, StringConstraints(pattern=r"^[*#]?[0-9][0-9 -]*(, option [0-9])?$")]
"""As people there dial and choose it: a short code stays short, and there is no country prefix."""


class CrisisLine(DataModel):
    """A phone, text or chat service, as its source gives it."""

    name: Text
    number: Number
    channel: Annotated[tuple[Literal["call", "text", "chat"], ...], Field(min_length=1)]
    message: Text | None = None
    """The word to send, where a text line asks for one."""
    only_from: Text | None = None
    """The kind of telephone, where the number works from one kind alone."""
    hours: Text | None = None
    """None where the source does not say."""
    languages: tuple[Text, ...] = ()
    audience: Literal["everyone", "young people"] = "everyone"
    source: Text
    source_date: date
    """The source's date, or the day it was read."""
    checked: date | None
    """The day on which a person dialled or confirmed it; None until then."""
    checked_by: Text | None


class Country(DataModel):
    """Where to turn in one country."""

    name: Text
    """As it stands in a list."""
    in_sentence: Text | None = None
    """As it stands after `in`, where that is not the name: `the United States`."""
    also: tuple[Text, ...] = ()
    """What else people call it, or call a part of it."""
    emergency: Text | None = None
    """The number or numbers to call, as a person would say them: one `or` another."""
    lines: tuple[CrisisLine, ...] = ()

    @property
    def as_said(self) -> str:
        """Its name in the middle of a sentence."""
        return self.in_sentence or self.name


class International(DataModel):
    """A directory of help lines in all countries. People type its address; nothing opens it."""

    name: Text
    address: Text
    source: Text


class CrisisDirectory(DataModel):
    """All help lines that are known."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    international: International
    countries: dict[CountryCode, Country]
    """The countries in which a line is known."""


class OtherCountries(DataModel):
    """Countries in which no line is known, and for some not even the emergency number."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    countries: dict[CountryCode, Country]


@dataclass(frozen=True, slots=True)
class Region:
    """The country whose help lines are shown."""

    code: str | None = None
    """ISO 3166-1 alpha-2; None when it is not known."""
    is_guess: bool = False
    """Taken from the locale, which need not be where the person is."""
    country: Country | None = field(default=None, compare=False, repr=False)
    """What is known of a country that has no line in the directory."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where to turn in one known country; shown while the person's own country is not known."""

    code: str
    name: str
    emergency: str
    line: CrisisLine


@dataclass(frozen=True, slots=True)
class HelpPanel:
    """Everything that is shown when help lines are shown: the numbers first."""

    region: Region
    title: str
    act_now: str
    region_note: str | None
    """What the lines are for: a guess, a country without any, or all countries that are known."""
    emergency: str | None
    """The number alone; None where it is not known."""
    lines: tuple[CrisisLine, ...]
    elsewhere: tuple[Elsewhere, ...]
    """By name; none where the emergency number of the person's own country is known."""
    international: str
    comfort: str
    tells_no_one: str
    sources: tuple[str, ...]
    """What was confirmed and when, and that the other numbers were not test-called."""
    if_it_does_not_connect: str


def help_panel(
    directory: CrisisDirectory,
    language: Language,
    where: Region,
    *,
    today: date,
    is_young: bool = False,
) -> HelpPanel:
    """Return what to show a person in that region. There is always a number in it.

    For a young person, lines for young people come first.
    """
    words = language.help
    country = directory.countries.get(where.code or "", where.country)
    number = country.emergency if country else None
    emergency = _emergency(words, country, where)
    lines = _ordered(country.lines if country else (), is_young=is_young)
    elsewhere = () if number else tuple(_elsewhere(directory, is_young=is_young))
    address = directory.international.address
    return HelpPanel(
        region=where,
        title=words.title,
        act_now=words.act_now.replace("{emergency}", emergency),
        region_note=_region_note(words, country, where, address),
        emergency=number,
        lines=lines,
        elsewhere=elsewhere,
        international=words.international.replace("{address}", address),
        comfort=words.comfort,
        tells_no_one=words.tells_no_one,
        sources=tuple(_sources(words, [*lines, *(land.line for land in elsewhere)], today)),
        if_it_does_not_connect=words.if_it_does_not_connect.replace("{emergency}", emergency),
    )


def unconfirmed(directory: CrisisDirectory, *, today: date) -> Iterator[tuple[str, CrisisLine]]:
    """Yield each line that nobody confirmed within the last year, with its country code."""
    for code, country in directory.countries.items():
        for line in country.lines:
            if not _is_confirmed(line, today):
                yield code, line


def _ordered(lines: tuple[CrisisLine, ...], *, is_young: bool) -> tuple[CrisisLine, ...]:
    if not is_young:
        return lines
    return tuple(sorted(lines, key=lambda line: line.audience != "young people"))


def _elsewhere(directory: CrisisDirectory, *, is_young: bool) -> Iterator[Elsewhere]:
    by_name = sorted(directory.countries.items(), key=lambda item: item[1].name)
    for code, country in by_name:
        if country.emergency and country.lines:
            line = _ordered(country.lines, is_young=is_young)[0]
            yield Elsewhere(code, country.name, country.emergency, line)


def _emergency(words: HelpWords, country: Country | None, where: Region) -> str:
    if country is None or country.emergency is None:
        return words.local_emergency
    if not where.is_guess:
        return country.emergency
    guess = words.guessed_emergency.replace("{country}", country.as_said)
    return guess.replace("{emergency}", country.emergency)


def _region_note(
    words: HelpWords, country: Country | None, where: Region, address: str
) -> str | None:
    if where.code is None:
        return words.every_country
    name = country.as_said if country else where.code
    if where.is_guess:
        guess = words.region_is_a_guess.replace("{country}", name)
        return guess.replace("{address}", address)
    if country and country.lines:
        return None
    note = words.no_lines.replace("{country}", name)
    return note if country and country.emergency else f"{note} {words.every_country}"


def _sources(words: HelpWords, lines: Iterable[CrisisLine], today: date) -> Iterator[str]:
    unseen: list[CrisisLine] = []
    seen: dict[date, list[str]] = {}
    for line in lines:
        if line.checked is None:
            unseen.append(line)
        else:
            seen.setdefault(line.checked, []).append(f"{line.name} {line.number}")
    for day in sorted(seen, reverse=True):
        is_recent = today - day <= CONFIRMED_FOR
        template = words.confirmed if is_recent else words.confirmed_long_ago
        said = template.replace("{date}", day.isoformat())
        yield said.replace("{names}", ", ".join(seen[day]))
    if unseen:
        template = words.other_sources if seen else words.sources
        yield template.replace("{dates}", _dates(words, unseen))


def _dates(words: HelpWords, lines: Iterable[CrisisLine]) -> str:
    days = sorted(line.source_date.isoformat() for line in lines)
    if days[0] == days[-1]:
        return days[0]
    return words.from_to.replace("{first}", days[0]).replace("{last}", days[-1])


def _is_confirmed(line: CrisisLine, today: date) -> bool:
    return line.checked is not None and today - line.checked <= CONFIRMED_FOR
