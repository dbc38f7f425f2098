"""P2: no output diagnoses, judges or blames. A person's words and a study's are quotations."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import Administration, administer
from moodcheck.core.crisis import Region
from moodcheck.core.questionnaire import Questionnaire
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT, answered, summary_of
from tests.shown import EVERY_FORMAT, Format, Look, looks, words
from tests.strategies import administrations, regions

BAD = "you are depressed"


@pytest.mark.parametrize("format_", EVERY_FORMAT)
@given(administration=administrations(), where=regions(), data=st.data())
def test_no_outcome_holds_a_denied_word(
    format_: Format, administration: Administration, where: Region, data: st.DataObject
) -> None:
    shown = data.draw(looks(format_)).render(summary_of(administration, where))

    assert LANGUAGE.denied_words(words(shown)) == []


def reworded(**changes: object) -> Questionnaire:
    """Return the shipped questionnaire, some of its words changed behind the loader's back."""
    document = SYMPTOMS.plain_data()
    return Questionnaire.model_validate(document | changes, strict=False)


@pytest.mark.parametrize("format_", EVERY_FORMAT)
@pytest.mark.parametrize(
    "changes",
    [
        {"advice": [{"id": "a", "label": "L", "text": BAD}]},
        {"advice": [{"id": "a", "label": BAD, "text": "T"}]},
        {"scales": [{"id": "s", "label": BAD, "method": "sum", "items": "all"}]},
    ],
    ids=str,
)
def test_one_denied_word_would_be_noticed(format_: Format, changes: dict[str, Any]) -> None:
    sitting = administer(reworded(**changes), {}, taken_at=TAKEN_AT)
    shown = Look(format_, 200).render(summary_of(sitting))

    assert set(LANGUAGE.denied_words(words(shown))) == {"depressed"}


@pytest.mark.parametrize("format_", EVERY_FORMAT)
def test_own_words_are_shown_as_they_were_written(format_: Format) -> None:
    shown = words(Look(format_, 200).render(summary_of(answered(own_words="I feel depressed"))))

    assert "I feel depressed" in shown


@pytest.mark.parametrize("format_", EVERY_FORMAT)
def test_a_published_name_stands_only_in_its_quotation(format_: Format) -> None:
    scale = {"id": "s", "label": "All", "method": "sum", "items": "all", "citation": "Nobody 1999"}
    bands = [{"at_least": 0, "name": "severe depression"}]
    asked = reworded(validated={"citation": "Nobody 1999"}, scales=[scale | {"bands": bands}])
    nothing = {item.id: 0 for item in asked.items}
    shown = words(
        Look(format_, 200).render(summary_of(administer(asked, nothing, taken_at=TAKEN_AT)))
    )

    quotation = "in the range published as 'severe depression' (0–36, Nobody 1999)"
    assert quotation in shown
    assert LANGUAGE.denied_words(shown.replace(quotation, "")) == []
