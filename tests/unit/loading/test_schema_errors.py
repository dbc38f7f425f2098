"""What the models may ask for has words: nobody is told only that something is wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from moodcheck.core.crisis import CrisisDirectory
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.loading.schema_errors import SchemaError, explain

_MODELS = (Questionnaire, CrisisDirectory, Language)


def _found(schema: object, key: str) -> Iterator[object]:
    """Yield every value of `key` in a JSON schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get(key), str):
            yield schema[key]
        for part in schema.values():
            yield from _found(part, key)
    elif isinstance(schema, list):
        for part in schema:
            yield from _found(part, key)


def _told(kind: str, rule: dict[str, object]) -> str:
    fault = explain(SchemaError(kind, ("key",), None, rule))
    return f"{fault.what}. {fault.mend}"


def test_every_pattern_of_a_model_is_explained() -> None:
    patterns = {p for model in _MODELS for p in _found(model.model_json_schema(), "pattern")}

    assert len(patterns) >= 8
    for pattern in patterns:
        told = _told("string_pattern_mismatch", {"pattern": pattern})
        assert "does not belong here" not in told, pattern


@pytest.mark.parametrize(
    ("kind", "rule"), [("unheard_of", {}), ("string_pattern_mismatch", {"pattern": "x"})]
)
def test_a_rule_without_words_of_its_own_still_names_the_key(
    kind: str, rule: dict[str, object]
) -> None:
    assert _told(kind, rule) == (
        "'key' does not belong here. Compare it with the guide to writing a questionnaire"
    )


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ((), "the file"),
        (("items",), "'items'"),
        (("items", 0), "entry 1 of 'items'"),
        (("x" * 99,), f"'{'x' * 40}…'"),
    ],
)
def test_a_place_has_a_name(path: tuple[str | int, ...], name: str) -> None:
    fault = explain(SchemaError("tuple_type", path, "text"))

    assert fault.what == f"{name} must be a list, and is text"
