"""docs/questionnaires.md is true: its examples load, its keys are the model's, its limits hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import BadData
from moodcheck.files import reading
from moodcheck.loading import document, nodes, problems
from moodcheck.loading.data_files import parse_questionnaire
from tests.unit.loading.good_questionnaire import LANGUAGE

GUIDE = (Path(__file__).parents[3] / "docs" / "questionnaires.md").read_text(encoding="utf-8")


def _blocks(kind: str) -> list[str]:
    """Return the fenced blocks of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def _is_whole(block: str) -> bool:
    return block.startswith("schema:")


_WHOLE = [block for block in _blocks("yaml") if _is_whole(block)]
_PARTS = [block for block in _blocks("yaml") if not _is_whole(block)]


def _models(model: type[BaseModel] = Questionnaire) -> Iterator[type[BaseModel]]:
    """Yield the model and every model it is made of."""
    yield model
    for field in model.model_fields.values():
        for part in _models_in(field.annotation):
            yield from _models(part)


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models_in(part)


SCHEMA = json.dumps(Questionnaire.model_json_schema())

_KEYS = {field.alias or name for model in _models() for name, field in model.model_fields.items()}


@pytest.mark.parametrize("block", _WHOLE)
def test_every_whole_example_is_a_questionnaire(block: str) -> None:
    assert parse_questionnaire("guide.yaml", block.encode(), LANGUAGE).advice


@pytest.mark.parametrize("block", _PARTS)
def test_every_other_example_fits_into_the_first(block: str) -> None:
    whole = yaml.safe_load(_WHOLE[0]) | yaml.safe_load(block)

    assert parse_questionnaire("guide.yaml", json.dumps(whole).encode(), LANGUAGE).advice


def test_the_mistaken_example_is_refused_with_the_message_below_it() -> None:
    (mistaken,), (message,) = _blocks("yaml mistaken"), _blocks("text")
    with pytest.raises(BadData) as refused:
        parse_questionnaire("my.yaml", mistaken.encode(), LANGUAGE)

    assert message == f"{refused.value}\n"


def test_the_guide_explains_every_key_and_no_other() -> None:
    rows = set(re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE))

    assert rows <= _KEYS
    assert {key for key in _KEYS if f"`{key}`" not in GUIDE} == set()


def test_the_examples_use_every_key() -> None:
    used = {word for block in (*_WHOLE, *_PARTS) for word in re.findall(r"(\w+):", block)}

    assert _KEYS - used == {"points"}


def test_the_guide_names_every_limit() -> None:
    refused = GUIDE.partition("## What is refused")[2]
    limits = [
        f"{reading.MOST_BYTES // 1024} KiB",
        f"{document.MOST_LEVELS} levels",
        f"{document.MOST_VALUES:,} keys and values",
        f"more than {nodes.MOST_DIGITS} digits",
        *(f"{most} " for most in re.findall(r'"max(?:Items|Properties)": (\d+)', SCHEMA)),
        f"more than {problems.MOST_REPORTED} problems",
    ]

    unbroken = " ".join(refused.split())
    assert [limit for limit in limits if limit not in unbroken] == []
