"""Kinds of data files, and how one becomes a model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from moodcheck.core.data_model import DataPath, Fault

Model = TypeVar("Model", bound=BaseModel)


def _nothing(_model: object, _damaged: object) -> Iterable[Fault]:
    return ()


@dataclass(frozen=True, slots=True)
class Kind(Generic[Model]):
    """A kind of data file: its model, and the rules that go beyond the shape of its parts."""

    model: type[Model]
    newest: int
    """The newest schema of it that this version reads."""
    rules: Callable[[Any, AbstractSet[DataPath]], Iterable[Fault]] = _nothing
    """Find what else is wrong with a model of this shape, whose values at the given paths were
    replaced; elsewhere they find nothing that may only follow from the replacement."""
    shape: type[BaseModel] | None = None
    """The model without validators of its own, where it has some; the rules look at this."""


def read_model(model: type[Model], tree: object) -> Model:
    """Return the model of a tree.

    Raises:
        pydantic.ValidationError: when it breaks a rule of the model.
    """
    # As JSON, a list is a tuple and a text can be a day; nothing else is converted.
    return model.model_validate_json(json.dumps(tree))
