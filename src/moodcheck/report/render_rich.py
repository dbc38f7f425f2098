"""Any document with bars, tables and frames, for eyes at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import takewhile

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text

from moodcheck.report.document import (
    Advice,
    Bar,
    Bars,
    Block,
    Callout,
    Contact,
    Detail,
    Document,
    Facts,
    Heading,
    Kind,
    Listing,
    Notice,
    Option,
    Paragraph,
    Quotation,
    Room,
    Section,
    Table,
)
from moodcheck.report.over_time import OverTime
from moodcheck.report.over_time_drawing import drawn_over_time
from moodcheck.report.wrapping import NARROWEST, wrapped
from moodcheck.translation import gettext as _

WIDEST = 84
"""Longer lines are hard to read."""

_ROOM_FOR_COLUMNS = 56
"""In a narrower window a label, a bar and an answer do not fit side by side."""

_ROOM_FOR_A_TABLE = 72
"""In a narrower window each row of a table is a few lines."""

_BAR_CELLS = 12
_LONGEST_COUNT = 40
_NUMBERS = 26
"""Columns that a range and a count take beside a bar, at most."""
_FRAME = 4
_CORNERS = 2
_STRONG = "bold"


def render(document: Document, *, width: int) -> str:
    """Return a document as text with ANSI styles, no line wider than `width` or `WIDEST`."""
    width = max(NARROWEST, min(width, WIDEST))
    parts: list[RenderableType] = []
    if document.title or document.subtitle:
        parts.append(_title(document, width))
    for section in document.sections:
        part = _section(section, width)
        parts.append(_apart(part) if parts else part)
    return ansi(Group(*parts), width=width) if parts else ""


def ansi(drawn: RenderableType, *, width: int) -> str:
    """Return what Rich makes of `drawn`: weights, and no colour but the terminal's own."""
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=True,
        color_system="standard",
        no_color=True,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )
    with console.capture() as capture:
        console.print(drawn)
    return capture.get()


def drawn(  # noqa: C901, PLR0912 - one case for each kind of block
    block: Block, width: int
) -> Iterator[RenderableType]:
    """Yield what Rich has to print for a block, one below the other, in `width` columns."""
    match block:
        case Paragraph(text, is_strong):
            yield _paragraph(text, width, _STRONG if is_strong else "")
        case Notice(text):
            yield _paragraph(text, width, _STRONG)
        case Detail(text):
            yield _paragraph(f"  {text}", width)
        case Listing(items):
            yield from (_paragraph(f"  {item}", width) for item in items)
        case Contact(reach, known):
            yield _paragraph(reach, width, _STRONG)
            yield from (_paragraph(f"  {text}", width) for text in (known,) if text)
        case Advice(label, text, about):
            yield _paragraph(f"{about}: {label}" if about else label, width, _STRONG)
            yield _paragraph(text, width)
        case Quotation(prompt, words):
            yield _paragraph(f"{prompt}: “{words}”", width)
        case Heading(text, aside):
            yield _heading(text, aside, width)
        case Room(prompt):
            yield _paragraph(prompt, width)
        case Option():
            yield _option(block)
        case Facts():
            yield from _facts(block, width)
        case Bars():
            yield from _bars(block, width)
        case OverTime():
            yield from drawn_over_time(block, width)
        case Table():
            yield from _table(block, width)
        case _:
            msg = f"no way is known to draw {type(block).__name__}"
            raise TypeError(msg)


def _paragraph(text: str, width: int, style: str = "") -> Text:
    """Return a text broken into lines of at most `width` cells."""
    # Rich would break lines inside a number, at the spaces that hold it together.
    return Text(wrapped(text, width), style)


def _apart(part: RenderableType) -> RenderableType:
    return Padding(part, (1, 0, 0, 0))


def _section(section: Section, width: int) -> RenderableType:
    if isinstance(section, Callout):
        return _framed(section, width)
    parts: list[RenderableType] = []
    if section.heading:
        parts.append(_paragraph(section.heading, width, _STRONG))
    for block in section.blocks:
        part = Group(*drawn(block, width))
        # A notice is read by itself.
        parts.append(_apart(part) if parts and isinstance(block, Notice) else part)
    return Group(*parts)


def _title(document: Document, width: int) -> Text:
    title = _paragraph(", ".join(filter(None, (document.title, document.subtitle))), width)
    title.stylize(_STRONG, 0, len(document.title))
    return title


def _framed(section: Callout, width: int) -> RenderableType:
    room = width - _FRAME
    inside = [part for block in section.blocks for part in drawn(block, room)]
    title = _cell(section.heading)
    if title.cell_len > room - _CORNERS:
        # Rich would cut off a title that is longer than the frame.
        inside.insert(0, _paragraph(section.heading, room, _STRONG))
        title = _cell("")
    return Panel(
        Group(*inside),
        title=title or None,
        title_align="left",
        border_style=_STRONG if section.is_urgent else "",
    )


def _heading(text: str, aside: str, width: int) -> Text:
    heading = _paragraph(f"{text} · {aside}" if aside else text, width)
    heading.stylize(_STRONG, 0, len(text))
    return heading


def _option(option: Option) -> RenderableType:
    label = _cell(option.text, _STRONG if option.is_chosen else "")
    if option.is_chosen:
        label.append(_("  (chosen before)"))
    return _grid([(_cell(option.key.rjust(3), _STRONG), label)])


def _facts(block: Facts, width: int) -> Iterator[RenderableType]:
    rows = [(fact, _STRONG if fact.is_strong else "") for fact in block.facts]
    if width >= _ROOM_FOR_COLUMNS:
        yield _grid((_cell(fact.label), _cell(fact.text, style)) for fact, style in rows)
    else:
        yield from (_paragraph(f"{fact.label}: {fact.text}", width, style) for fact, style in rows)


def _bars(block: Bars, width: int) -> Iterator[RenderableType]:
    if block.are_counts:
        longest = max(1, min(_LONGEST_COUNT, width - _NUMBERS))
        rows = [(_cell(bar.label), _cell(bar.text), _count(bar, longest)) for bar in block.bars]
        yield _grid(rows, right=1)
    elif width >= _ROOM_FOR_COLUMNS:
        yield _grid((_cell(bar.label), _bar(bar), _cell(bar.text)) for bar in block.bars)
    else:
        for bar in block.bars:
            yield _cell(bar.label)
            line = Text("  ").join(part for part in (_bar(bar), _cell(bar.text)) if part)
            yield Padding(line, (0, 0, 0, 2))


def _bar(bar: Bar) -> Text:
    if bar.value is None or bar.highest == bar.lowest:
        return Text("")
    filled = _BAR_CELLS * (bar.value - bar.lowest) // (bar.highest - bar.lowest)
    return Text.assemble(("━" * filled, _STRONG), ("╌" * (_BAR_CELLS - filled), "dim"))


def _count(bar: Bar, longest: int) -> Text:
    if bar.value is None:
        return Text("")
    # Upwards, so that few are never shown as none.
    return Text("━" * -(-bar.value * longest // max(1, bar.highest)))


def _table(table: Table, width: int) -> Iterator[RenderableType]:
    if table.caption:
        yield _paragraph(table.caption, width, _STRONG)
    if width < _ROOM_FOR_A_TABLE or _in_one_piece(table) > width // 2:
        yield from _stacked(table, width)
        return
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=_STRONG)
    for column in table.columns:
        grid.add_column(
            _cell(column.name),
            # A long word goes on in the next line; Rich would cut it off.
            overflow="fold",
            no_wrap=column.kind is not Kind.TEXT,
            justify="right" if column.kind is Kind.NUMBER else "left",
        )
    for row in table.rows:
        grid.add_row(*(_cell(cell.text, _STRONG if cell.is_strong else "") for cell in row))
    yield grid


def _in_one_piece(table: Table) -> int:
    """Return how many columns of the window are taken by what is not broken."""
    cells = zip(table.columns, zip(*table.rows, strict=True), strict=True)
    return sum(
        2 + max(_cell(text).cell_len for text in (column.name, *(one.text for one in below)))
        for column, below in cells
        if column.kind is not Kind.TEXT
    )


def _stacked(table: Table, width: int) -> Iterator[RenderableType]:
    """Yield the column names in a line, and for each row a line that stands out and the rest."""
    kinds = [column.kind for column in table.columns]
    # What names a row is never broken, so it stands together in the line that stands out.
    first = max(1, sum(1 for _kind in takewhile(lambda kind: kind is Kind.CODE, kinds)))
    yield _paragraph(", ".join(column.name for column in table.columns), width, _STRONG)
    for row in table.rows:
        yield _paragraph(", ".join(cell.text for cell in row[:first] if cell.text), width, _STRONG)
        weak = ", ".join(cell.text for cell in row[first:] if cell.text and not cell.is_strong)
        yield from (_paragraph(f"  {text}", width) for text in (weak,) if text)
        strong = [cell.text for cell in row[first:] if cell.is_strong]
        yield from (_paragraph(f"  {text}", width, _STRONG) for text in strong)


def _grid(rows: Iterable[tuple[Text, ...]], *, right: int | None = None) -> Grid:
    grid = Grid.grid(padding=(0, 2, 0, 0))
    for row in rows:
        grid.add_row(*row)
    for position, column in enumerate(grid.columns):
        column.overflow = "fold"
        column.justify = "right" if position == right else "left"
    return grid


def _cell(text: str, style: str = "") -> Text:
    return Text(text, style)
