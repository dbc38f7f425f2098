"""The document: what no block lets through, and what no document and no renderer leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

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
    Document,
    Help,
    Notice,
    Section,
)
from moodcheck.report.outcome import last_words, outcome, overview
from moodcheck.safe_text import unsafe_characters
from tests.documents import BLOCKS, DOCUMENTS, PARTS, SECTIONS, WIDTHS, points, said, texts
from tests.shipped import DIRECTORY, LANGUAGE, TODAY
from tests.shown import STYLE, letters


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
