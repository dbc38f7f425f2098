"""Any document as Markdown, to paste into a record: nothing in its texts becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from moodcheck.report import render_plain
from moodcheck.report.document import (
    Advice,
    Bars,
    Block,
    Cell,
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

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&|~$@]|:(?=/|[^\W\d])|(?<=www)\.", re.IGNORECASE)
"""What is markup anywhere in a line, in CommonMark or in what is commonly added to it."""

_AT_THE_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=#]))")
"""What is markup at the start of a line alone."""


def render(document: Document) -> str:
    """Return a document as Markdown, with an empty line between all that stands apart."""
    parts: list[str] = []
    if document.title:
        parts.append(f"# {escaped(document.title)}")
    if document.subtitle:
        parts.append(escaped(document.subtitle))
    parts += [part for section in document.sections for part in _section(section)]
    return "\n\n".join(parts) + "\n" if parts else ""


def escaped(text: str) -> str:
    """Return a text of one line so that Markdown shows it as it is."""
    # Indented it would be code, and two spaces at its end would break the line.
    shown = _MARKUP.sub(r"\\\g<0>", text.strip())
    return _AT_THE_START.sub(r"\1\\", shown)


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        yield f"## {escaped(section.heading)}"
    for block in section.blocks:
        yield from _parts(block)


def _parts(  # noqa: C901, PLR0911, PLR0912 - one case for each kind of block
    block: Block,
) -> Iterable[str]:
    match block:
        case Paragraph(text, is_strong):
            return [_marked(text, is_strong=is_strong)]
        case Notice(text):
            return [_strong(text)]
        case Detail(text):
            return [escaped(text)]
        case Listing(items):
            return [_listed(map(escaped, items))]
        case Contact(reach, known):
            return [_listed([f"{_strong(reach)} ({escaped(known)})" if known else _strong(reach)])]
        case Advice(label, text, about):
            return [_strong(f"{about}: {label}" if about else label), escaped(text)]
        case Quotation(prompt, words):
            return [f"{escaped(prompt)}:", f"> “{_inside(words)}”"]
        case Facts(facts):
            return [_listed(_named(one.label, one.text, one.is_strong) for one in facts)]
        case Bars(bars):
            return [_listed(_named(bar.label, bar.text) for bar in bars)]
        case OverTime():
            return [_listed(map(escaped, render_plain.said(block)))]
        case Table():
            return _table(block)
        case Heading(text, aside):
            return [f"### {escaped(f'{text}, {aside}' if aside else text)}"]
        case Room(prompt):
            return [escaped(prompt)]
        case Option(key, text, is_chosen):
            return [_listed([_marked(f"{key}. {text}", is_strong=is_chosen)])]
        case _:
            msg = f"no way is known to write {type(block).__name__}"
            raise TypeError(msg)


def _inside(text: str) -> str:
    """Return a text that does not stand at the start of its line."""
    return _MARKUP.sub(r"\\\g<0>", text.strip())


def _strong(text: str) -> str:
    return f"**{_inside(text)}**"


def _marked(text: str, *, is_strong: bool) -> str:
    return _strong(text) if is_strong and text.strip() else escaped(text)


def _listed(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _named(label: str, text: str, is_strong: bool = False) -> str:  # noqa: FBT001, FBT002 - its fact's
    said = _strong(text) if is_strong and text.strip() else _inside(text)
    return f"{escaped(label)}: {said}"


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield _strong(table.caption)
    header = [escaped(column.name) for column in table.columns]
    rows = [header, ["---"] * len(header), *(map(_cell, row) for row in table.rows)]
    yield "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(cell: Cell) -> str:
    return _marked(cell.text, is_strong=cell.is_strong)
