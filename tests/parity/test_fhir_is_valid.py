"""What we write as FHIR is FHIR R4, say those who check it for a living."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from moodcheck.core.administration import administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.interop.fhir.writing import export
from moodcheck.loading.catalogue import built_in_questionnaires
from tests.fhir_validators import (
    Tree,
    complaints,
    missed_by_validators,
    needs_npm,
    response_of,
)
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT
from tests.strategies import administrations, questionnaires

pytestmark = needs_npm


def exported(questionnaire: Questionnaire) -> Tree:
    resource: Tree = json.loads(export(questionnaire, notice=LANGUAGE.notice).content)
    return resource


@settings(max_examples=2, phases=[Phase.generate])  # to shrink, each step would start a process
@given(data=st.data(), others=st.lists(questionnaires(most_items=6), min_size=8, max_size=8))
def test_every_questionnaire_and_response_is_a_valid_resource(
    data: st.DataObject, others: list[Questionnaire]
) -> None:
    several = [*built_in_questionnaires(LANGUAGE).values(), *others]
    # Those that are random share one address and version.
    versions = [{"version": f"1.0.{number}"} for number, _one in enumerate(several)]
    asked = [exported(one) | new for one, new in zip(several, versions, strict=True)]
    answered = [
        response_of(data.draw(administrations(one)))
        | {"questionnaire": f"{form['url']}|{form['version']}"}
        for one, form in zip(several, asked, strict=True)
    ]

    assert complaints([*asked, *answered]) == []


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


def test_an_answer_to_what_is_not_asked_would_be_found() -> None:
    asked, answered = exported(SYMPTOMS), response_of(administer(SYMPTOMS, {}, taken_at=TAKEN_AT))
    answered["item"] = [{"linkId": "low_mood"}, {"linkId": "lowmood"}]

    found = ["linkId lowmood is not in its Questionnaire"]
    assert [*missed_by_validators([asked, answered])] == found
    assert complaints([asked, answered]) == found


def test_the_same_questionnaire_is_the_same_bytes() -> None:
    assert export(SYMPTOMS, notice="n") == export(SYMPTOMS, notice="n")
