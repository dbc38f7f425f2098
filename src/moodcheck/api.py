"""What Python programs call. Sets the clock and the region; the rules are below."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, TypeVar, cast

from moodcheck import wiring
from moodcheck.errors import UsageError
from moodcheck.installation import part_missing
from moodcheck.loading.catalogue import find_questionnaire

if TYPE_CHECKING:
    from moodcheck.core.administration import Administration
    from moodcheck.core.crisis import Country, CrisisDirectory, Region
    from moodcheck.core.language import Language
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.summary import Summary

Frame = TypeVar("Frame")
"""Any frame that narwhals takes; what goes in is the kind that comes out."""


def now() -> datetime:
    """Return the time of this computer, with its UTC offset."""
    return datetime.now(UTC).astimezone()


def load(name: str | os.PathLike[str]) -> Questionnaire:
    """Return a questionnaire: by its id (`"symptoms"`, or one of your own) or from a YAML file.

    Raises:
        InputNotFound: when there is none of that name; lists the known ones.
        BadData: when the file breaks the rules; lists every problem as `file:line:column`.
    """
    return find_questionnaire(os.fspath(name), language())


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
        region: the country whose help lines belong to it, by code or usual name; when
            None, `MOODCHECK_REGION`, then the locale's territory marked as a guess.
        taken_at: when the answers were given, with its UTC offset; now when None.

    Raises:
        AnswersRefused: for any answer that is not one of the offered; names items, never answers.
            Its `alerts_cannot_be_ruled_out` says whether an answer about death or suicide among
            them is an alert or cannot be read: show help lines, and let a person look.
        UsageError: for a region that is not a country.
    """
    from moodcheck.core.administration import administer

    administration = administer(questionnaire, answers, taken_at=taken_at or now())
    return summary_of(administration, find_region(region))


def score_frame(
    frame: Frame,
    questionnaire: Questionnaire,
    *,
    not_asked: Collection[str] = (),
    prorate_not_asked: bool = False,
    missing: Mapping[int, str] | None = None,
) -> Frame:
    """Score every row of a frame of answers, on the engine that the frame belongs to.

    Adds, for each scale, `<scale>_score` (null where there is none), `<scale>_unanswered` (how
    many of its items), `<scale>_reason` (why there is no score) and, where bands are published,
    `<scale>_published_band` (a quotation); then `alert` ("alert", "none", "unanswered",
    "not_asked"), `advice` (the id of the rule), `notice`, `questionnaire` and `version`. Every
    row stays. `docs/scoring.md` tells the rules.

    A lazy frame stays lazy. No row moves to another engine.

    Args:
        frame: a Polars (eager or lazy), pandas, pyarrow, DuckDB or Spark frame, one row for each
            sitting, one column for each scored or critical item, named after it. Context items
            are read where advice looks at them and the frame has them.
        questionnaire: what `load` returned.
        not_asked: ids of items that were not part of this data, so that their columns may be
            absent. A scale that has one of them has no score, for the reason "not_asked".
        prorate_not_asked: score such a scale all the same where its published rule allows so
            many unanswered items.
        missing: whole numbers that stand for a missing answer → why it is missing: "skipped",
            "declined", "unknown" or "blank". None of them may be an offered value.

    Raises:
        BadData: when a column is absent that is needed, or has the name of one that is added.
        UsageError: when this is no frame, or `not_asked` or `missing` cannot be.
        PartNotInstalled: when the part `batch` is not installed.
    """
    try:
        from moodcheck.batch.expressions.native import FrameOptions, score_native
    except ModuleNotFoundError as error:
        if error.name != "narwhals":
            raise
        raise part_missing("Scoring a frame", "batch") from None
    scored = score_native(
        frame,
        questionnaire,
        FrameOptions(
            not_asked=not_asked, prorate_not_asked=prorate_not_asked, missing=missing or {}
        ),
        notice=language().batch.notice,
    )
    return cast("Frame", scored)


def summary_of(
    administration: Administration, region: Region, *, help_was_shown: bool = False
) -> Summary:
    """Return the summary of an administration for a region that is already known."""
    from moodcheck.core.summary import summarize as summarize_administration

    return summarize_administration(
        administration,
        crisis_directory(),
        language(),
        region=region,
        today=now().date(),
        help_was_shown=help_was_shown,
    )


def find_region(said: str | None) -> Region:
    """Return the region: as given, from `MOODCHECK_REGION`, or guessed from the locale.

    Raises:
        UsageError: when what was given or set is not a country.
    """
    from moodcheck.core.region import guessed_region

    if said is not None:
        return region_called(said)
    if setting := os.environ.get("MOODCHECK_REGION"):
        try:
            return region_called(setting)
        except UsageError as error:
            raise UsageError(f"MOODCHECK_REGION: {error.what}", mend=error.mend) from None
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale_name = next(filter(None, variables), "")
    return guessed_region(locale_name, crisis_directory(), other_countries)


def region_called(said: str) -> Region:
    """Return the country of that code or name, or usually called that: `GB`, `Scotland`, `España`.

    Raises:
        UsageError: when no country is called that.
    """
    from moodcheck.core.region import region

    return region(said, crisis_directory(), other_countries)


@cache
def crisis_directory() -> CrisisDirectory:
    """Return all help lines that are known."""
    return wiring.load_crisis_directory()


@cache
def other_countries() -> Mapping[str, Country]:
    """Return the countries in which no help line is known, by code."""
    return wiring.load_other_countries().countries


@cache
def language() -> Language:
    """Return the words that the promises rest on."""
    return wiring.load_language()
