"""The document: what no block lets through, and what no document and no renderer leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from moodcheck.core.crisis import HelpPanel, Region, help_panel
from moodcheck.report import render_plain, render_rich
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
    OverTime,
    Paragraph,
    Point,
    Quotation,
    Section,
    Sitting,
    Table,
    Values,
)
from moodcheck.report.outcome import last_words, outcome, overview
from moodcheck.report.wrapping import NARROWEST
from moodcheck.safe_text import unsafe_characters
from tests.shipped import DIRECTORY, LANGUAGE, TODAY
from tests.shown import STYLE, letters
from tests.strategies import hostile_text

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
    lambda title, sections, subtitle: Document(title, (*sections, NOTICE), subtitle),
    ANYTHING,
    st.lists(SECTIONS, max_size=2).map(tuple),
    ANYTHING,
)


@dataclass(frozen=True)
class Shown:
    """What an outcome has to know."""

    help_first: bool
    help: HelpPanel


EVERYWHERE = st.sampled_from([Region("US"), Region("GB", is_guess=True), Region(), Region("SE")])
SHOWN = st.builds(
    Shown,
    st.booleans(),
    EVERYWHERE.map(lambda where: help_panel(DIRECTORY, LANGUAGE, where, today=TODAY)),
)
ADVICE = Advice("See someone soon", "Please see a doctor.")


def subclasses(of: type[Block]) -> Iterator[type[Block]]:
    for one in of.__subclasses__():
        # A dataclass with slots is made twice; the first of the two is no longer anywhere.
        if "__slots__" in vars(one):
            yield one
        yield from subclasses(one)


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


def points(document: Document) -> Iterator[Point]:
    for block in document.blocks():
        match block:
            case OverTime(_sittings, rows):
                for row in rows:
                    yield from row.points


def said(document: Document) -> str:
    return "".join(letters(text) for text in texts(document))


def test_every_kind_of_block_is_tried_here() -> None:
    assert {*BLOCKS, *PARTS} == set(subclasses(Block))


@given(DOCUMENTS)
def test_no_block_lets_a_character_through_that_moves_hides_or_colours(document: Document) -> None:
    assert [found for text in texts(document) for found in unsafe_characters(text)] == []


@given(DOCUMENTS, WIDTHS)
def test_plain_text_leaves_no_text_out_at_any_width(document: Document, width: int) -> None:
    shown = render_plain.render(document, width=width)

    assert Counter(said(document)) <= Counter(letters(shown))
    assert all(letters(text) in letters(shown) for text in texts(document))
    assert all(cell_len(line) <= width for line in shown.split("\n"))
    assert unsafe_characters(shown.replace("\n", "")) == []


@given(DOCUMENTS, WIDTHS)
def test_a_drawing_leaves_no_character_out_at_any_width(document: Document, width: int) -> None:
    shown = STYLE.sub("", render_rich.render(document, width=width))

    # A sign stands for why there is no value, and is explained.
    gaps = "".join(letters(point.text) for point in points(document) if point.value is None)
    assert Counter(said(document)) - Counter(gaps) <= Counter(letters(shown))
    assert ("noanswerornoscore" in letters(shown)) >= bool(gaps)
    assert all(cell_len(line) <= width for line in shown.split("\n"))
    assert unsafe_characters(shown.replace("\n", "")) == []


@given(DOCUMENTS)
def test_weight_changes_no_word(document: Document) -> None:
    bold = render_plain.render(document, bold=True)

    assert STYLE.sub("", bold) == render_plain.render(document)


@pytest.mark.parametrize("block", [ADVICE, Bars((Bar("Sleep", "A few days", 1, 0, 3),))])
def test_no_document_shows_an_answer_or_advice_without_the_notice(block: Block) -> None:
    with pytest.raises(ValueError, match="not a diagnosis"):
        Document("Title", (Section("", (block,)),))


@pytest.mark.parametrize(
    ("advice", "notice"), [([], "No diagnosis."), ([ADVICE], ""), ([Advice("Soon", "")], "None.")]
)
@given(SHOWN)
def test_no_outcome_is_made_without_advice_and_notice(
    advice: list[Advice], notice: str, shown: Shown
) -> None:
    with pytest.raises(ValueError, match="advice"):
        outcome(shown, "Title", advice=advice, notice=notice)


@given(SHOWN)
def test_no_overview_is_made_without_the_notice(shown: Shown) -> None:
    with pytest.raises(ValueError, match="not a diagnosis"):
        overview(shown, "Title", (), notice="")


@given(SHOWN, st.lists(SECTIONS, max_size=3), st.lists(SECTIONS, max_size=3), st.booleans())
def test_help_comes_before_all_else_or_ends_the_outcome(
    shown: Shown, before: list[Section], sections: list[Section], is_brief: bool
) -> None:
    made = outcome(
        shown,
        "Title",
        before=before,
        advice=[ADVICE],
        notice="No diagnosis.",
        sections=sections,
        is_brief=is_brief,
    )
    (help_lines,) = [one for one in made.sections if isinstance(one, Help)]
    said = list(texts(help_lines))

    assert {shown.help.act_now, shown.help.tells_no_one} <= {*said}
    assert any(character.isdigit() for text in said for character in text)
    assert isinstance(made.sections[0 if shown.help_first else -1], Help)
    assert sum(isinstance(section, Help) for section in made.sections) == 1
    assert {Advice, Notice} <= {type(block) for block in made.blocks()}


@given(SHOWN, st.lists(SECTIONS, max_size=3))
def test_help_comes_before_all_else_of_an_overview_or_not_at_all(
    shown: Shown, sections: list[Section]
) -> None:
    made = overview(shown, "Title", sections, notice="No diagnosis.")

    assert [isinstance(section, Help) for section in made.sections] == [
        shown.help_first and position == 0 for position in range(len(made.sections))
    ]
    assert made.sections[-1].blocks == (Notice("No diagnosis."),)


@given(SHOWN)
def test_the_last_words_name_a_number_where_help_comes_first(shown: Shown) -> None:
    said = list(texts(last_words(shown, advice=ADVICE, notice="No diagnosis.")))

    assert {ADVICE.text, "No diagnosis."} <= set(said)
    assert (shown.help.act_now in said) is shown.help_first
