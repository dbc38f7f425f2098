"""A client's sittings over time as a document: advice first, then numbers and answers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from moodcheck.core.scoring import published_range
from moodcheck.history.record import RecordState
from moodcheck.history.trend import number
from moodcheck.history.views.critical_text import critical_sentence
from moodcheck.history.views.record_view import state_word
from moodcheck.loading.questionnaire_differences import scoring_differences
from moodcheck.report.document import (
    Advice,
    Document,
    Listing,
    Paragraph,
    Point,
    Section,
    Series,
    SideBySide,
    Values,
)
from moodcheck.report.outcome import outcome
from moodcheck.report.times import moment
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.history import trend
    from moodcheck.history.change import QuotedChange
    from moodcheck.history.record import Record


def trend_document(shown: trend.Trend) -> Document:
    """Return everything that may be shown about a client's sittings over time."""
    critical = tuple(
        Paragraph(critical_sentence(line), is_strong=line.needs_acknowledgement)
        for line in shown.critical
    )
    is_one = len(shown.series) == 1
    advice = [
        Advice(one.advice.label, one.advice.text, "" if is_one else _name(one))
        for one in shown.series
    ]
    why = () if is_one else (Paragraph(_why_separate(shown)),)
    return outcome(
        shown,
        _title(shown),
        before=[Section("", critical)],
        advice=advice,
        notice=shown.not_a_diagnosis,
        sections=[
            Section("", why),
            *(section for series in shown.series for section in _sections(series)),
        ],
    )


def clock_note(series: trend.Series) -> str:
    """Return that the dates are not in the order of the sittings, where they are not."""
    dates = [record.administration.taken_at for record in series.records]
    if all(one <= later for one, later in pairwise(dates)):
        return ""
    return _("The dates are not in order: a clock was changed. This is the order of the sittings.")


def _title(shown: trend.Trend) -> str:
    count = sum(len(series.records) for series in shown.series)
    said = ngettext("{client}: {count} sitting", "{client}: {count} sittings", count)
    return said.format(client=shown.client, count=count)


def _name(series: trend.Series) -> str:
    asked = series.questionnaire
    return f"{asked.title} ({asked.id} {asked.version})"


def _why_separate(shown: trend.Trend) -> str:
    rule = _(
        "Sittings are compared only where the questionnaire and the way it is scored are the "
        "same. The others are shown by themselves, the one used last at the end."
    )
    asked = [series.questionnaire for series in shown.series]
    pairs = [
        (one, later)
        for position, later in enumerate(asked)
        if (one := _latest_of_same_id(asked[:position], later)) is not None
    ]
    return " ".join([rule, *(_apart(one, later) for one, later in pairs)])


def _latest_of_same_id(earlier: list[Questionnaire], later: Questionnaire) -> Questionnaire | None:
    return next((one for one in reversed(earlier) if one.id == later.id), None)


def _apart(one: Questionnaire, later: Questionnaire) -> str:
    names = [f"{asked.id} {asked.version}" for asked in (one, later)]
    said = _("{one} and {later} are kept apart: {why}.")
    return said.format(one=names[0], later=names[1], why=scoring_differences(one, later))


def _sections(series: trend.Series) -> list[Section]:
    sittings = Listing(tuple(_sitting(i, record) for i, record in enumerate(series.records, 1)))
    note = clock_note(series)
    asked = len(series.questionnaire.items)
    return [
        Section(_name(series), (sittings, *([Paragraph(note)] if note else []))),
        Section(
            _("Numbers, in the order of the sittings"),
            tuple(map(_scale, series.scales)),
        ),
        Section("", (Paragraph(series.validation),)),
        Section(_("Answers, in the order of the sittings"), _items(series.items[:asked])),
        Section(_("Not scored"), _items(series.items[asked:])),
    ]


def _sitting(position: int, record: Record) -> str:
    """Return one sitting as a line: its number, when, and which record it is."""
    parts = [moment(record.administration.taken_at), record.short_id]
    parts += [state_word(record.state)] if record.state is RecordState.OPEN else []
    parts += [_("NOT ACKNOWLEDGED")] if record.unacknowledged else []
    return f"{position}. {', '.join(parts)}"


def _scale(line: trend.ScaleTrend) -> Series:
    values = (result.score for result in line.results)
    details = (_steps(line), _published_ranges(line))
    return Series(
        line.scale.label,
        tuple(map(Point, line.said, values)),
        line.minimum,
        line.maximum,
        marks=tuple(band.at_least for band in line.scale.bands[1:]),
        details=tuple(filter(None, details)),
    )


def _items(lines: Sequence[trend.ItemTrend]) -> tuple[SideBySide, ...]:
    return (SideBySide(tuple(map(_item, lines))),) if lines else ()


def _item(line: trend.ItemTrend) -> Values:
    values = [value if type(value) is int else None for value in line.values]
    return Values(line.item.label, tuple(map(Point, line.said, values)))


def _steps(line: trend.ScaleTrend) -> str:
    """Return how the score moved, with what is published about such a change."""
    said = [
        _("{step} since the previous sitting").format(step=_step(line.since_previous)),
        _("{step} since the first").format(step=_step(line.since_first)),
    ]
    known = zip(said, (line.since_previous, line.since_first), strict=True)
    return "; ".join(text for text, step in known if step and step.change.difference is not None)


def _published_ranges(line: trend.ScaleTrend) -> str:
    """Return the published bands as quotations; empty where there are none."""
    scale = line.scale
    ranges = [
        f"{published_range(scale, band, maximum=line.maximum, to='–')} '{band.name}'"
        for band in scale.bands
    ]
    if not ranges:
        return ""
    return _("published ranges of this score ({citation}): {ranges}").format(
        citation=scale.citation or "", ranges=", ".join(ranges)
    )


def _step(step: QuotedChange | None) -> str:
    if step is None or step.change.difference is None:
        return ""
    difference = step.change.difference
    moved = f"+{number(difference)}" if difference > 0 else number(difference)
    return f"{moved} ({step.published})" if step.published else moved
