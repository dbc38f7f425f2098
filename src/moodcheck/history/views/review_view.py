"""The closing view of a sitting, section by section; help lines stand before or after them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from moodcheck.history.views.critical_text import critical_sentence
from moodcheck.loading.questionnaire_differences import scoring_differences
from moodcheck.report.document import Block, Detail, Option, Paragraph, Section
from moodcheck.report.summary_view import score_text
from moodcheck.report.times import day, moment
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from moodcheck.core.summary import ScaleLine
    from moodcheck.history.change import QuotedChange
    from moodcheck.history.review import ReviewedItem, SessionReview


def review_sections(shown: SessionReview, now: datetime, *, first: int) -> list[Section]:
    """Return what a counselor sees of a sitting, its most urgent part first.

    Args:
        shown: the sitting.
        now: what says whether a day needs its year.
        first: the number of the first item; they are numbered as in `SessionReview.in_order`.
    """
    numbers = count(first)
    sections = [
        _critical(shown), _behind_the_advice(shown, numbers), _advice(shown),
        *_others(shown, now, numbers), _corrected(shown), _numbers(shown), _notes(shown),
    ]  # fmt: skip
    return [one for one in sections if one.blocks]


def item_sentence(one: ReviewedItem) -> str:
    """Return an item with its answer, and what it was last time where that was another."""
    now = _("“{words}”").format(words=one.now) if one.is_in_own_words else one.now
    was = "" if one.before is None else f"{one.before} → "
    said = f"{one.item.label}: {was}{now}"
    marks = [_("set the advice")] if one.sets_advice else []
    marks += [_("has a note")] if one.note else []
    return f"{said} [{', '.join(marks)}]" if marks else said


def _critical(shown: SessionReview) -> Section:
    said = (*map(critical_sentence, shown.critical), *shown.summary.critical_unanswered)
    return Section(_("Needs your attention first"), _sentences(said))


def _behind_the_advice(shown: SessionReview, numbers: Iterator[int]) -> Section:
    heading = _("Answers that set the advice “{advice}”")
    label = shown.summary.advice.label
    return Section(heading.format(advice=label), _options(shown.set_advice, numbers))


def _advice(shown: SessionReview) -> Section:
    advice = shown.summary.advice
    heading = _("What the client was told") if shown.was_told else _("What to tell the client")
    quoted = _("“{advice}”").format(advice=advice.text)
    blocks = _sentences((quoted, shown.summary.not_a_diagnosis))
    return Section(f"{heading}: {advice.label}", blocks)


def _others(shown: SessionReview, now: datetime, numbers: Iterator[int]) -> list[Section]:
    apart = kept_apart(shown)
    if shown.since is None:
        said = apart or (_("First time with this questionnaire."),)
        changed = Section(_("Since last time"), _sentences(said))
    else:
        heading = _("Changed since last time, {day}: before → now").format(
            day=day(shown.since, now)
        )
        nothing = () if shown.changed else (_("No other answer changed."),)
        blocks = (*_sentences((*apart, *nothing)), *_options(shown.changed, numbers))
        changed = Section(heading, blocks)
    others = Section(
        _("The other answers") if shown.set_advice or shown.changed else _("The answers"),
        _options(shown.others, numbers),
    )
    return [changed, others]


def kept_apart(shown: SessionReview) -> tuple[str, ...]:
    """Return why the last sitting with this questionnaire is not compared, where it is not."""
    if shown.apart is None:
        return ()
    said = _("The last sitting with '{id}' cannot be compared with this one: {why}.")
    why = scoring_differences(shown.apart, shown.record.administration.questionnaire)
    return (said.format(id=shown.apart.id, why=why),)


def _corrected(shown: SessionReview) -> Section:
    said = _("{label}: {before}, corrected on {when}; now {now}")
    corrections = (
        said.format(label=one.label, before=one.before, when=moment(one.at), now=one.now)
        for one in shown.corrections
    )
    return Section(_("Corrected after the sitting"), tuple(map(Detail, corrections)))


def scores(shown: SessionReview) -> Iterator[tuple[str, str]]:
    """Yield the label of each scale that has a score, and its score with that of last time."""
    for line in shown.summary.scales:
        if line.result.score is not None:
            yield line.result.scale.label, _score(shown, line)


def _score(shown: SessionReview, line: ScaleLine) -> str:
    earlier = {one.change.scale.id: one for one in shown.scales}
    return f"{score_text(line)}{_before(earlier.get(line.result.scale.id))}"


def _numbers(shown: SessionReview) -> Section:
    scales = (
        Detail(f"{line.result.scale.label}: {_score(shown, line)}") for line in shown.summary.scales
    )
    return Section(_("Numbers"), (*scales, Paragraph(shown.summary.validation)))


def _before(one: QuotedChange | None) -> str:
    if one is None:
        return ""
    if one.change.before is None:
        return _("; last time no score")
    was = _("; last time {score}").format(score=one.change.before)
    return f"{was}; {one.published}" if one.published else was


def _notes(shown: SessionReview) -> Section:
    whole = (shown.record.note,) if shown.record.note else ()
    noted = (f"{one.item.label}: {one.note}" for one in shown.items if one.note)
    return Section(_("Your notes"), tuple(map(Detail, (*whole, *noted))))


def _sentences(said: Iterable[str]) -> tuple[Block, ...]:
    return tuple(map(Paragraph, said))


def _options(items: Iterable[ReviewedItem], numbers: Iterator[int]) -> tuple[Block, ...]:
    return tuple(Option(str(next(numbers)), item_sentence(one)) for one in items)
