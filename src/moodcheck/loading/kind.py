"""What a kind of data file is held against."""

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
    """What else may be wrong with a file of this shape, where the paths are known to be damaged:
    nothing that may only follow from the damage."""
    shape: type[BaseModel] | None = None
    """What the rules look at: the model without rules of its own, where it has some."""


def read_model(model: type[Model], tree: object) -> Model:
    """Return the model that `tree` stands for.

    Raises:
        pydantic.ValidationError: when it stands for none.
    """
    # As JSON, a list is a tuple and a text can be a day; nothing else is converted.
    return model.model_validate_json(json.dumps(tree))
