"""A client's sittings over time as a document: advice first, then numbers and answers."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING

from moodcheck.core.scoring import number, published_range
from moodcheck.history import trend
from moodcheck.history.record import RecordState
from moodcheck.history.views.critical_text import critical_sentence
from moodcheck.history.views.record_view import state_word
from moodcheck.loading.questionnaire_differences import scoring_differences
from moodcheck.report.document import Advice, Document, Listing, Paragraph, Section
from moodcheck.report.outcome import outcome
from moodcheck.report.over_time import OverTime, Point, Sitting, Values
from moodcheck.report.times import moment
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.history.change import QuotedChange
    from moodcheck.history.record import Record


def trend_document(
    shown: trend.Trend, *, is_whole: bool = False, how_to_see_all: str = ""
) -> Document:
    """Return what may be shown about a client's sittings over time.

    Args:
        shown: the trend.
        is_whole: whether to show every sitting and all that is known of it; else one screen of the
            newest.
        how_to_see_all: how the reader gets to see the rest.
    """
    is_one = len(shown.series) == 1
    advice = [
        Advice(one.advice.label, one.advice.text, "" if is_one else _name(one))
        for one in shown.series
    ]
    why = () if is_one else (Paragraph(_why_separate(shown)),)
    sections = _whole_sections if is_whole else partial(_sections, how_to_see_all=how_to_see_all)
    return outcome(
        shown,
        _title(shown),
        before=[Section("", tuple(_critical(shown, is_whole=is_whole)))],
        advice=advice,
        notice=shown.not_a_diagnosis,
        sections=[
            Section("", why),
            *(section for series in shown.series for section in sections(series)),
        ],
        is_brief=not is_whole,
    )


def _critical(shown: trend.Trend, *, is_whole: bool) -> Iterator[Paragraph]:
    """Yield what a human has to see; unless all is shown, what was seen is only counted."""
    seen = 0
    for line in shown.critical:
        if line.needs_acknowledgement or is_whole:
            yield Paragraph(critical_sentence(line), is_strong=line.needs_acknowledgement)
        else:
            seen += 1
    if seen:
        said = ngettext(
            "{count} answer that needed attention was acknowledged before.",
            "{count} answers that needed attention were acknowledged before.",
            seen,
        )
        yield Paragraph(said.format(count=seen))


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


def _sections(series: trend.Series, how_to_see_all: str) -> list[Section]:
    asked = len(series.questionnaire.items)
    newest = over_time(series, *series.scales, *series.items[:asked], how_to_see=how_to_see_all)
    ranges = (Paragraph(text) for line in series.scales if (text := _published_ranges(line)))
    return [Section(_name(series), (newest,)), Section("", (*ranges, *_notes(series)))]


def _whole_sections(series: trend.Series) -> list[Section]:
    asked = len(series.questionnaire.items)
    answers, not_scored = series.items[:asked], series.items[asked:]
    details = (Paragraph(text) for line in series.scales if (text := _details(line)))
    sittings = Listing(tuple(map(_sitting, series.records)))
    return [
        Section(_name(series), (sittings, *_notes(series))),
        Section(_("Numbers"), (over_time(series, *series.scales), *details)),
        Section(_("Answers"), (over_time(series, *answers),)),
        Section(_("Not scored"), (over_time(series, *not_scored),) if not_scored else ()),
    ]


def _notes(series: trend.Series) -> list[Paragraph]:
    said = (clock_note(series), series.validation)
    return [Paragraph(text) for text in said if text]


def _sitting(record: Record) -> str:
    """Return one sitting as a line: when, and which record it is."""
    parts = [moment(record.administration.taken_at), record.short_id, *_said_of(record)]
    return ", ".join(parts)


def _said_of(record: Record) -> list[str]:
    said = [state_word(record.state)] if record.state is RecordState.OPEN else []
    return [*said, *([_("NOT ACKNOWLEDGED")] if record.unacknowledged else [])]


def over_time(
    series: trend.Series,
    *lines: trend.ScaleTrend | trend.ItemTrend,
    how_to_see: str | None = None,
) -> OverTime:
    """Return values over time: of every sitting, unless it is said how to see the others."""
    is_whole = how_to_see is None
    # Where all is shown, each sitting has a line of its own as well.
    said = ["" if is_whole else ", ".join(_said_of(record)) for record in series.records]
    days = [record.administration.taken_at.date() for record in series.records]
    sittings = map(Sitting, days, said)
    return OverTime(tuple(sittings), tuple(map(_values, lines)), is_whole, how_to_see or "")


def _values(line: trend.ScaleTrend | trend.ItemTrend) -> Values:
    if isinstance(line, trend.ItemTrend):
        values = [value if type(value) is int else None for value in line.values]
        points = tuple(map(Point, line.said, values))
        return Values(line.item.label, points, line.lowest, line.highest)
    points = tuple(map(Point, line.said, (result.score for result in line.results)))
    marks = tuple(band.at_least for band in line.scale.bands[1:])
    return Values(line.scale.label, points, floor(line.minimum), ceil(line.maximum), marks)


def _details(line: trend.ScaleTrend) -> str:
    """Return how a score moved and what is published about it; empty where there is nothing."""
    steps = _steps(line)
    said = f"{line.scale.label}: {steps}." if steps else ""
    return " ".join(filter(None, (said, _published_ranges(line))))


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
        f"{published_range(scale, band, line.results[-1].how, to='–')} '{band.name}'"
        for band in scale.bands
    ]
    if not ranges:
        return ""
    said = _("{scale}, published ranges of this score ({citation}): {ranges}.")
    return said.format(scale=scale.label, citation=scale.citation or "", ranges=", ".join(ranges))


def _step(step: QuotedChange | None) -> str:
    if step is None or step.change.difference is None:
        return ""
    difference = step.change.difference
    moved = f"+{number(difference)}" if difference > 0 else number(difference)
    return f"{moved} ({step.published})" if step.published else moved
