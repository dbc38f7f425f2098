"""HTML of any document: whole, well-formed, without a script, and nothing in it from the data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from html5lib.constants import namespaces
from hypothesis import given

from moodcheck.report.document import (
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Document,
    Notice,
    Section,
    Table,
)
from moodcheck.report.html import page
from moodcheck.report.over_time import OverTime, Point, Sitting, Values
from moodcheck.safe_text import unsafe_characters
from tests.documents import DOCUMENTS, harmless, said, texts
from tests.shown import letters

HTML, SVG = (f"{{{namespaces[name]}}}" for name in ("html", "svg"))
NOTICE = Section("", (Notice("This is not a diagnosis."),))
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "section", "h1", "h2", "h3",
    "p", "strong", "span", "ul", "ol", "li", "dl", "div", "dt", "dd", "figure", "figcaption",
    "blockquote", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "svg", "rect", "line", "text",
}  # fmt: skip


def read(text: str) -> Element:
    """Return the page as a strict parser reads it; it raises at the first error."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), strict=True)
    tree: Element = parser.parse(text)
    return tree


def tags(tree: Element) -> list[str]:
    return [re.sub(r"\{.*\}", "", str(one.tag)) for one in tree.iter()]


def shown(tree: Element) -> str:
    body = tree.find(f"{HTML}body")
    assert body is not None
    return "".join(body.itertext())


@given(DOCUMENTS)
def test_a_page_is_well_formed_and_leaves_no_text_out(document: Document) -> None:
    tree = read(page.render(document))

    assert Counter(said(document)) <= Counter(letters(shown(tree)))
    assert all(letters(text) in letters(shown(tree)) for text in texts(document))
    assert unsafe_characters(shown(tree).replace("\n", "")) == []


@given(DOCUMENTS)
def test_no_element_or_attribute_comes_from_the_data(document: Document) -> None:
    tree, plain = read(page.render(document)), read(page.render(harmless(document)))

    assert tags(tree) == tags(plain)
    assert [sorted(one.keys()) for one in tree.iter()] == [
        sorted(one.keys()) for one in plain.iter()
    ]
    assert set(tags(tree)) <= ALLOWED


@given(DOCUMENTS)
def test_every_id_is_there_once_and_is_the_same_in_every_run(document: Document) -> None:
    text = page.render(document)
    tree = read(text)
    ids = [one.get("id") for one in tree.iter() if one.get("id")]

    assert len(ids) == len(set(ids))
    named = {one.get("aria-labelledby") for one in tree.iter()} - {None}
    assert named <= set(ids)
    assert page.render(document) == text


def test_nothing_is_fetched_and_nothing_runs() -> None:
    text = page.render(Document("Title", (NOTICE,)))
    policies = [one.get("content") for one in read(text).iter(f"{HTML}meta") if one.get("content")]

    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in policies
    assert not re.search(r"<script|<link|@import|url\(|href|src=| on\w+=", text)


def test_a_page_says_its_language_and_title_also_where_the_document_has_none() -> None:
    tree = read(page.render(Document("", (NOTICE,)), language="de"))

    assert tree.get("lang") == "de"
    assert [one.text for one in tree.iter(f"{HTML}title")] == ["moodcheck"]
    assert [one.text for one in tree.iter(f"{HTML}h1")] == ["moodcheck"]


@pytest.mark.parametrize(
    ("value", "width"), [(0, "0.0"), (1, "33.333"), (2, "66.667"), (3, "100.0")]
)
def test_a_bar_is_as_long_as_its_value_and_says_it(value: int, width: str) -> None:
    bars = Bars((Bar("Sleep", "In words", value, 0, 3),))
    tree = read(page.render(Document("", (Section("", (bars,)), NOTICE))))
    (picture,) = tree.iter(f"{SVG}svg")
    (drawn,) = (one for one in picture if one.get("class") == "value")

    assert drawn.get("width") == width
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == f"{value}, from 0 to 3"


def test_a_bar_without_an_answer_is_not_drawn_as_an_empty_one() -> None:
    bars = Bars((Bar("Sleep", "not answered", None, 0, 3),))
    tree = read(page.render(Document("", (Section("", (bars,)), NOTICE))))

    assert not list(tree.iter(f"{SVG}svg"))


def over_time(values: Sequence[int | None], *, every: int = 14) -> OverTime:
    """Return values from 0 to 36 with so many days between them."""
    points = tuple(Point("no score" if one is None else str(one), one) for one in values)
    days = (date(2026, 1, 1) + timedelta(every * position) for position in range(len(values)))
    return OverTime(
        tuple(map(Sitting, days)), (Values("All", points, 0, 36, (10,)),), is_whole=True
    )


def page_of(block: Block) -> Element:
    return read(page.render(Document("", (Section("", (block,)), NOTICE))))


def test_the_columns_of_a_picture_are_as_high_as_their_values() -> None:
    tree = page_of(over_time([0, 9, None, 36, 18]))
    (picture,) = tree.iter(f"{SVG}svg")
    drawn = [float(one.get("height") or 0) for one in picture if one.get("class") == "value"]
    cells = ["".join(one.itertext()) for one in tree.iter(f"{HTML}td")]

    assert [round(36 * height / drawn[2], 9) for height in drawn] == [0, 9, 36, 18]
    assert [one.text for one in picture if one.get("text-anchor") == "start"] == ["10"]
    assert cells == ["", "0", "9", "–no score", "36", "18"]


def test_a_gap_of_weeks_is_a_gap_in_a_picture() -> None:
    block = over_time([1, 2, 3])
    first, second, _third = block.sittings
    late = replace(block, sittings=(first, second, Sitting(second.at + timedelta(28))))
    (picture,) = page_of(late).iter(f"{SVG}svg")
    places = [float(one.get("x") or 0) for one in picture if one.get("class") == "value"]

    assert (places[2] - places[1]) / (places[1] - places[0]) == pytest.approx(2, abs=0.01)


def test_sittings_of_one_day_do_not_hide_each_other() -> None:
    (picture,) = page_of(over_time([1, 2, 3], every=0)).iter(f"{SVG}svg")
    ends = [
        (float(one.get("x") or 0), float(one.get("width") or 0))
        for one in picture
        if one.get("class") == "value"
    ]

    assert all(x + width <= later for (x, width), (later, _) in pairwise(ends))


def test_three_hundred_sittings_stay_one_picture_with_every_value_in_a_table() -> None:
    values = [one % 37 for one in range(300)]
    tree = page_of(over_time(values))
    (picture,) = tree.iter(f"{SVG}svg")
    cells = [one.text or "" for one in tree.iter(f"{HTML}td") if one.get("class")]

    assert len([one for one in picture if one.get("class") == "value"]) == 300
    assert sorted(cells, key=int) == sorted(map(str, values), key=int)


def test_every_row_and_column_of_a_table_has_a_header() -> None:
    rows = ((Cell("Monday"), Cell("8"), Cell("")),)
    table = Table((Column("When"), Column("Mood"), Column("Note")), rows)
    tree = read(page.render(Document("", (Section("", (table,)), NOTICE))))

    headers = [(one.get("scope"), one.text) for one in tree.iter(f"{HTML}th")]
    assert headers == [("col", "When"), ("col", "Mood"), ("col", "Note"), ("row", "Monday")]
