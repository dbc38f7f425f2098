"""Any document as linear text for screen readers, pipes and logs: one thing a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from moodcheck.report.document import (
    Advice,
    Bars,
    Block,
    Contact,
    Detail,
    Document,
    Facts,
    Heading,
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
from moodcheck.report.times import day
from moodcheck.report.wrapping import NARROWEST, wrapped
from moodcheck.translation import gettext as _

_NEWEST = 6
"""Sittings that are said where not every one is: more would take minutes to listen to."""

_BOLD = "\x1b[1m{}\x1b[0m"

Line = tuple[str, bool]
"""One thing said, before it is broken, and whether it stands out."""


def render(document: Document, *, width: int = 80, bold: bool = False) -> str:
    """Return a document as lines of at most `width` columns, an empty line between sections.

    With `bold`, what matters most stands out in a terminal. A document without a title or section
    is empty text.
    """
    title = ", ".join(filter(None, (document.title, document.subtitle)))
    parts = [[(title, False)]] if title else []
    parts += [list(_section(section)) for section in document.sections]
    texts = ("\n".join(_broken(line, width, bold=bold) for line in part) for part in parts)
    return "\n\n".join(texts) + "\n" if parts else ""


def said(block: Block) -> Iterator[str]:
    """Yield what a block says, one thing a line, not yet broken into lines."""
    for text, _is_strong in _lines(block):
        yield text


def _broken(line: Line, width: int, *, bold: bool) -> str:
    text, is_strong = line
    shown = wrapped(text, max(width, NARROWEST))
    return _BOLD.format(shown) if bold and is_strong else shown


def _section(section: Section) -> Iterator[Line]:
    if section.heading:
        yield f"{section.heading}:", False
    for block in section.blocks:
        yield from _lines(block)


def _lines(  # noqa: C901, PLR0911, PLR0912 - one case for each kind of block
    block: Block,
) -> Iterable[Line]:
    match block:
        case Paragraph(text, is_strong):
            return [(text, is_strong)]
        case Notice(text):
            return [(text, False)]
        case Detail(text):
            return [(f"  {text}", False)]
        case Listing(items):
            return [(f"  {item}", False) for item in items]
        case Contact(reach, known):
            return [(f"  {reach} ({known})" if known else f"  {reach}", True)]
        case Advice(label, text, about):
            return [(f"{about}: {label}." if about else f"{label}.", True), (text, False)]
        case Quotation(prompt, words):
            return [(f"  {prompt}: “{words}”", False)]
        case Facts(facts):
            return [(f"  {fact.label}: {fact.text}", fact.is_strong) for fact in facts]
        case Bars(bars):
            return [(f"  {bar.label}: {bar.text}", False) for bar in bars]
        case OverTime():
            return _over_time(block)
        case Table():
            return _table(block)
        case Heading(text, aside):
            return [(f"{text}, {aside}" if aside else text, False)]
        case Room(prompt):
            return [(prompt, False)]
        case Option(key, text, is_chosen):
            chosen = _("  {key}. {label} (chosen before)").format(key=key, label=text)
            return [(chosen if is_chosen else f"  {key}. {text}", False)]
        case _:
            msg = f"no way is known to say {type(block).__name__}"
            raise TypeError(msg)


def _over_time(block: OverTime) -> Iterator[Line]:
    """Yield each sitting with all its values, the newest first."""
    newest_first = range(len(block.sittings))[::-1]
    shown = newest_first if block.is_whole else newest_first[:_NEWEST]
    for position in shown:
        sitting = block.sittings[position]
        when = ", ".join(filter(None, (day(sitting.at), sitting.said)))
        values = "; ".join(f"{row.label}: {row.points[position].text}" for row in block.rows)
        yield f"  {when}. {values}.", False
    if earlier := len(newest_first) - len(shown):
        yield block.earlier_not_shown(earlier), False


def _table(table: Table) -> Iterator[Line]:
    if table.caption:
        yield f"{table.caption}:", False
    yield f"{', '.join(column.name for column in table.columns)}:", False
    for row in table.rows:
        yield f"  {', '.join(cell.text for cell in row if cell.text)}", False
