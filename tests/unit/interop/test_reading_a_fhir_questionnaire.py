"""A FHIR Questionnaire becomes the neutral form, or is refused with every place and reason."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck.errors import BadData
from moodcheck.interop.fhir.names import ITEM_WEIGHT, ORDINAL_VALUE
from moodcheck.interop.fhir.reading import read_form
from moodcheck.interop.fhir.writing import questionnaire_resource
from moodcheck.interop.form import FormOption
from moodcheck.safe_text import unsafe_characters
from tests.shipped import SYMPTOMS
from tests.strategies import hostile_text

Tree = dict[str, Any]


def option(code: str, display: str, weight: object, url: str = ITEM_WEIGHT) -> Tree:
    return {
        "extension": [{"url": url, "valueDecimal": weight}],
        "valueCoding": {"system": "http://loinc.org", "code": code, "display": display},
    }


REST: Tree = {
    "resourceType": "Questionnaire",
    "status": "active",
    "title": "Rest",
    "copyright": "Free to use",
    "item": [
        {
            "linkId": "g",
            "type": "group",
            "text": "Over the last week",
            "item": [
                {
                    "linkId": "tired",
                    "type": "choice",
                    "text": "You were\n  tired.",
                    "answerOption": [option("LA1", "Never", 0), option("LA2", "Often", 1.0)],
                    "item": [{"linkId": "tired.help", "type": "display", "text": "Any day."}],
                }
            ],
        },
        {"linkId": "said", "type": "string", "text": "Anything else?"},
    ],
}


def refusal(resource: Tree) -> str:
    with pytest.raises(BadData) as refused:
        read_form(resource, "rest.json")
    return str(refused.value)


def changed(path: tuple[str | int, ...], value: object) -> Tree:
    tree = copy.deepcopy(REST)
    at: Any = tree
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return tree


TIRED = ("item", 0, "item", 0)


def test_groups_are_flattened_and_their_words_stand_above_their_items() -> None:
    form = read_form(REST, "rest.json")

    tired, said = form.items
    assert (tired.link, tired.text, tired.stem) == (
        "tired",
        "You were tired.",
        "Over the last week",
    )
    assert tired.help == "Any day."
    assert tired.options == (
        FormOption("Never", 0, {"loinc": "LA1"}),
        FormOption("Often", 1, {"loinc": "LA2"}),
    )
    assert (said.kind, said.stem) == ("text", None)
    assert (form.title, form.licence) == ("Rest", "Free to use")


@pytest.mark.parametrize("url", [ITEM_WEIGHT, ORDINAL_VALUE])
@pytest.mark.parametrize("inside", [True, False])
def test_a_weight_is_read_from_the_option_and_from_its_coding(url: str, inside: bool) -> None:
    first, second = option("LA1", "Never", 4, url), option("LA2", "Often", 7, url)
    if inside:
        for one in (first, second):
            one["valueCoding"]["extension"] = one.pop("extension")

    form = read_form(changed((*TIRED, "answerOption"), [first, second]), "rest.json")

    assert [one.value for one in form.items[0].options] == [4, 7]


def test_the_answers_of_a_contained_value_set_are_those_of_the_item() -> None:
    tree = changed((*TIRED, "answerValueSet"), "#days")
    del tree["item"][0]["item"][0]["answerOption"]
    concepts = [
        {
            "code": f"LA{weight}",
            "display": text,
            "extension": [{"url": ORDINAL_VALUE, "valueDecimal": weight}],
        }
        for weight, text in enumerate(("Never", "Often"))
    ]
    include = {"system": "http://loinc.org", "concept": concepts}
    tree["contained"] = [
        {"resourceType": "ValueSet", "id": "days", "compose": {"include": [include]}}
    ]

    options = read_form(tree, "rest.json").items[0].options

    assert options == (
        FormOption("Never", 0, {"loinc": "LA0"}),
        FormOption("Often", 1, {"loinc": "LA1"}),
    )


def test_value_sets_that_contain_each_other_are_refused() -> None:
    tree = changed((*TIRED, "answerValueSet"), "#a")
    tree["contained"] = [
        {"resourceType": "ValueSet", "id": one, "compose": {"include": [{"valueSet": [other]}]}}
        for one, other in (("a", "#b"), ("b", "#a"))
    ]

    assert "the value set 'a' is taken twice, or contains itself" in refusal(tree)


def test_value_sets_that_double_at_every_step_take_no_time() -> None:
    tree = changed((*TIRED, "answerValueSet"), "#v0")
    tree["contained"] = [
        {
            "resourceType": "ValueSet",
            "id": f"v{number}",
            "compose": {"include": [{"valueSet": [f"#v{number + 1}"]}] * 2},
        }
        for number in range(60)
    ]

    assert "is taken twice" in refusal(tree)


def test_answers_that_are_kept_elsewhere_are_refused_because_nothing_is_fetched() -> None:
    tree = changed((*TIRED, "answerValueSet"), "http://example.org/ValueSet/days")

    assert "moodcheck never goes online" in refusal(tree)


def test_groups_without_end_are_refused() -> None:
    tree = copy.deepcopy(REST)
    for level in range(100):
        tree["item"] = [{"linkId": f"g{level}", "type": "group", "item": tree["item"]}]

    assert "or 32 levels" in refusal(tree)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("resourceType",), "Patient", "a FHIR Patient, not a Questionnaire"),
        (("resourceType",), None, "not a FHIR Questionnaire"),
        (("item", 1, "linkId"), "tired", "the linkId 'tired' is used 2 times"),
        (("item", 1, "linkId"), 7, "must be a string, and is a number"),
        (("item", 1, "type"), "coding", "FHIR R5, and moodcheck reads FHIR R4"),
        (("item", 1, "type"), "essay", "'essay' is no type of FHIR R4"),
        (("item", 1, "text"), ["a"], "item[1].text: this must be a string, and is an array"),
        (("item", 1, "text"), "a\ud800b", "invisible character"),
        (("item", 1, "text"), "a\x1b[2J", "invisible character"),
        (("item", 1, "text"), "a\u202eb", "invisible character"),
        (("item", 1, "text"), "x" * 2_001, "longer than 2,000 characters"),
        (("item", 1, "modifierExtension"), [], "modifierExtension"),
        (("item",), [], "nothing to ask"),
        (("item",), {}, "must be an array, and is an object"),
        (("item",), ["a"], "item[0]: this must be an object, and is a string"),
        (("group",), {}, "FHIR DSTU2"),
        (("versionAlgorithmString",), "semver", "FHIR R5"),
        ((*TIRED, "option"), [], "FHIR STU3"),
        ((*TIRED, "answerOption"), [], "offers no answers"),
        ((*TIRED, "answerOption", 0, "valueString"), "x", "exactly one value"),
        ((*TIRED, "answerOption", 0), {"valueDate": "2020-01-01"}, "'valueDate' cannot be chosen"),
        ((*TIRED, "answerOption", 0), option("LA1", "x", "0"), "must be a number, and is a string"),
        (
            (*TIRED, "answerOption", 0),
            option("LA1", "x", weight=True),
            "must be a number, and is true or",
        ),
        ((*TIRED, "answerOption", 0), option("LA1", "x", 0.5), "must be a whole number"),
        ((*TIRED, "answerOption", 0), option("LA1", "x", 1e300), "must be a whole number"),
        ((*TIRED, "answerOption", 0), option("LA1", "x", 1), "have the same weight"),
        ((*TIRED, "answerOption", 0), option("LA2", "x", 0), "have the same code"),
        ((*TIRED, "answerOption", 0), option("LA1", "Often", 0), "have the same text"),
        (
            (*TIRED, "answerOption", 0, "extension", 0),
            {"url": ITEM_WEIGHT, "valueString": "0"},
            "a weight must be a valueDecimal",
        ),
        (
            (*TIRED, "answerOption", 0, "extension"),
            [{"url": url, "valueDecimal": i} for i, url in enumerate((ITEM_WEIGHT, ORDINAL_VALUE))],
            "contradict each other",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place_and_reason(
    path: tuple[str | int, ...], value: object, said: str
) -> None:
    assert said in refusal(changed(path, value))


def test_every_problem_is_told_at_once() -> None:
    tree = changed(("item", 1, "linkId"), "tired")
    tree["item"][1]["text"] = 3
    tree["title"] = False

    told = refusal(tree)

    assert len(told.splitlines()) == 4


def test_what_moodcheck_cannot_ask_is_said() -> None:
    tree = changed(("item", 1, "enableWhen"), [{"question": "tired"}])
    tree["item"].append({"linkId": "many", "type": "choice", "repeats": True})
    tree["item"].append({"linkId": "born", "type": "date", "text": "When were you born?"})

    form = read_form(tree, "rest.json")

    assert form.notes == (
        "'said' is asked only after some answers",
        "'many' takes several answers at once",
    )
    assert [item.kind for item in form.items] == ["choice", "text", "other", "other"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | hostile_text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=150)
@given(st.data())
def test_whatever_stands_anywhere_in_it_it_is_read_or_refused(data: st.DataObject) -> None:
    tree = copy.deepcopy(data.draw(st.sampled_from([REST, questionnaire_resource(SYMPTOMS)])))
    for _change in range(data.draw(st.integers(1, 3))):
        at = tree
        while True:
            keys: Any = sorted(at) if isinstance(at, dict) else range(len(at))
            key = data.draw(st.sampled_from(keys))
            if not at[key] or not isinstance(at[key], dict | list) or data.draw(st.booleans()):
                break
            at = at[key]
        at[key] = data.draw(_JSON)

    with suppress(BadData):
        form = read_form(tree, "rest.json")
        texts = [text for item in form.items for text in (item.text, item.help, item.stem)]
        assert [text for text in texts if text and unsafe_characters(text)] == []
