"""The JSON summary keeps its contract, key by key, whatever was answered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from moodcheck.core.administration import Administration
from moodcheck.core.crisis import Region
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import AnswersRefused
from moodcheck.report import json as json_format
from tests.shipped import DATA, LANGUAGE, answered, summary_of
from tests.strategies import administrations, hostile_text, questionnaires, regions

SCHEMA = json.loads((DATA / "summary.schema.json").read_text(encoding="utf-8"))
REFUSAL = json.loads((DATA / "refusal.schema.json").read_text(encoding="utf-8"))

Document = dict[str, Any]

UNITED_KINGDOM = Region("GB")


def written(administration: Administration, where: Region = UNITED_KINGDOM) -> Document:
    document: Document = json.loads(json_format.summary(summary_of(administration, where)))
    return document


def mistakes(document: object, schema: Document = SCHEMA) -> list[str]:
    checks = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in checks.iter_errors(document)]


def objects_in(schema: object) -> list[Document]:
    """Return every part of a schema that describes the keys of an object."""
    match schema:
        case dict():
            inner = [found for part in schema.values() for found in objects_in(part)]
            return [schema, *inner] if schema.get("type") == "object" else inner
        case list():
            return [found for part in schema for found in objects_in(part)]
    return []


@given(administrations(own_words=hostile_text()), regions())
def test_every_summary_is_what_its_schema_says(
    administration: Administration, where: Region
) -> None:
    assert mistakes(written(administration, where)) == []


@given(data=st.data(), asked=questionnaires(most_items=10))
def test_so_is_that_of_any_questionnaire(data: st.DataObject, asked: Questionnaire) -> None:
    assert mistakes(written(data.draw(administrations(asked)))) == []


@pytest.mark.parametrize("schema", [SCHEMA, REFUSAL], ids=["summary", "refusal"])
def test_the_schema_is_one_and_is_strict(schema: Document) -> None:
    Draft202012Validator.check_schema(schema)

    for part in objects_in(schema):
        assert part["additionalProperties"] is not True
        if "properties" in part:
            assert part["additionalProperties"] is False
            assert part["required"] == list(part["properties"])
            assert all("description" in value for value in part["properties"].values())


def changed(**changes: object) -> Document:
    """Return a summary with the value at each dotted path replaced."""
    document = written(answered(sleep=1, death_thoughts=2))
    for path, value in changes.items():
        *way, last = path.split("__")
        part: Any = document
        for key in way:
            part = part[int(key) if key.isdecimal() else key]
        part[last] = value
    return document


@pytest.mark.parametrize(
    "changes",
    [
        {"extra": 1},
        {"format": "moodcheck.summary/2"},
        {"taken_at": "2026-11-24T09:30:00"},
        {"taken_at": "yesterday"},
        {"questionnaire__validated": None},
        {"questionnaire__version": "1.0"},
        {"answers__sleep": 1.5},
        {"answers__sleep": True},
        {"answers__Sleep": 1},
        {"unanswered__aches": None},
        {"unanswered__aches": "forgotten"},
        {"scales__total__score": 0},
        {"scales__total__reason": None},
        {"scales__total__max": "36"},
        {"critical__death_thoughts": 2},
        {"alerts": None},
        {"alerts": ["death_thoughts", "death_thoughts"]},
        {"advice": None},
        {"advice__text": ""},
        {"not_a_diagnosis": None},
        {"not_a_diagnosis": ""},
        {"crisis_lines__region": "gb"},
        {"crisis_lines__act_now": None},
        {"crisis_lines__lines__0__number": "+44 116 123"},
        {"crisis_lines__lines__0__number": 116123},
        {"crisis_lines__lines__0__channel": ["fax"]},
        {"crisis_lines__lines__0__source": None},
        {"crisis_lines__lines__0__checked": "last year"},
    ],
    ids=str,
)
def test_a_summary_that_broke_the_contract_would_be_noticed(changes: dict[str, object]) -> None:
    assert mistakes(changed()) == []
    assert mistakes(changed(**changes))


@pytest.mark.parametrize("key", changed())
def test_every_key_is_always_there(key: str) -> None:
    document = changed()
    del document[key]

    assert mistakes(document)
    assert list(changed()) == list(SCHEMA["properties"])


def test_it_is_readable_and_ends_its_last_line() -> None:
    text = json_format.summary(summary_of(answered()))

    assert text.endswith("}\n")
    assert text.startswith('{\n  "format"')


def test_it_is_ascii_so_that_no_encoding_changes_a_text_on_its_way() -> None:
    text = json_format.summary(summary_of(answered(own_words="é漢👩")))

    assert text.isascii()
    assert json.loads(text)["answers"]["own_words"] == "é漢👩"


def test_help_lines_alone_are_written_the_same_way() -> None:
    summary = summary_of(answered(), Region("GB"))

    assert json_format.help_panel(summary.help) == written(answered())["crisis_lines"]


@given(regions(), hostile_text(), st.booleans())
def test_every_refusal_is_what_its_schema_says(where: Region, text: str, hides_one: bool) -> None:
    told = AnswersRefused(text, alerts_cannot_be_ruled_out=hides_one)
    panel = summary_of(answered(), where).help
    document = json.loads(json_format.refusal(told, panel, LANGUAGE.not_a_diagnosis))

    assert mistakes(document, REFUSAL) == []
    assert list(document) == list(REFUSAL["properties"])
    for key in document:
        assert mistakes({name: document[name] for name in document if name != key}, REFUSAL)


def test_what_a_refusal_shares_with_a_summary_is_described_alike() -> None:
    for key in ("not_a_diagnosis", "crisis_lines"):
        assert REFUSAL["properties"][key] == SCHEMA["properties"][key]
    assert REFUSAL["$defs"].items() <= SCHEMA["$defs"].items()
