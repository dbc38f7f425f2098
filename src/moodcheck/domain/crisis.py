"""Help lines by country, and the panel that shows them. Never a guess without a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from moodcheck.domain.language import HelpWords, Language
from moodcheck.domain.spec import Spec, Text
from moodcheck.errors import UsageError, did_you_mean
from moodcheck.safe_text import safe_text

CONFIRMED_FOR = timedelta(days=365)
"""How long a confirmation counts as recent."""

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""

Number = Annotated[str, StringConstraints(pattern=r"^[0-9][0-9 -]*$")]
"""As dialled in that country: a short code stays short, no country prefix."""


class CrisisLine(Spec):
    """A phone, text or chat service, as its source gives it."""

    name: Text
    number: Number
    channel: Annotated[tuple[Literal["call", "text", "chat"], ...], Field(min_length=1)]
    message: Text | None = None
    """The word to send, where a text line asks for one."""
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


class Country(Spec):
    """Where to turn in one country."""

    name: Text
    emergency: Text
    """The number or numbers to call, as a person would say them: one `or` another."""
    lines: tuple[CrisisLine, ...]


class International(Spec):
    """A directory of help lines everywhere: an address to type, never fetched."""

    name: Text
    address: Text
    source: Text


class CrisisDirectory(Spec):
    """All help lines that are known."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    international: International
    countries: dict[CountryCode, Country]
    other_countries: tuple[CountryCode, ...]
    """Countries that exist and for which nothing is known; accepted, and said so."""


@dataclass(frozen=True, slots=True)
class Region:
    """The country whose help lines are shown."""

    code: str | None = None
    """ISO 3166-1 alpha-2; None when nobody said."""
    is_guess: bool = False
    """Taken from the locale, which is not where a person is."""


@dataclass(frozen=True, slots=True)
class HelpPanel:
    """Everything that is shown when help lines are shown, in this order."""

    region: Region
    title: str
    act_now: str
    comfort: str
    tells_no_one: str
    region_note: str | None
    emergency: str | None
    """The number alone; None where the country is not known."""
    lines: tuple[CrisisLine, ...]
    confirmations: tuple[str, ...]
    """For each line: when it was last confirmed, or that it is not."""
    if_it_does_not_connect: str
    international: str


def region(code: str, directory: CrisisDirectory) -> Region:
    """Return the region that a person named.

    Raises:
        UsageError: when there is no such country; lists those with help lines.
    """
    # Upper case would make country codes of letters such as ß.
    upper = code.strip().upper() if code.isascii() else ""
    if upper in directory.countries or upper in directory.other_countries:
        return Region(upper)
    known = sorted(name for name, country in directory.countries.items() if country.lines)
    hint = did_you_mean(code.strip(), [*directory.countries, *directory.other_countries])
    raise UsageError(
        f"There is no country with the code '{safe_text(code[:40])}'",
        mend=f"{hint}Give the two letters of a country. Help lines are known for: "
        f"{', '.join(known)}. Anywhere else, call your local emergency number or look at "
        f"{directory.international.address}",
    )


def guessed_region(locale_name: str, directory: CrisisDirectory) -> Region:
    """Return the territory of a locale such as `en_US.UTF-8`, marked as a guess, or none."""
    territory = locale_name.partition(".")[0].partition("@")[0].partition("_")[2]
    return Region(territory, is_guess=True) if territory in directory.countries else Region()


def help_panel(
    directory: CrisisDirectory,
    language: Language,
    where: Region,
    *,
    today: date,
    is_young: bool = False,
) -> HelpPanel:
    """Return what to show a person in that region. Never empty: there is always a first line.

    For a young person, lines for young people come first.
    """
    words = language.help
    country = directory.countries.get(where.code or "")
    emergency = _emergency(words, country, where)
    lines = country.lines if country else ()
    if is_young:
        lines = tuple(sorted(lines, key=lambda line: line.audience != "young people"))
    return HelpPanel(
        region=where,
        title=words.title,
        act_now=words.act_now.replace("{emergency}", emergency),
        comfort=words.comfort,
        tells_no_one=words.tells_no_one,
        region_note=_region_note(words, country, where),
        emergency=country.emergency if country else None,
        lines=lines,
        confirmations=tuple(_confirmation(words, line, today) for line in lines),
        if_it_does_not_connect=words.if_it_does_not_connect.replace("{emergency}", emergency),
        international=words.international.replace("{address}", directory.international.address),
    )


def unconfirmed(directory: CrisisDirectory, *, today: date) -> Iterator[tuple[str, CrisisLine]]:
    """Yield the country code and line of everything not confirmed within a year."""
    for code, country in directory.countries.items():
        for line in country.lines:
            if line.checked is None or today - line.checked > CONFIRMED_FOR:
                yield code, line


def _emergency(words: HelpWords, country: Country | None, where: Region) -> str:
    if country is None:
        return words.local_emergency
    if not where.is_guess:
        return country.emergency
    guess = words.guessed_emergency.replace("{country}", country.name)
    return guess.replace("{emergency}", country.emergency)


def _region_note(words: HelpWords, country: Country | None, where: Region) -> str | None:
    if where.code is None:
        return None
    name = country.name if country else where.code
    if where.is_guess:
        return words.region_is_a_guess.replace("{country}", name)
    return None if country and country.lines else words.no_lines.replace("{country}", name)


def _confirmation(words: HelpWords, line: CrisisLine, today: date) -> str:
    if line.checked is None:
        return words.not_confirmed
    is_recent = today - line.checked <= CONFIRMED_FOR
    template = words.confirmed if is_recent else words.confirmed_long_ago
    return template.replace("{date}", line.checked.isoformat())
