"""The counselor's sheet: one page of a client's last sitting, the raw answers first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from moodcheck.history.views.critical_text import critical_sentence
from moodcheck.history.views.review_view import kept_apart, scores
from moodcheck.history.views.trend_view import over_time
from moodcheck.report.document import (
    Block,
    Cell,
    Column,
    Document,
    Fact,
    Facts,
    Paragraph,
    Section,
    Table,
)
from moodcheck.report.outcome import outcome
from moodcheck.report.summary_view import advice_of, without_score
from moodcheck.report.times import day, moment
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.history.critical import CriticalLine
    from moodcheck.history.review import ReviewedItem, SessionReview
    from moodcheck.history.trend import Series


def counselor_document(shown: SessionReview, series: Series, *, name: str = "") -> Document:
    """Return what a counselor takes to a meeting about a client.

    Args:
        shown: the last sitting, with what changed since the one before.
        series: the sittings that it can be compared with, itself among them.
        name: the client's, where the counselor wants it to stand there.
    """
    summary = shown.summary
    made = outcome(
        summary,
        _("Client {client}").format(client=shown.record.client),
        subtitle=", ".join(
            filter(None, (name, summary.questionnaire.title, moment(summary.taken_at)))
        ),
        at=summary.taken_at,
        before=(Section(_("Answers"), tuple(_answers(shown))), _attention(shown)),
        advice=[advice_of(summary)],
        notice=summary.not_a_diagnosis,
        sections=(_numbers(shown, series), _notes(shown)),
        is_brief=True,
    )
    return replace(made, is_sheet=True)


def _answers(shown: SessionReview) -> Iterator[Block]:
    columns = [Column(_("Item")), Column(_("Answer"))]
    if shown.since is not None:
        last_time = _("Last time, {day}, where it was another")
        columns.append(Column(last_time.format(day=day(shown.since))))
    yield Table(tuple(columns), tuple(_row(one, len(columns)) for one in shown.items))
    marked = (_("* This answer set the advice."),) if shown.set_advice else ()
    first = () if shown.since or shown.apart else (_("First time with this questionnaire."),)
    yield from map(Paragraph, (*marked, *kept_apart(shown), *first))


def _row(one: ReviewedItem, columns: int) -> tuple[Cell, ...]:
    said = _("“{words}”").format(words=one.now) if one.is_in_own_words else one.now
    said = f"{said} *" if one.sets_advice else said
    moved = "" if one.difference is None else f"; {one.difference:+}"
    before = "" if one.before is None else f"{one.before}{moved}"
    return (Cell(one.item.label), Cell(said, is_strong=one.sets_advice), Cell(before))[:columns]


def _attention(shown: SessionReview) -> Section:
    entries = tuple(Fact(*_seen(line), line.needs_acknowledgement) for line in shown.critical)
    unanswered = map(Paragraph, shown.summary.critical_unanswered)
    seen = [Facts(entries)] if entries else []
    return Section(_("Needs attention"), (*seen, *unanswered))


def _seen(line: CriticalLine) -> tuple[str, str]:
    """Return whether somebody has acknowledged an answer, and what it was."""
    if line.needs_acknowledgement:
        return _("NOT ACKNOWLEDGED"), critical_sentence(line, names_client=False)
    state = _("ACKNOWLEDGED") if line.entry.acknowledgement else _("Their own")
    return state, critical_sentence(line, names_client=False)


def _numbers(shown: SessionReview, series: Series) -> Section:
    facts = tuple(Fact(label, said) for label, said in scores(shown))
    without = map(Paragraph, without_score(shown.summary))
    several = facts and len(series.records) > 1
    over = [over_time(series, *series.scales, how_to_see="")] if several else []
    numbers = [Facts(facts)] if facts else []
    validation = Paragraph(shown.summary.validation)
    return Section(_("Numbers"), (*numbers, *without, *over, validation))


def _notes(shown: SessionReview) -> Section:
    notes = [Fact(_("This sitting"), shown.record.note)] if shown.record.note else []
    notes += [Fact(one.item.label, one.note) for one in shown.items if one.note]
    said = _("{before}, corrected on {when}; now {now}")
    notes += [
        Fact(one.label, said.format(before=one.before, when=moment(one.at), now=one.now))
        for one in shown.corrections
    ]
    return Section(_("Notes"), (Facts(tuple(notes)),) if notes else ())
