"""A document → the model it stands for, or everything that is wrong with it at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from moodcheck.core.data_model import Fault
from moodcheck.loading.document import Document
from moodcheck.loading.findings import Finding, bad_data

Model = TypeVar("Model", bound=BaseModel)


def _nothing(_: object) -> Iterable[Fault]:
    return ()


@dataclass(frozen=True, slots=True)
class Kind(Generic[Model]):
    """A kind of data file: its model, and the rules that go beyond the shape of its parts."""

    model: type[Model]
    newest: int
    """The newest schema of it that this version reads."""
    rules: Callable[[Model], Iterable[Fault]] = _nothing
    """What else may be wrong with a model."""
    own_rules: Callable[[Model], Iterable[Fault]] = _nothing
    """What the model holds itself to, and `shape` does not."""
    shape: Callable[[], type[Model]] | None = None
    """The same model without rules of its own, where it has some."""


def validated(document: Document, kind: Kind[Model]) -> Model:
    """Return the model that the document stands for.

    Raises:
        BadData: naming every problem with its place; only one when the schema is too new.
    """
    _refuse_newer(document, kind.newest)
    if not document.findings:
        with suppress(ValidationError):
            model = read_model(kind.model, document.tree)
            if not any(True for _ in kind.rules(model)):
                return model
    # Imported here: a good file, which is what people wait for, needs none of it.
    from moodcheck.loading.diagnosing import findings

    raise bad_data(document.name, [*document.findings, *findings(document, kind)])


def read_model(model: type[Model], tree: object) -> Model:
    """Return the model that `tree` stands for.

    Raises:
        pydantic.ValidationError: when it stands for none.
    """
    # As JSON, a list is a tuple and a text can be a day; nothing else is converted.
    return model.model_validate_json(json.dumps(tree))


def _refuse_newer(document: Document, newest: int) -> None:
    schema = document.tree.get("schema")
    if isinstance(schema, int) and schema > newest:
        what = f"it needs a newer moodcheck; this one reads schema {newest}"
        at = document.marks[("schema",)].value
        raise bad_data(document.name, [Finding(at, what, "Upgrade moodcheck")])
