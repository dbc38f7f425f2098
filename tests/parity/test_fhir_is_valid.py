"""What we write as FHIR is FHIR R4, say those who check it for a living."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.interop.fhir.writing import export
from moodcheck.loading.catalogue import built_in_questionnaires
from tests.fhir_validators import Tree, complaints, needs_npm
from tests.shipped import LANGUAGE, SYMPTOMS
from tests.strategies import questionnaires

pytestmark = needs_npm


def exported(questionnaire: Questionnaire) -> Tree:
    resource: Tree = json.loads(export(questionnaire, notice=LANGUAGE.notice).content)
    return resource


@settings(max_examples=2, phases=[Phase.generate])  # to shrink, each step would start a process
@given(others=st.lists(questionnaires(most_items=6), min_size=8, max_size=8))
def test_every_questionnaire_is_a_valid_resource(others: list[Questionnaire]) -> None:
    shipped = built_in_questionnaires(LANGUAGE).values()

    assert complaints([exported(one) for one in (*shipped, *others)]) == []


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("title",), 7, "expected string, but got number"),
        (("status",), "alive", "'alive' is not one of"),
        (("item", 3, "linkId"), "low_mood", "linkId low_mood 2 times"),
        (
            ("item", 2, "answerOption", 0, "extension", 0),
            {"url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueString": "0"},
            "itemWeight with {'valueString'}",
        ),
    ],
)
def test_what_is_wrong_would_be_found(
    path: tuple[str | int, ...], value: object, said: str
) -> None:
    resource = copy.deepcopy(exported(SYMPTOMS))
    at = resource
    for step in path[:-1]:
        at = at[step]  # type: ignore[index]  # the path leads through objects and arrays
    at[path[-1]] = value  # type: ignore[index]  # the same

    assert said in "\n".join(complaints([resource]))


def test_the_same_questionnaire_is_the_same_bytes() -> None:
    assert export(SYMPTOMS, notice="n") == export(SYMPTOMS, notice="n")
