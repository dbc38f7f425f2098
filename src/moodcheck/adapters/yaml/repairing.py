"""A tree with texts put in where texts are wrong, so that its meaning can be checked as well."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from moodcheck.adapters.yaml.wrongs import Wrong, wrongs

Model = TypeVar("Model", bound=BaseModel)

_ANY_TEXT = "…"
# Only what nothing else in a file refers to; a made-up id would be missed elsewhere.
_TEXT_OF_PATTERN = {
    r"^\d{1,4}\.\d{1,4}\.\d{1,4}$": "0.0.0",
    r"^[a-z]{2,3}(-[A-Z]{2})?$": "en",
}
_WRONG_TEXTS = frozenset({"missing", "string_type", "string_too_short", "string_too_long"})
# A missing text of a pattern: put in, put in again after its pattern, checked.
_ROUNDS = 3


def read_model(model: type[Model], tree: object) -> Model:
    """Return the model that `tree` stands for.

    Raises:
        pydantic.ValidationError: when it stands for none.
    """
    # As JSON, a list is a tuple and a text can be a day; nothing else is converted.
    return model.model_validate_json(json.dumps(tree))


def repaired(model: type[Model], tree: dict[str, Any], *, newest: int) -> Model | None:
    """Return the model of a copy in which wrong texts are replaced; None if more is wrong."""
    copy = deepcopy(tree)
    copy["schema"] = newest
    for _ in range(_ROUNDS):
        try:
            return read_model(model, copy)
        except ValidationError as error:
            if not all(_repair(copy, wrong) for wrong in wrongs(error, copy)):
                return None
    return None


def _repair(tree: dict[str, Any], wrong: Wrong) -> bool:
    text = _ANY_TEXT if wrong.type in _WRONG_TEXTS else None
    if wrong.type == "string_pattern_mismatch":
        text = _TEXT_OF_PATTERN.get(wrong.rule["pattern"])
    if text is None or wrong.is_key:
        return False
    node: Any = tree
    for key in wrong.path[:-1]:
        node = node[key]
    node[wrong.path[-1]] = text
    return True
