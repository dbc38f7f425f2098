"""The schema that editors complete questionnaires from is the model's, and ours keep to it."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from jsonschema import Draft202012Validator

from moodcheck.core.questionnaire import Questionnaire, questionnaire_schema
from tests.shipped import DATA
from tests.strategies import questionnaires
from tests.unit.core.small import document

FILE = DATA / "questionnaire.schema.json"
VALIDATOR = Draft202012Validator(json.loads(questionnaire_schema()))


def test_the_file_is_what_the_model_says() -> None:
    assert FILE.read_text(encoding="utf-8") == questionnaire_schema(), "run: just schema"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)


def test_the_shipped_questionnaire_keeps_to_it_and_names_it() -> None:
    text = (DATA / "symptoms.yaml").read_text(encoding="utf-8")

    assert text.startswith(f"# yaml-language-server: $schema=./{FILE.name}\n")
    assert list(VALIDATOR.iter_errors(yaml.safe_load(text))) == []


@given(questionnaires(most_items=5))
def test_every_questionnaire_keeps_to_it(asked: Questionnaire) -> None:
    written = asked.plain_data()

    assert list(VALIDATOR.iter_errors(written)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"unknown": 1},
        {"schema": 2},
        {"id": "Upper"},
        {"version": "1"},
        {"validated": True},
        {"title": ""},
        {"items": []},
        {"advice": [{"id": "a", "label": "L"}]},
        {"responses": {"often": [{"value": 1.5}]}},
        {"scales": [{"id": "s", "label": "S", "method": "median", "items": "all"}]},
        {"scales": [{"id": "s", "label": "S", "method": "sum", "items": "some"}]},
        *(
            {"scales": [{"id": "s", "label": "S", "method": "sum", "items": "all", **scale}]}
            for scale in (
                {"weights": {"a": "2"}},
                {"rescale": False},
                {"rescale": {"low": 1}},
                {"alternatives": [["a"]]},
                {"alternatives": ["a", "b"]},
                {"max_unanswered_share": 1},
                {"round_prorated": 0},
                {"at_least": {"a": 1.5}},
            )
        ),
    ],
    ids=str,
)
def test_an_editor_would_mark_what_is_wrong(changes: dict[str, object]) -> None:
    assert list(VALIDATOR.iter_errors(document())) == []
    assert list(VALIDATOR.iter_errors(document(**changes)))
