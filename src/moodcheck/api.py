"""What Python programs call. Sets the clock and the region; the rules are below."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from moodcheck import wiring

if TYPE_CHECKING:
    from moodcheck.domain.administration import Administration
    from moodcheck.domain.crisis import CrisisDirectory, Region
    from moodcheck.domain.language import Language
    from moodcheck.domain.questionnaire import Questionnaire
    from moodcheck.domain.summary import Summary


def now() -> datetime:
    """Return the time of this computer, with its UTC offset."""
    return datetime.now(UTC).astimezone()


def load(name: str | os.PathLike[str]) -> Questionnaire:
    """Return a questionnaire: by its id (`"symptoms"`) or from a YAML file.

    Raises:
        InputNotFound: when there is none of that name; lists the known ones.
        BadData: when the file breaks the rules; lists every problem as `file:line:column`.
    """
    return wiring.load_questionnaire(os.fspath(name), language())


def summarize(
    questionnaire: Questionnaire,
    answers: Mapping[str, object],
    *,
    region: str | None = None,
    taken_at: datetime | None = None,
) -> Summary:
    """Score answers and return everything that may be shown about them.

    Args:
        questionnaire: what `load` returned.
        answers: item id → the value of an option that the item offers, or None (blank), or
            the reason why there is no answer ("skipped", "declined", "unknown"). For items
            that take words, the words. Items left out are blank.
        region: ISO 3166-1 alpha-2 code of the country whose help lines belong to it; when
            None, `MOODCHECK_REGION`, then the locale's territory marked as a guess.
        taken_at: when the answers were given, with its UTC offset; now when None.

    Raises:
        BadData: for any answer that is not one of the offered; names items, never answers.
        UsageError: for a region that is not a country.
    """
    from moodcheck.domain.administration import administer

    administration = administer(questionnaire, answers, taken_at=taken_at or now())
    return summary_of(administration, find_region(region))


def summary_of(administration: Administration, region: Region) -> Summary:
    """Return the summary of an administration for a region that is already known."""
    from moodcheck.domain.summary import summarize as summarize_administration

    return summarize_administration(
        administration, crisis_directory(), language(), region=region, today=now().date()
    )


def find_region(code: str | None) -> Region:
    """Return the region: as given, from `MOODCHECK_REGION`, or guessed from the locale.

    Raises:
        UsageError: when what was given or set is not a country.
    """
    from moodcheck.domain.crisis import guessed_region, region

    named = (os.environ.get("MOODCHECK_REGION") or None) if code is None else code
    if named is not None:
        return region(named, crisis_directory())
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return guessed_region(next(filter(None, variables), ""), crisis_directory())


@cache
def crisis_directory() -> CrisisDirectory:
    """Return all help lines that are known."""
    return wiring.load_crisis_directory()


@cache
def language() -> Language:
    """Return the words that the promises rest on."""
    return wiring.load_language()
