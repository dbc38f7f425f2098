"""The scales of many rows, as sections of a document."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor
from typing import TYPE_CHECKING

from moodcheck.batch.cohort.numbers import decimal, share
from moodcheck.batch.cohort.sums import NoAlpha
from moodcheck.batch.distribution_view import distribution_bars
from moodcheck.batch.outcome import Distribution
from moodcheck.core.scoring import number
from moodcheck.report.document import Block, Cell, Column, Detail, Kind, Paragraph, Section, Table
from moodcheck.report.over_time import NO_VALUE
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.batch.cohort.figures import Figures, Reliability, ScaleFigures, Scores


def scale_sections(shown: Figures) -> Iterator[Section]:
    """Yield what is known of each scale: its scores, and how its items go together."""
    labels = {one.item.id: one.item.label for one in shown.items}
    for scale in shown.scales:
        named = _("{scale}, scores {lowest} to {highest}").format(
            scale=scale.scale.label, lowest=number(scale.minimum), highest=number(scale.maximum)
        )
        yield Section(
            named, (_spreads(scale), *_bars(scale), *_reliability(scale.reliability, labels))
        )


def _bars(shown: ScaleFigures) -> Iterator[Block]:
    if not shown.scored.spread.is_withheld:
        yield distribution_bars(distribution(shown))
    if shown.scored.spread.is_withheld or shown.complete.spread.is_withheld:
        yield withheld_detail()


def withheld_detail() -> Detail:
    """Return why some numbers are not there."""
    return Detail(
        _(
            "Numbers of too few rows are not shown, and none that gives few rows away when it is "
            "taken from another; --min-group sets how many it takes."
        )
    )


def distribution(shown: ScaleFigures) -> Distribution:
    """Return how often each score of a scale occurs, among all rows that have one."""
    counts: dict[int, int] = {}
    for score, rows in shown.scored.counts.items():
        counts[floor(score)] = counts.get(floor(score), 0) + rows
    extremes = (shown.minimum, shown.maximum)
    return Distribution.of(shown.scale, extremes, counts, shown.not_scored)


def _spreads(shown: ScaleFigures) -> Table:
    names = (
        _("Number"),
        _("Mean"),
        _("SD"),
        _("At {score}").format(score=number(shown.minimum)),
        _("At {score}").format(score=number(shown.maximum)),
    )
    columns = (Column(_("Rows")), *(Column(name, Kind.NUMBER) for name in names))
    rows = [_spread(_("with a score"), shown.scored)]
    if shown.complete.spread.rows != shown.scored.spread.rows:
        rows.append(_spread(_("with every item answered"), shown.complete))
    return Table(columns, tuple(rows))


def _spread(name: str, scores: Scores) -> tuple[Cell, ...]:
    rows = scores.spread.rows
    said = (
        name,
        f"{rows:,}",
        decimal(scores.spread.mean),
        decimal(scores.spread.sd),
        share(scores.floor, rows),
        share(scores.ceiling, rows),
    )
    return tuple(map(Cell, said))


def _reliability(shown: Reliability, labels: dict[str, str]) -> Iterator[Block]:
    if shown.why is NoAlpha.WITHHELD:
        yield Paragraph(_("Cronbach's alpha is not shown either."))
        return
    if shown.why is not None:
        yield Paragraph(
            _("Cronbach's alpha is not defined: {why}.").format(why=_why_not(shown.why))
        )
        return
    said = _("Cronbach's alpha: {alpha}, over {rows} rows with every item answered.")
    yield Paragraph(said.format(alpha=decimal(shown.alpha, 3), rows=f"{shown.rows:,}"))
    columns = (
        Column(_("Item")),
        Column(_("r with the rest"), Kind.NUMBER),
        Column(_("Alpha without"), Kind.NUMBER),
    )
    rows = [
        tuple(map(Cell, (labels[one.item], decimal(one.r_rest, 3), decimal(one.alpha_without, 3))))
        for one in shown.items
    ]
    yield Table(columns, tuple(rows))
    if any(one.r_rest is None or one.alpha_without is None for one in shown.items):
        yield Detail(
            _(
                "{sign} stands where nothing is defined: all answers to the item, or all totals of "
                "the rest, are equal, or the rest is a single item."
            ).format(sign=NO_VALUE)
        )
    against = [labels[one.item] for one in shown.items if (one.r_rest or 0) < 0]
    if against:
        yield Detail(
            _("These go against the rest, and may be counted from the wrong end: {items}.").format(
                items=", ".join(against)
            )
        )


def _why_not(why: NoAlpha) -> str:
    match why:
        case NoAlpha.NOT_ADDED_UP:
            return _("the score is no plain sum or mean of items that all count alike")
        case NoAlpha.NOT_ASKED:
            return _("an item of the scale is not part of the data")
        case NoAlpha.ONE_ITEM:
            return _("the scale has a single item")
        case NoAlpha.TOO_FEW_ROWS:
            return _("fewer than two rows have every item answered")
        case NoAlpha.ALL_ALIKE:
            return _("all rows with every item answered have the same total")
        case NoAlpha.WITHHELD:
            return _("it is of too few rows, or would give few away")
