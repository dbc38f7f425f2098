"""What every text about a trend says, before anyone decides how it looks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from moodcheck.core.scoring import published_range
from moodcheck.history.record import RecordState
from moodcheck.history.trend import number
from moodcheck.history.views.critical_text import moment
from moodcheck.history.views.state_text import state_word
from moodcheck.loading.apart_text import why_apart
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.history.record import Record
    from moodcheck.history.trend import ScaleTrend, Series, Step, Trend


def title(shown: Trend) -> str:
    """Return whose sittings these are, and how many."""
    count = sum(len(series.records) for series in shown.series)
    said = ngettext("{client}: {count} sitting", "{client}: {count} sittings", count)
    return said.format(client=safe_text(shown.client), count=count)


def series_title(series: Series) -> str:
    """Return what was asked."""
    asked = series.questionnaire
    return f"{safe_text(asked.title)} ({asked.id} {asked.version})"


def why_separate(shown: Trend) -> str:
    """Return why there are several series; empty where there is one."""
    if len(shown.series) == 1:
        return ""
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
    return said.format(one=names[0], later=names[1], why=why_apart(one, later))


def sitting(position: int, record: Record) -> str:
    """Return one sitting as a line: its number, when, and which record it is."""
    parts = [moment(record.administration.taken_at), safe_text(record.short_id)]
    parts += [state_word(record.state)] if record.state is RecordState.OPEN else []
    parts += [_("NOT ACKNOWLEDGED")] if record.unacknowledged else []
    return f"{position}. {', '.join(parts)}"


def clock_note(series: Series) -> str:
    """Return that the dates are not in the order of the sittings, where they are not."""
    dates = [record.administration.taken_at for record in series.records]
    if all(one <= later for one, later in pairwise(dates)):
        return ""
    return _("The dates are not in order: a clock was changed. This is the order of the sittings.")


def steps(line: ScaleTrend) -> str:
    """Return how the score moved, with what is published about such a change."""
    said = [
        _("{step} since the previous sitting").format(step=_step(line.since_previous)),
        _("{step} since the first").format(step=_step(line.since_first)),
    ]
    known = zip(said, (line.since_previous, line.since_first), strict=True)
    return "; ".join(text for text, step in known if step and step.change.difference is not None)


def published_ranges(line: ScaleTrend) -> str:
    """Return the published bands as quotations; empty where there are none."""
    scale = line.scale
    ranges = [
        f"{published_range(scale, band, maximum=line.maximum, to='–')} '{safe_text(band.name)}'"
        for band in scale.bands
    ]
    if not ranges:
        return ""
    return _("published ranges of this score ({citation}): {ranges}").format(
        citation=safe_text(scale.citation or ""), ranges=", ".join(ranges)
    )


def _step(step: Step | None) -> str:
    if step is None or step.change.difference is None:
        return ""
    difference = step.change.difference
    moved = f"+{number(difference)}" if difference > 0 else number(difference)
    return f"{moved} ({safe_text(step.published)})" if step.published else moved
