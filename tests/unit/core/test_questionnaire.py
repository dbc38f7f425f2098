"""A questionnaire is frozen, strict about types, and knows what its items offer."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from moodcheck.core.administration import administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.scoring import score
from tests.shipped import SYMPTOMS, TAKEN_AT
from tests.strategies import questionnaires
from tests.unit.core.small import document, questionnaire

RESPONSES = {"often": [{"value": value} for value in (-2, 0, 5)]}


@given(questionnaires(most_items=10))
def test_a_questionnaire_survives_being_written_and_read(asked: Questionnaire) -> None:
    written = asked.model_dump_json(by_alias=True)

    assert Questionnaire.model_validate_json(written) == asked


@pytest.mark.parametrize("method", ["sum", "mean", "count", "maximum"])
@pytest.mark.parametrize("reverse_keyed", [[], ["a"], ["a", "b", "c"]])
def test_the_range_of_a_scale_is_what_its_scores_reach(
    method: str, reverse_keyed: list[str]
) -> None:
    scale: dict[str, Any] = {"id": "s", "label": "S", "method": method, "items": "all"}
    scale |= {"reverse_keyed": reverse_keyed, "multiply_by": 4}
    scale |= {"at_least": 1} if method == "count" else {}
    asked = questionnaire(responses=RESPONSES, scales=[scale], critical=[])

    reached = [
        score(administer(asked, dict(zip("abc", values, strict=True)), taken_at=TAKEN_AT))[0].score
        for values in product((-2, 0, 5), repeat=3)
    ]

    assert asked.range_of(asked.scales[0]) == (min(reached), max(reached))  # type: ignore[type-var]


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "Upper"},
        {"id": "1st"},
        {"version": "1.0"},
        {"version": 1.0},
        {"title": ""},
        {"title": "x" * 2_001},
        {"language": "English"},
        {"validated": True},
        {"schema": 0},
        {"schema": 2},
        {"schema": True},
        {"schema": "1"},
        {"unknown": 1},
        {"items": []},
        {"scales": []},
        {"advice": []},
        {"responses": {"often": []}},
        *({"responses": {"often": [{"value": v}]}} for v in (1_001, -1_001, 1.5, True, "1", None)),
    ],
    ids=str,
)
def test_what_is_nearly_right_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Questionnaire.model_validate_json(json.dumps(document(**changes)))


def test_a_refusal_does_not_repeat_what_was_given() -> None:
    with pytest.raises(ValidationError) as refused:
        questionnaire(title=["my own secret"])

    assert "secret" not in str(refused.value)


def test_a_questionnaire_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        SYMPTOMS.title = "Another"


def test_items_options_and_words_are_found_by_id() -> None:
    asked = questionnaire()

    assert [item.id for item in asked.all_items] == ["a", "b", "c", "words"]
    assert "words" in asked
    assert "x" not in asked
    assert [option.value for option in asked.options("a")] == [0, 1, 2, 3]
    assert asked.options("words") == ()
    assert asked.option("a", 2).label == "label 2"
    with pytest.raises(KeyError):
        asked.option("a", 4)
    with pytest.raises(KeyError):
        asked.item("x")


def test_scoring_facts_alone_have_no_wording() -> None:
    wordless = [{"id": name, "label": name, "responses": "often"} for name in "abc"]
    worded = [{**item, "text": "A text."} for item in wordless]
    context = [{"id": "words", "label": "Own words", "text": "Which?", "type": "text"}]

    assert SYMPTOMS.has_wording
    assert questionnaire(items=worded, context=context).has_wording
    assert not questionnaire(items=wordless, context=context).has_wording
    assert not questionnaire(items=worded).has_wording
    assert not questionnaire(
        items=worded, context=context, critical=[], responses=RESPONSES
    ).has_wording


def test_the_content_hash_is_that_of_what_was_written_and_no_default() -> None:
    digest = "c2492e349eee016ce82ed71479e66dd5d1c031303a5a7871aa1c13a63b0def1e"

    assert questionnaire().content_hash == digest


PLAIN = {"id": "s", "label": "S", "method": "count", "items": "all", "at_least": 2}
RULE = {"missing_rule": {"name": "m", "citation": "Nobody 1999"}}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PLAIN, {**PLAIN, "at_least": {"a": 2, "b": 2, "c": 2}}),
        (PLAIN, {**PLAIN, "weights": {"a": 1}}),
        (PLAIN, {**PLAIN, "label": "Another name"}),
        (PLAIN, {**PLAIN, "items": ["c", "b", "a"]}),
        (
            {**PLAIN, "method": "mean", "at_least": None, "max_unanswered": 1, **RULE},
            {**PLAIN, "method": "mean", "at_least": None, "max_unanswered_share": 0.5, **RULE},
        ),
    ],
)
def test_what_is_worked_out_alike_may_be_compared(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    both = [questionnaire(scales=[scale]).scoring_fingerprint for scale in (one, other)]

    assert both[0] == both[1]


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "maximum", "at_least": None},
        {"at_least": {"a": 2, "b": 2, "c": 1}},
        {"weights": {"a": 2}},
        {"alternatives": [["a", "b"]]},
        {"rescale": True},
        {"rescale": {"low": 0, "high": 3.5}},
        {"scales": ["t"]},
    ],
    ids=str,
)
def test_what_is_worked_out_otherwise_is_never_compared(changes: dict[str, Any]) -> None:
    other = {"id": "t", "label": "T", "method": "sum", "items": ["a"]}
    both = [questionnaire(scales=[scale, other]) for scale in (PLAIN, {**PLAIN, **changes})]

    assert both[0].scoring_fingerprint != both[1].scoring_fingerprint


@pytest.mark.parametrize(
    "changes", [{"max_unanswered": 1}, {"max_unanswered": 1, "round_prorated": False}], ids=str
)
def test_rules_for_unanswered_items_keep_scores_apart(changes: dict[str, Any]) -> None:
    plain = {"id": "s", "label": "S", "method": "sum", "items": "all"}
    rules = [plain, {**plain, **RULE, "max_unanswered": 2}, {**plain, **RULE, **changes}]
    found = {questionnaire(scales=[scale]).scoring_fingerprint for scale in rules}

    assert len(found) == len(rules)
