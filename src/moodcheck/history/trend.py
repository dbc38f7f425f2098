"""One client's sittings over time: numbers side by side. Cannot be made without advice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from moodcheck.core.administration import Unanswered
from moodcheck.core.crisis import CrisisDirectory, HelpPanel, Region, help_panel
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire, ScoringFingerprint
from moodcheck.core.questionnaire_parts import AdviceRule, Item
from moodcheck.core.safety import advice_for
from moodcheck.core.scale import Scale
from moodcheck.core.scoring import ScaleScore, number, score
from moodcheck.core.summary import validation, why_no_score
from moodcheck.history.change import QuotedChange, given, quoted, scale_change
from moodcheck.history.critical import CriticalLine, critical_lines, has_alert, needs_help_first
from moodcheck.history.order import in_order
from moodcheck.history.record import Record

_FEWEST_WITH_A_FIRST = 3
"""With two sittings the first is the previous one."""


@dataclass(frozen=True, slots=True)
class ItemTrend:
    """One item with response options over time."""

    item: Item
    lowest: int
    highest: int
    values: tuple[int | Unanswered | None, ...]
    """For each sitting; None where its version of the questionnaire lacks the item."""
    said: tuple[str, ...]
    """For each sitting: the value, or why there is none."""


@dataclass(frozen=True, slots=True)
class ScaleTrend:
    """One scale over time."""

    scale: Scale
    minimum: int | float
    maximum: int | float
    results: tuple[ScaleScore, ...]
    """For each sitting; where there is no score it has the reason."""
    said: tuple[str, ...]
    """For each sitting: the score, or why there is none."""
    since_previous: QuotedChange | None
    """From the last sitting but one to the last; None where there are no two."""
    since_first: QuotedChange | None
    """From the first sitting to the last; None where there are no three."""


@dataclass(frozen=True, slots=True)
class Series:
    """The sittings that may be joined: their questionnaires have one scoring fingerprint."""

    questionnaire: Questionnaire
    """That of the last sitting, which names what is shown."""
    records: tuple[Record, ...]
    """In the order in which they were begun."""
    scales: tuple[ScaleTrend, ...]
    items: tuple[ItemTrend, ...]
    """Scored items, then context items; a person's own words are in the single records."""
    advice: AdviceRule
    """What fits the last sitting."""
    validation: str
    """Whether the questionnaire is validated, in words."""

    def __repr__(self) -> str:
        """Return how many sittings there are, and nothing that was answered in them."""
        return f"<{len(self.records)} sittings of {self.questionnaire.id}>"


@dataclass(frozen=True, slots=True)
class Trend:
    """Everything that may be shown about a client's sittings over time. Made by `trend` alone."""

    client: str
    series: tuple[Series, ...]
    """Each by itself: what is asked differently is never joined. The newest comes last."""
    critical: tuple[CriticalLine, ...]
    """What a human has to see, first what nobody acknowledged."""
    has_alert: bool
    """Whether in any sitting a critical item was an alert, also one that was changed later."""
    help_first: bool
    """Whether in any sitting there was an alert, or advice that does not wait."""
    not_a_diagnosis: str
    help: HelpPanel

    def __post_init__(self) -> None:
        has_advice = all(series.advice.text for series in self.series)
        if not (has_advice and self.not_a_diagnosis and self.help.act_now):
            msg = "a trend always has advice, says that it is not a diagnosis, and shows help"
            raise ValueError(msg)

    def __repr__(self) -> str:
        """Return what it is of and how to see it: a log or a notebook may print this unasked."""
        return f"<Trend: {[*self.series]}; see moodcheck.make_report(…).text>"


def trend(
    records: Iterable[Record],
    crisis_directory: CrisisDirectory,
    language: Language,
    *,
    region: Region,
    now: datetime,
) -> Trend:
    """Return everything that may be shown about a client's sittings over time.

    Args:
        records: all of one client's records, at least one; see `in_order`.
        crisis_directory: all help lines that are known.
        language: the words that the promises rest on.
        region: the country whose help lines are shown.
        now: what ages are counted from.
    """
    ordered = in_order(records)
    joined: dict[ScoringFingerprint, list[Record]] = {}
    for record in ordered:
        asked = record.administration.questionnaire
        joined.setdefault(asked.scoring_fingerprint, []).append(record)
    last = {id(record): position for position, record in enumerate(ordered)}
    newest_last = sorted(joined.values(), key=lambda group: last[id(group[-1])])
    return Trend(
        client=ordered[-1].client,
        series=tuple(_series(group, language) for group in newest_last),
        critical=critical_lines(ordered, language, now),
        has_alert=any(map(has_alert, ordered)),
        help_first=any(map(needs_help_first, ordered)),
        not_a_diagnosis=language.not_a_diagnosis,
        help=help_panel(crisis_directory, language, region, today=now.date()),
    )


def _series(records: Sequence[Record], language: Language) -> Series:
    last = records[-1].administration
    questionnaire = last.questionnaire
    scored = [
        {result.scale.id: result for result in score(record.administration)} for record in records
    ]
    return Series(
        questionnaire=questionnaire,
        records=tuple(records),
        scales=tuple(
            _scale(scale, [results[scale.id] for results in scored], questionnaire, language)
            for scale in questionnaire.scales
        ),
        items=tuple(
            _item(item, records, questionnaire, language)
            for item in questionnaire.all_items
            if item.id in questionnaire.choices
        ),
        advice=advice_for(last),
        validation=validation(questionnaire, language),
    )


def _scale(
    scale: Scale,
    results: Sequence[ScaleScore],
    questionnaire: Questionnaire,
    language: Language,
) -> ScaleTrend:
    minimum, maximum = questionnaire.range_of(scale)
    return ScaleTrend(
        scale=scale,
        minimum=minimum,
        maximum=maximum,
        results=tuple(results),
        said=tuple(_score_words(result, language) for result in results),
        since_previous=_step(results[-2:], language) if len(results) > 1 else None,
        since_first=_step(results, language) if len(results) >= _FEWEST_WITH_A_FIRST else None,
    )


def _step(results: Sequence[ScaleScore], language: Language) -> QuotedChange:
    return quoted(scale_change(results[0], results[-1]), language)


def _score_words(result: ScaleScore, language: Language) -> str:
    return why_no_score(result, language) or number(result.score or 0)


def _item(
    item: Item, records: Sequence[Record], questionnaire: Questionnaire, language: Language
) -> ItemTrend:
    lowest, highest = questionnaire.extremes(item.id)
    values = [given(record.administration, item.id) for record in records]
    said = [
        str(value) if isinstance(value, int) else language.unanswered[value or Unanswered.NOT_ASKED]
        for value in values
    ]
    return ItemTrend(item, lowest, highest, tuple(values), tuple(said))
