"""A questionnaire's own words do not diagnose, and its advice names a clinician."""

from __future__ import annotations

from typing import Any

import pytest

from moodcheck.core.wording import unwatched, wording_faults
from tests.shipped import LANGUAGE, SYMPTOMS
from tests.unit.core.small import questionnaire

BAD = "you are depressed"

PLACES: dict[str, tuple[dict[str, Any], tuple[str | int, ...]]] = {
    "title": ({"title": BAD}, ("title",)),
    "period": ({"recall_period": BAD}, ("recall_period",)),
    "stem": ({"stem": BAD}, ("stem",)),
    "option": (
        {"responses": {"often": [{"value": 0}, {"value": 1, "label": BAD}]}},
        ("responses", "often", 1, "label"),
    ),
    "option said": (
        {"responses": {"often": [{"value": 0}, {"value": 1, "say": BAD}]}},
        ("responses", "often", 1, "say"),
    ),
    **{
        key: (
            {"items": [{"id": "c", "responses": "often", "label": "c", key: BAD}]},
            ("items", 0, key),
        )
        for key in ("label", "text", "help")
    },
    "context": (
        {"context": [{"id": "x", "responses": "often", "label": BAD}]},
        ("context", 0, "label"),
    ),
    "scale": (
        {"scales": [{"id": "s", "label": BAD, "method": "sum", "items": "all"}]},
        ("scales", 0, "label"),
    ),
    **{
        f"advice {key}": (
            {"advice": [{"id": "a", "label": "L", "text": "See a doctor", key: f"{BAD}, doctor"}]},
            ("advice", 0, key),
        )
        for key in ("label", "text")
    },
}


@pytest.mark.parametrize(("changes", "place"), PLACES.values(), ids=PLACES)
def test_a_denied_word_is_found_wherever_a_questionnaire_has_words(
    changes: dict[str, Any], place: tuple[str | int, ...]
) -> None:
    (fault,) = wording_faults(questionnaire(**changes), LANGUAGE)

    assert fault.path == place
    assert "depressed" in fault.what


def test_advice_that_names_no_clinician_is_found() -> None:
    asked = questionnaire(advice=[{"id": "a", "label": "L", "text": "Go for a walk."}])
    (fault,) = wording_faults(asked, LANGUAGE)

    assert fault.path == ("advice", 0, "text")
    assert "doctor" in fault.mend


def test_a_published_band_may_be_named_as_its_study_named_it() -> None:
    scale = {"id": "s", "label": "S", "method": "sum", "items": "all", "citation": "Nobody 1999"}
    bands = [{"at_least": 0, "name": "severe depression"}]

    assert not list(wording_faults(questionnaire(scales=[scale | {"bands": bands}]), LANGUAGE))


def test_the_shipped_questionnaire_has_no_such_word() -> None:
    assert list(wording_faults(SYMPTOMS, LANGUAGE)) == []


@pytest.mark.parametrize(
    "words", ["Thoughts of death", "Better off dead?", "Suicidal thoughts", "To end my life"]
)
def test_an_item_about_death_is_doubted_where_nothing_is_critical(words: str) -> None:
    item = {"id": "c", "label": "C", "text": words, "responses": "often"}
    asked = questionnaire(critical=[], items=[item])

    (found,) = unwatched(asked, LANGUAGE)
    assert found.path == ("items", 0, "text")
    assert found.mend == "Add critical: [{item: c, at_least: 1}]"
    assert not [*unwatched(questionnaire(items=[item]), LANGUAGE)]


def test_no_item_is_doubted_for_other_words() -> None:
    item = {"id": "c", "label": "Studied, deadlines, a diet", "responses": "often"}

    assert not [*unwatched(questionnaire(critical=[], items=[item]), LANGUAGE)]
