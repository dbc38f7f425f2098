"""The summary: the only thing that a format may show, and it cannot be made without advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from moodcheck.core.administration import Administration
from moodcheck.core.crisis import CrisisDirectory, HelpPanel, Region, help_panel
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import AdviceRule, Item
from moodcheck.core.safety import (
    CriticalState,
    advice_for,
    alerts,
    critical_states,
    is_urgent,
)
from moodcheck.core.saying import StoodOut, could_say, stands_out, stood_out
from moodcheck.core.scoring import NOT_ASKED, ScaleScore, published_range, score


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item and what was answered, in words and as a share of its range."""

    item: Item
    value: int | str | None
    """The answered value, the person's own words, or None."""
    answer: str
    """The label of the answer, or why there is none."""
    reason: str | None
    """Why it is unanswered (`Unanswered`), else None."""
    stands_out: bool
    """Whether the questionnaire marks this answer as one to look at."""
    lowest: int
    highest: int
    """The range of the item's values; both 0 for the person's own words."""


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """One scale: its score and what may be said about it."""

    result: ScaleScore
    published_band: str | None
    """A quotation of the publication, about the score and never about the person."""
    no_score: str | None
    """Why there is no score, in words."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that may be shown about an administration. Made by `summarize` alone."""

    questionnaire: Questionnaire
    taken_at: datetime
    stood_out: tuple[StoodOut, ...]
    """The answers to look at first, without a verdict."""
    nothing_stood_out: str | None
    """Said where the questionnaire marks such answers and none was given; it is no reassurance."""
    could_say: tuple[str, ...]
    """Sentences in the first person for the person to read out or send."""
    items: tuple[ItemLine, ...]
    context: tuple[ItemLine, ...]
    scales: tuple[ScaleLine, ...]
    critical: Mapping[str, CriticalState]
    """How each critical item was answered, by item id."""
    alerts: tuple[str, ...]
    critical_unanswered: tuple[str, ...]
    """For each critical item without an answer: that it is not answered, in words."""
    advice: AdviceRule
    not_a_diagnosis: str
    notice: str
    """The same as `not_a_diagnosis`, in a few words."""
    validation: str
    """Whether the questionnaire is validated, in words."""
    help: HelpPanel
    help_was_shown: bool
    """Whether an answer in this sitting led to help lines, though it was changed later."""

    @property
    def help_first(self) -> bool:
        """Whether help lines come before all else. Every view asks this, and nothing else."""
        return bool(self.alerts) or is_urgent(self.advice) or self.help_was_shown

    def __post_init__(self) -> None:
        if not (self.advice.text and self.not_a_diagnosis and self.help.act_now):
            msg = "a summary always has advice, says that it is not a diagnosis, and shows help"
            raise ValueError(msg)


def summarize(  # noqa: PLR0913 - each is something a summary shows, or says first
    administration: Administration,
    crisis_directory: CrisisDirectory,
    language: Language,
    *,
    region: Region,
    today: date,
    help_was_shown: bool = False,
) -> Summary:
    """Return everything that may be shown about an administration.

    Args:
        administration: the sitting.
        crisis_directory: all help lines that are known.
        language: the words that the promises rest on.
        region: the country whose help lines are shown; only these, never those of another.
        today: what the age of each line's confirmation is counted from.
        help_was_shown: whether an alert in this sitting already led to help lines; they then
            stay first, whatever the answer was changed to.
    """
    questionnaire = administration.questionnaire
    critical = critical_states(administration)
    found = stood_out(administration)
    return Summary(
        questionnaire=questionnaire,
        taken_at=administration.taken_at,
        stood_out=found or (),
        nothing_stood_out=language.nothing_stood_out if found == () else None,
        could_say=could_say(administration, language.say),
        items=tuple(_line(item, administration, language) for item in questionnaire.items),
        context=tuple(_line(item, administration, language) for item in questionnaire.context),
        scales=tuple(_scale_line(result, language) for result in score(administration)),
        critical=MappingProxyType(critical),
        alerts=alerts(administration),
        critical_unanswered=tuple(
            language.critical_unanswered.replace("{label}", questionnaire.item(item_id).label)
            for item_id, state in critical.items()
            if state in {CriticalState.UNANSWERED, CriticalState.NOT_ASKED}
        ),
        advice=advice_for(administration),
        not_a_diagnosis=language.not_a_diagnosis,
        notice=language.notice,
        validation=validation(questionnaire, language),
        help=help_panel(crisis_directory, language, region, today=today),
        help_was_shown=help_was_shown,
    )


def validation(questionnaire: Questionnaire, language: Language) -> str:
    """Return whether a questionnaire is validated, in words."""
    if not questionnaire.validated:
        return language.not_validated
    return language.validated.replace("{citation}", questionnaire.validated.citation)


def _line(item: Item, administration: Administration, language: Language) -> ItemLine:
    questionnaire = administration.questionnaire
    is_choice = item.id in questionnaire.choices
    lowest, highest = questionnaire.extremes(item.id) if is_choice else (0, 0)
    reason = administration.unanswered.get(item.id)
    value: int | str | None = administration.words.get(item.id)
    answer = str(value)
    if reason is not None:
        answer = language.unanswered[reason]
    elif item.id in administration.answers:
        value = administration.answers[item.id]
        answer = questionnaire.option(item.id, value).label or str(value)
    is_marked = stands_out(item, administration)
    return ItemLine(item, value, answer, reason, is_marked, lowest, highest)


def _scale_line(result: ScaleScore, language: Language) -> ScaleLine:
    return ScaleLine(result, _published_band(result, language), why_no_score(result, language))


def why_no_score(result: ScaleScore, language: Language) -> str | None:
    """Return in words why a scale has no score; None where it has one."""
    if result.reason is None:
        return None
    words = {NOT_ASKED: language.not_every_item_asked}
    return words.get(result.reason, language.too_many_unanswered)


def _published_band(result: ScaleScore, language: Language) -> str | None:
    scale, band = result.scale, result.band
    if band is None:
        return None
    scores = published_range(scale, band, result.how, to="–")
    quotation = language.published_band.replace("{name}", band.name)
    quotation = quotation.replace("{range}", scores)
    return quotation.replace("{citation}", scale.citation or "")
