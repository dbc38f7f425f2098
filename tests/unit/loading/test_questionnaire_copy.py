"""A copy has every fact of the original, and says where wording has to be brought."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.wording import PLACEHOLDER
from moodcheck.errors import BadData
from moodcheck.loading.data_files import parse_questionnaire
from moodcheck.loading.questionnaire_copy import questionnaire_copy
from tests.shipped import DATA, LANGUAGE
from tests.strategies import questionnaires

SHIPPED = [
    parse_questionnaire(file.name, file.read_bytes(), LANGUAGE)
    for file in sorted([*DATA.glob("symptoms.yaml"), *DATA.glob("instruments/*.yaml")])
]
WORDLESS = [one for one in SHIPPED if not one.has_wording]
WORDS = {"id", "title", "licence", "label", "text"}


def facts(part: object) -> object:
    """Return a document without the words that a copy asks for."""
    if isinstance(part, dict):
        return {key: facts(value) for key, value in part.items() if key not in WORDS}
    return [facts(one) for one in part] if isinstance(part, list) else part


def read(text: str) -> Questionnaire:
    return parse_questionnaire("copy.yaml", text.encode(), LANGUAGE)


@pytest.mark.parametrize("original", SHIPPED, ids=lambda one: one.id)
def test_a_copy_that_is_filled_in_keeps_every_fact(original: Questionnaire) -> None:
    copy = read(questionnaire_copy(original, original.id).replace(PLACEHOLDER, "My own words"))

    assert facts(copy.model_dump(mode="json")) == facts(original.model_dump(mode="json"))
    assert copy.scoring_fingerprint == original.scoring_fingerprint
    assert copy.has_wording
    if original.has_wording:
        assert copy == original


@pytest.mark.parametrize("original", WORDLESS, ids=lambda one: one.id)
def test_validate_names_each_place_that_is_not_filled_in(original: Questionnaire) -> None:
    text = questionnaire_copy(original, original.id)
    with pytest.raises(BadData) as refused:
        read(text)

    marked = {
        f"copy.yaml:{number}"
        for number, line in enumerate(text.split("\n"), start=1)
        if PLACEHOLDER in line and not line.startswith("#")
    }
    told = {problem.where.rpartition(":")[0] for problem in refused.value.problems}
    assert told == marked
    assert len(marked) == 2 + len(original.all_items) + sum(map(len, original.responses.values()))
    assert all("is not filled in yet" in problem.what for problem in refused.value.problems)


@given(original=questionnaires())
def test_any_questionnaire_is_copied_as_it_is(original: Questionnaire) -> None:
    text = questionnaire_copy(original, original.id)

    assert read(text.replace(PLACEHOLDER, "Words")).scoring_fingerprint == (
        original.scoring_fingerprint
    )
    if original.has_wording:
        assert read(text) == original


def test_wording_of_others_stands_in_quotation_marks_and_is_not_judged() -> None:
    (phq_9,) = (one for one in WORDLESS if one.id == "phq-9")
    text = questionnaire_copy(phq_9, "phq-9")
    words = "I was so depressed"
    quoted = text.replace(f"“{PLACEHOLDER}”", f"“{words}”").replace(PLACEHOLDER, "Words")
    unquoted = quoted.replace(f"“{words}”", words)
    unstudied = re.sub(
        r"^validated:\n  .*\n(    .*\n)?", "validated: false\n", quoted, flags=re.MULTILINE
    )

    assert {item.text for item in read(quoted).all_items} == {f"“{words}”"}
    for text in (unquoted, unstudied):
        with pytest.raises(BadData, match="'depressed' diagnoses, judges or blames"):
            read(text)


def test_no_wording_of_a_published_instrument_is_in_the_repository() -> None:
    for original in WORDLESS:
        assert not [item.id for item in original.all_items if item.text or item.help]
        assert not [one for options in original.responses.values() for one in options if one.label]
