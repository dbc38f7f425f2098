"""Lists for eyes at a terminal: saved sittings as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from moodcheck.history.views.critical_text import critical_sentence
from moodcheck.history.views.record_text import how_many
from moodcheck.history.views.state_text import state_word
from moodcheck.report.render_rich import WIDEST, ansi, paragraph
from moodcheck.report.rich_text import help_box
from moodcheck.report.times import moment
from moodcheck.report.wrapping import NARROWEST
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.history.listing import RecordList
    from moodcheck.history.record import Record

_ROOM_FOR_A_TABLE = 72
"""Columns; in a narrower window each row is a few lines."""

_STANDS_OUT = "bold"

_Cell = tuple[str, str]
"""A text, fit to show, and its style."""


def record_list(shown: RecordList, *, width: int) -> str:
    """Return records as a table with ANSI styles, after what a human has to see of them."""
    width = max(NARROWEST, min(width, WIDEST))
    unseen = [critical_sentence(line) for line in shown.critical if line.needs_acknowledgement]
    parts: list[RenderableType] = [Text(how_many(shown), "bold")]
    parts += [help_box(shown.help, width, stands_out=True)] if shown.help_first else []
    parts += [_apart(*(paragraph(said, width, _STANDS_OUT) for said in unseen))] if unseen else []
    columns = (_("Sitting"), _("When"), _("Client"), _("Questionnaire"), _("State"))
    parts += [_apart(*_rows(columns, map(_record, shown.records), width))] if shown.records else []
    parts.append(_apart(paragraph(safe_text(shown.notice), width, "bold")))
    return ansi(Group(*parts), width=width)


def _record(record: Record) -> tuple[_Cell, ...]:
    asked = record.administration.questionnaire
    said = [_("NOT ACKNOWLEDGED")] if record.unacknowledged else []
    said.append(state_word(record.state))
    said += [_("changed outside")] if record.changed_outside else []
    state: _Cell = ("\n".join(said), _STANDS_OUT if record.unacknowledged else "")
    return (
        (safe_text(record.short_id), ""),
        (moment(record.administration.taken_at), ""),
        (safe_text(record.client), ""),
        (f"{asked.id} {asked.version}", ""),
        state,
    )


def _rows(
    columns: Sequence[str], rows: Iterable[Sequence[_Cell]], width: int
) -> Iterator[RenderableType]:
    if width < _ROOM_FOR_A_TABLE:
        yield from (part for row in rows for part in _stacked(row, width))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    whole = {_("Sitting"), _("Record"), _("When"), _("State")}
    for name in columns:
        # A long word goes on in the next line; Rich would cut it off.
        table.add_column(name, overflow="fold", no_wrap=name in whole)
    for row in rows:
        table.add_row(*(Text(text, style) for text, style in row))
    yield table


def _stacked(row: Sequence[_Cell], width: int) -> Iterator[RenderableType]:
    """Yield the first two cells in a line, the others below it, what stands out by itself."""
    (first, _style), (second, _style), *others = row
    yield paragraph(f"{first} {second}", width, "bold")
    said = ", ".join(text for text, style in others if text and not style)
    if said:
        yield paragraph(f"  {said}", width)
    for text, style in others:
        if style:
            joined = text.replace("\n", ", ")
            yield paragraph(f"  {joined}", width, style)


def _apart(*parts: RenderableType) -> RenderableType:
    return Padding(Group(*parts), (1, 0, 0, 0))
