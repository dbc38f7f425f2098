"""A tree with texts put in where texts are wrong, so that its meaning can be checked as well."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from moodcheck.loading.validation import Model, read_model
from moodcheck.loading.wrongs import Wrong, wrongs

_ANY_TEXT = "…"
# Only what nothing else in a file refers to; a made-up id would be missed elsewhere.
_TEXT_OF_PATTERN = {
    r"^\d{1,4}\.\d{1,4}\.\d{1,4}$": "0.0.0",
    r"^[a-z]{2,3}(-[A-Z]{2})?$": "en",
}
_WRONG_TEXTS = frozenset({"missing", "string_type", "string_too_short", "string_too_long"})
# A missing text of a pattern is put in, and put in once more with its pattern.
_ROUNDS = 3


def repaired(
    model: type[Model], tree: dict[str, Any], wrong: Iterable[Wrong], *, newest: int
) -> Model | None:
    """Return the model of a copy in which wrong texts are replaced; None if more is wrong.

    Args:
        model: what the copy is to become.
        tree: what the copy is made of.
        wrong: what is wrong with it.
        newest: the schema that the copy gets where its own is wrong.
    """
    copy = deepcopy(tree)
    for _ in range(_ROUNDS):
        if not all(_repair(copy, one, newest) for one in wrong):
            return None
        try:
            return read_model(model, copy)
        except ValidationError as error:
            wrong = wrongs(error, copy)
    return None


def _repair(tree: dict[str, Any], wrong: Wrong, newest: int) -> bool:
    new = newest if wrong.path == ("schema",) else _text_for(wrong)
    if new is None:
        return False
    node: Any = tree
    for key in wrong.path[:-1]:
        node = node[key]
    node[wrong.path[-1]] = new
    return True


def _text_for(wrong: Wrong) -> str | None:
    if wrong.type == "string_pattern_mismatch":
        return _TEXT_OF_PATTERN.get(wrong.rule["pattern"])
    return _ANY_TEXT if wrong.type in _WRONG_TEXTS else None
