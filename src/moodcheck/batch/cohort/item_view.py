"""The items of many rows, as sections of a document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from moodcheck.batch.cohort.numbers import decimal, share
from moodcheck.batch.cohort.scale_view import withheld_detail
from moodcheck.batch.counts_view import unanswered_facts
from moodcheck.report.document import (
    Block,
    Cell,
    Column,
    Detail,
    Fact,
    Facts,
    Kind,
    Section,
    Table,
)
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.batch.cohort.figures import Figures, ItemFigures

_MOST_OPTIONS = 12
"""Items with more options have no share of each; JSON has all."""


def item_sections(shown: Figures) -> Iterator[Section]:
    """Yield what is known of each item: its mean, the share of each option, and what is missing."""
    as_given = Detail(_("Answers are as they were given, reverse-keyed items too."))
    is_withheld = any(one.spread.is_withheld for one in shown.items)
    few = (withheld_detail(),) if is_withheld else ()
    yield Section(_("Items"), (_means(shown), as_given, *few))
    yield Section(_("Share of each answer, of those who answered"), tuple(_shares(shown)))
    facts = unanswered_facts({one.item.label: one.unanswered for one in shown.items})
    named = tuple(Fact(label, said) for label, said in facts)
    yield Section(_("Rows without an answer, by item"), (Facts(named),) if named else ())


def _means(shown: Figures) -> Table:
    names = (_("Answered"), _("Not answered"), _("Mean"), _("SD"))
    columns = (Column(_("Item")), *(Column(name, Kind.NUMBER) for name in names))
    return Table(columns, tuple(_mean(one) for one in shown.items))


def _mean(one: ItemFigures) -> tuple[Cell, ...]:
    spread = one.spread
    said = (
        one.item.label,
        f"{spread.rows:,}",
        f"{sum(one.unanswered.values()):,}",
        decimal(spread.mean),
        decimal(spread.sd),
    )
    return tuple(map(Cell, said))


def _shares(shown: Figures) -> Iterator[Block]:
    """Yield a table for each run of items that offer the same options."""
    for _name, alike in groupby(shown.items, lambda one: one.item.responses):
        items = [*alike]
        options = [option for option, _rows in items[0].options]
        if len(options) > _MOST_OPTIONS:
            continue
        columns = [Column(str(one.value), Kind.NUMBER) for one in options]
        rows = [
            (
                Cell(one.item.label),
                *(Cell(share(rows, one.spread.rows)) for _option, rows in one.options),
            )
            for one in items
        ]
        yield Table((Column(_("Item")), *columns), tuple(rows))
        labels = [f"{one.value} {one.label}" for one in options if one.label]
        if labels:
            yield Detail(", ".join(labels))
