"""P1, P2, P3, P9: every view in every renderer, whatever was answered, noted and named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from moodcheck.core.crisis import Region
from moodcheck.history.critical import needs_help_first
from moodcheck.history.record import Record
from moodcheck.safe_text import unsafe_characters
from tests.every_document import OVERVIEWS, RENDERERS, VIEWS
from tests.records import histories
from tests.shipped import LANGUAGE
from tests.shown import STYLE, letters, words
from tests.strategies import hostile_text, regions

EVERY_VIEW = {**VIEWS, **OVERVIEWS}

each_view = pytest.mark.parametrize("view", VIEWS)
each_renderer = pytest.mark.parametrize("renderer", RENDERERS)
few = settings(max_examples=8)


@each_renderer
@each_view
@few
@given(kept=histories(own_words=hostile_text()), where=regions())
def test_it_advises_a_clinician_and_is_no_diagnosis(
    view: str, renderer: str, kept: list[Record], where: Region
) -> None:
    shown = RENDERERS[renderer](VIEWS[view](kept, where))

    assert LANGUAGE.names_a_clinician(words(shown))
    assert letters(LANGUAGE.not_a_diagnosis) in letters(shown)


@each_renderer
@each_view
@few
@given(kept=histories(), where=regions())
def test_it_diagnoses_nobody(view: str, renderer: str, kept: list[Record], where: Region) -> None:
    shown = words(RENDERERS[renderer](VIEWS[view](kept, where)))

    assert LANGUAGE.denied_words(shown) == []


@each_renderer
@each_view
@few
@given(kept=histories(), where=regions())
def test_after_an_alert_help_comes_before_all_else(
    view: str, renderer: str, kept: list[Record], where: Region
) -> None:
    document = VIEWS[view](kept, where)
    shown = letters(RENDERERS[renderer](document))
    act_now = letters(LANGUAGE.help.act_now.rpartition("{emergency}")[2])

    assert act_now in shown
    # Of a trend any sitting may have it, of the others the last.
    asking = kept if "trend" in view else kept[-1:]
    if any(map(needs_help_first, asking)):
        later = [letters(LANGUAGE.not_a_diagnosis), *(one.heading for one in document.sections[1:])]
        title = letters(document.title + document.subtitle)
        at = shown.index(act_now)
        assert all(at < shown.index(letters(one), len(title)) for one in later if one)


@each_renderer
@pytest.mark.parametrize("view", EVERY_VIEW)
@few
@given(kept=histories(own_words=hostile_text()), where=regions())
def test_nobodys_words_move_colour_hide_or_reorder(
    view: str, renderer: str, kept: list[Record], where: Region
) -> None:
    shown = STYLE.sub("", RENDERERS[renderer](EVERY_VIEW[view](kept, where)))

    assert unsafe_characters(shown.replace("\n", "")) == []
