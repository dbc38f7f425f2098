"""The closing view in sentences, section by section; help lines stand before or after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from moodcheck.history.views.critical_text import critical_sentence
from moodcheck.loading.questionnaire_differences import scoring_differences
from moodcheck.report.summary_view import score_text
from moodcheck.report.times import day, moment
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from datetime import datetime

    from moodcheck.history.change import QuotedChange
    from moodcheck.history.review import ReviewedItem, SessionReview


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and what stands under it: lines, then sentences, or items that can be chosen."""

    heading: str
    lines: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    items: tuple[ReviewedItem, ...] = ()


def closing_sections(shown: SessionReview, now: datetime) -> list[Section]:
    """Return the closing view, its most urgent part first; a section is never empty."""
    sections = [
        _critical(shown), _behind_the_advice(shown), _advice(shown), *_others(shown, now),
        _corrected(shown), _numbers(shown), _notes(shown),
    ]  # fmt: skip
    return [one for one in sections if one.lines or one.said or one.items]


def item_sentence(one: ReviewedItem) -> str:
    """Return an item with its answer, and what it was last time where that was another."""
    label, now = safe_text(one.item.label), safe_text(one.now)
    if one.is_in_own_words:
        now = _("“{words}”").format(words=now)
    was = "" if one.before is None else f"{safe_text(one.before)} → "
    said = f"{label}: {was}{now}"
    marks = [_("set the advice")] if one.sets_advice else []
    marks += [_("has a note")] if one.note else []
    return f"{said} [{', '.join(marks)}]" if marks else said


def _critical(shown: SessionReview) -> Section:
    said = [critical_sentence(line) for line in shown.critical]
    missing = [safe_text(sentence) for sentence in shown.summary.critical_unanswered]
    return Section(_("Needs your attention first"), said=(*said, *missing))


def _behind_the_advice(shown: SessionReview) -> Section:
    heading = _("Answers that set the advice “{advice}”")
    label = safe_text(shown.summary.advice.label)
    return Section(heading.format(advice=label), items=shown.set_advice)


def _advice(shown: SessionReview) -> Section:
    advice = shown.summary.advice
    heading = _("What the client was told") if shown.was_told else _("What to tell the client")
    label = safe_text(advice.label)
    return Section(
        f"{heading}: {label}",
        said=(
            _("“{advice}”").format(advice=safe_text(advice.text)),
            safe_text(shown.summary.not_a_diagnosis),
        ),
    )


def _others(shown: SessionReview, now: datetime) -> list[Section]:
    if shown.since is None:
        said = (_("First time with this questionnaire."),)
        changed = Section(_("Since last time"), said=_apart(shown) or said)
    else:
        heading = _("Changed since last time, {day}: before → now").format(
            day=day(shown.since, now)
        )
        nothing = () if shown.changed else (_("No other answer changed."),)
        changed = Section(heading, said=(*_apart(shown), *nothing), items=shown.changed)
    others = Section(
        _("The other answers") if shown.set_advice or shown.changed else _("The answers"),
        items=shown.others,
    )
    return [changed, others]


def _apart(shown: SessionReview) -> tuple[str, ...]:
    if shown.apart is None:
        return ()
    said = _("The last sitting with '{id}' cannot be compared with this one: {why}.")
    why = scoring_differences(shown.apart, shown.record.administration.questionnaire)
    return (said.format(id=shown.apart.id, why=why),)


def _corrected(shown: SessionReview) -> Section:
    said = _("{label}: {before}, corrected on {when}; now {now}")
    return Section(
        _("Corrected after the sitting"),
        tuple(
            said.format(
                label=safe_text(one.label),
                before=safe_text(one.before),
                when=moment(one.at),
                now=safe_text(one.now),
            )
            for one in shown.corrections
        ),
    )


def _numbers(shown: SessionReview) -> Section:
    earlier = {one.change.scale.id: one for one in shown.scales}
    lines = tuple(
        f"{safe_text(line.result.scale.label)}: {safe_text(score_text(line))}"
        f"{_before(earlier.get(line.result.scale.id))}"
        for line in shown.summary.scales
    )
    return Section(_("Numbers"), lines, said=(safe_text(shown.summary.validation),))


def _before(one: QuotedChange | None) -> str:
    if one is None:
        return ""
    if one.change.before is None:
        return _("; last time no score")
    was = _("; last time {score}").format(score=one.change.before)
    return f"{was}; {safe_text(one.published)}" if one.published else was


def _notes(shown: SessionReview) -> Section:
    whole = (safe_text(shown.record.note),) if shown.record.note else ()
    noted = tuple(
        f"{safe_text(one.item.label)}: {safe_text(one.note)}" for one in shown.items if one.note
    )
    return Section(_("Your notes"), (*whole, *noted))
