"""What moodcheck ships, loaded once, and one fixed day to show it on."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from moodcheck.core.administration import Administration, administer
from moodcheck.core.crisis import Region
from moodcheck.core.summary import Summary, summarize
from moodcheck.loading.context import Context

CHECKOUT = Path(__file__).parents[1]
DATA = CHECKOUT / "data"
SOURCE = CHECKOUT / "src" / "moodcheck"

CONTEXT = Context()
SYMPTOMS = CONTEXT.questionnaire("symptoms")
LANGUAGE = CONTEXT.language
DIRECTORY = CONTEXT.crisis_directory
OTHERS = CONTEXT.other_countries
NUMBERLESS = "AQ"
"""A country of which not even the emergency number is known."""

TAKEN_AT = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=1)))
TODAY = date(2026, 11, 24)
UNITED_STATES = Region("US")


def answered(**given: object) -> Administration:
    """Return a sitting with the shipped questionnaire; what is not given is blank."""
    return administer(SYMPTOMS, given, taken_at=TAKEN_AT)


def summary_of(administration: Administration, region: Region = UNITED_STATES) -> Summary:
    """Return the summary of a sitting, on the fixed day."""
    return summarize(administration, DIRECTORY, LANGUAGE, region=region, today=TODAY)
