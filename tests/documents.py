"""Documents of every kind of block, with hostile texts in all of them, and what is in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

from hypothesis import strategies as st

from moodcheck.report.document import (
    Advice,
    Bar,
    Bars,
    Block,
    Callout,
    Cell,
    Column,
    Contact,
    Detail,
    Document,
    Fact,
    Facts,
    Heading,
    Help,
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
from moodcheck.report.over_time import OverTime, Point, Sitting, Values
from moodcheck.report.wrapping import NARROWEST
from tests.shown import letters
from tests.strategies import hostile_text

B = TypeVar("B", bound=Block)

SOMETHING = hostile_text()
ANYTHING = st.just("") | SOMETHING
SEVERAL = st.lists(SOMETHING, min_size=1, max_size=2).map(tuple)
WIDTHS = st.integers(NARROWEST, 200)


def _several(one: st.SearchStrategy[Block]) -> st.SearchStrategy[tuple[Block, ...]]:
    return st.lists(one, min_size=1, max_size=2).map(tuple)


BARS = st.builds(
    Bar, SOMETHING, SOMETHING, st.none() | st.integers(0, 3), lowest=st.just(0), highest=st.just(3)
)
POINTS = st.builds(Point, SOMETHING, st.none()) | st.integers(0, 3).map(
    lambda value: Point(str(value), value)
)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def _over_time(sittings: int) -> st.SearchStrategy[Block]:
    values = st.builds(
        Values,
        SOMETHING,
        st.tuples(*[POINTS] * sittings),
        lowest=st.just(0),
        highest=st.just(3),
        marks=st.sampled_from([(), (1, 2)]),
    )
    dated = st.tuples(*[st.builds(Sitting, DAYS, ANYTHING)] * sittings)
    return st.builds(OverTime, dated, _several(values), is_whole=st.just(value=True))


TABLES = st.integers(1, 4).flatmap(
    lambda columns: st.builds(
        Table,
        st.tuples(*[st.builds(Column, SOMETHING, st.sampled_from(Kind))] * columns),
        st.lists(
            st.tuples(*[st.builds(Cell, ANYTHING, st.booleans())] * columns), min_size=1, max_size=3
        ).map(tuple),
        ANYTHING,
    )
)
BLOCKS: dict[type[Block], st.SearchStrategy[Block]] = {
    Paragraph: st.builds(Paragraph, SOMETHING, st.booleans()),
    Detail: st.builds(Detail, SOMETHING),
    Listing: st.builds(Listing, SEVERAL),
    Contact: st.builds(Contact, SOMETHING, ANYTHING),
    Advice: st.builds(Advice, SOMETHING, SOMETHING, ANYTHING),
    Notice: st.builds(Notice, SOMETHING),
    Quotation: st.builds(Quotation, SOMETHING, SOMETHING),
    Facts: st.builds(Facts, _several(st.builds(Fact, SOMETHING, SOMETHING, st.booleans()))),
    Bars: st.builds(Bars, _several(BARS), st.booleans()),
    OverTime: st.integers(1, 20).flatmap(_over_time),
    Table: TABLES,
    Room: st.builds(Room, SOMETHING, st.integers(1, 3)),
    Heading: st.builds(Heading, SOMETHING, ANYTHING),
    Option: st.builds(Option, SOMETHING, SOMETHING, st.booleans()),
}
PARTS = {Section, Callout, Help, Document, Fact, Bar, Sitting, Point, Values, Column, Cell}
"""Blocks that are made of blocks, or are a part of one."""

SECTIONS = st.builds(Section, ANYTHING, _several(st.one_of(*BLOCKS.values()))) | st.builds(
    Callout, ANYTHING, _several(st.one_of(*BLOCKS.values())), is_urgent=st.booleans()
)
NOTICE = Section("", (Notice("This is not a diagnosis."),))
DOCUMENTS = st.builds(
    lambda title, sections, subtitle, is_sheet: Document(
        title, (*sections, NOTICE), subtitle, is_sheet=is_sheet
    ),
    ANYTHING,
    st.lists(SECTIONS, max_size=2).map(tuple),
    ANYTHING,
    st.booleans(),
)


def texts(value: object) -> Iterator[str]:
    """Yield every text in a block, in its parts too."""
    match value:
        case str():
            yield value
        case tuple():
            for part in value:
                yield from texts(part)
        case Block():
            for field in fields(value):
                yield from texts(getattr(value, field.name))


def said(document: Document) -> str:
    return "".join(letters(text) for text in texts(document))


def harmless(block: B) -> B:
    """Return a block of the same shape, each text in it but one letter."""

    def changed(value: Any) -> Any:  # noqa: ANN401 - whatever a block has
        match value:
            case str():
                return "x" if value else ""
            case tuple():
                return tuple(map(changed, value))
            case Block():
                return harmless(value)
            case _:
                return value

    return replace(block, **{one.name: changed(getattr(block, one.name)) for one in fields(block)})


def points(document: Document) -> Iterator[Point]:
    """Yield what each value over time was at each sitting."""
    for block in document.blocks():
        match block:
            case OverTime(_sittings, rows):
                for row in rows:
                    yield from row.points


HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "]]>",
    "{{ 7 * 7 }}", "{% include 'style.css' %}", '#import "@preview/cetz:0.3.0"',
    '#read("/etc/passwd")', "</svg><script>alert(1)</script>", "</style><script>alert(1)</script>",
    "<svg/onload=alert(1)>", "&lt;b&gt;", "<!--", "-->", "</title>", "' onclick='alert(1)",
    "\x1b[2J\x07", "\u202eevil\u202c", "\U0001f469\u200d\U0001f469", "漢字" * 40,
    "مرحبا بالعالم " * 20, "שלום", "\ud800", "x" * 10_000, "a" + "\u0301" * 40, "word " * 300,
)  # fmt: skip
"""What people could write to make a page do something else than show it."""


def hostile_document() -> Document:
    """Return a document with each of these texts in each place where outside text stands."""
    sections = tuple(
        Section(
            text,
            (
                Paragraph(text), Quotation(text, text), Facts((Fact(text, text, is_strong=True),)),
                Listing((text,)), Contact(text, text), Advice(text, text, text), Detail(text),
                Bars((Bar(text, text, 1, 0, 3),)),
                Bars((Bar(text, text, 1, 0, 3),), are_counts=True),
                OverTime(
                    (Sitting(date(2026, 1, 1), text), Sitting(date(2026, 2, 1))),
                    (Values(text, (Point("1", 1), Point(text, None)), 0, 3, (2,)),),
                    is_whole=True,
                ),
                Table(
                    (Column(text), Column(text, Kind.CODE), Column(text, Kind.NUMBER)),
                    ((Cell(text), Cell(text), Cell(text)),),
                    text,
                ),
                Room(text, 2), Heading(text, text), Option(text, text),
            ),
        )
        for text in HOSTILE
    )  # fmt: skip
    return Document(HOSTILE[0], (*sections, NOTICE), HOSTILE[1])
