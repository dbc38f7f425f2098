"""P1, P2, P3, P9: every view in every renderer, whatever was answered, noted and named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from moodcheck.core.crisis import Region
from moodcheck.history.critical import needs_help_first
from moodcheck.history.record import Record
from moodcheck.report.document import Document
from moodcheck.safe_text import unsafe_characters
from tests.every_document import OVERVIEWS, RENDERERS, VIEWS
from tests.records import histories
from tests.shipped import LANGUAGE
from tests.shown import STYLE, letters, words
from tests.strategies import hostile_text, regions

each_renderer = pytest.mark.parametrize("renderer", RENDERERS)
few = settings(max_examples=8)


# A document is dear to make and to set, so one is held to all promises at once.
@each_renderer
@pytest.mark.parametrize("view", VIEWS)
@few
@given(kept=histories(own_words=hostile_text()), where=regions())
def test_it_advises_a_clinician_diagnoses_nobody_and_shows_help_before_all_else(
    view: str, renderer: str, kept: list[Record], where: Region
) -> None:
    document = VIEWS[view](kept, where)
    shown = RENDERERS[renderer](document)

    assert LANGUAGE.names_a_clinician(words(shown))
    assert letters(LANGUAGE.not_a_diagnosis) in letters(shown)
    assert LANGUAGE.denied_words(words(shown)) == []
    # Of a trend any sitting may have an alert, of the others the last.
    _shows_help(letters(shown), document, kept if "trend" in view else kept[-1:])
    _moves_nothing(shown)


@each_renderer
@pytest.mark.parametrize("view", OVERVIEWS)
@few
@given(kept=histories(own_words=hostile_text()), where=regions())
def test_nobodys_words_move_colour_hide_or_reorder_what_is_shown_of_many(
    view: str, renderer: str, kept: list[Record], where: Region
) -> None:
    _moves_nothing(RENDERERS[renderer](OVERVIEWS[view](kept, where)))


def _shows_help(shown: str, document: Document, asking: list[Record]) -> None:
    act_now = letters(LANGUAGE.help.act_now.rpartition("{emergency}")[2])

    assert act_now in shown
    if any(map(needs_help_first, asking)):
        later = [letters(LANGUAGE.not_a_diagnosis), *(one.heading for one in document.sections[1:])]
        title = letters(document.title + document.subtitle)
        at = shown.index(act_now)
        assert all(at < shown.index(letters(one), len(title)) for one in later if one)


def _moves_nothing(shown: str) -> None:
    assert unsafe_characters(STYLE.sub("", shown).replace("\n", "")) == []
