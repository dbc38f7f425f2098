"""Markdown of any document: what outside texts say stays what they say, wherever it is pasted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from moodcheck.report import markdown
from moodcheck.report.document import Document, Fact, Facts, Notice, Paragraph, Section
from tests.documents import DOCUMENTS, harmless, said, texts
from tests.shown import letters

if TYPE_CHECKING:
    from markdown_it.token import Token

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(text: str) -> list[Token]:
    """Return what a reader makes of a text, the parts of its lines too."""
    return [part for one in READER.parse(text) for part in [one, *(one.children or [])]]


def shape(text: str) -> list[str]:
    """Return the markup of a text, without the texts and their escapes."""
    return [
        f"{one.type} {one.tag}"
        for one in tokens(text)
        if one.type not in {"text", "text_special", "inline"}
    ]


def shown(text: str) -> str:
    return "".join(one.content for one in tokens(text) if one.type in {"text", "text_special"})


@given(DOCUMENTS)
def test_no_markup_comes_from_the_data(document: Document) -> None:
    assert shape(markdown.render(document)) == shape(markdown.render(harmless(document)))


@given(DOCUMENTS)
def test_no_text_is_left_out(document: Document) -> None:
    text = shown(markdown.render(document))

    assert Counter(said(document)) <= Counter(letters(text))
    assert all(letters(one) in letters(text) for one in texts(document))


@pytest.mark.parametrize(
    "attack",
    [
        "# heading", "- item", "+ item", "* item", "1. item", "12) item", "> quote", "=====", "---",
        "***", "~~~", "```", "    code", "`code`", "**bold**", "_so_", "~~gone~~", "a | b", "[x]",
        "[x](javascript:alert)", "![x](http://example.org/x)", "<b>x</b>", "<script>", "&lt;",
        "<http://example.org>", "http://example.org", "www.example.org", "two  ", "\\", "[x]: y",
    ],
)  # fmt: skip
def test_markup_in_a_note_is_shown_as_it_was_typed(attack: str) -> None:
    blocks = (Paragraph(attack), Paragraph(attack, is_strong=True), Facts((Fact(attack, attack),)))
    text = markdown.render(Document("", (Section("", (*blocks, Notice("No diagnosis."))),)))

    assert shown(text).count(attack.strip()) == 4
    assert {"link_open", "image", "html_inline", "html_block", "code_inline"} & {
        one.type for one in tokens(text)
    } == set()


def test_what_people_write_is_hardly_changed() -> None:
    text = "I slept badly (3 nights), 12:30 to 4 - then coffee."

    assert markdown.escaped(text) == text
