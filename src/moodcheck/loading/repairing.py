"""A tree with errors → one that a model accepts, so that its meaning can be checked as well.

First every key becomes one that the model knows: a misspelled key would otherwise hide every
other problem of what stands under it. Then values that break a rule are replaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from types import UnionType
from typing import Annotated, Any, Generic, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from moodcheck.core.data_model import ID_PATTERN, DataPath, Fault
from moodcheck.errors import did_you_mean
from moodcheck.loading.kind import Model, read_model
from moodcheck.loading.nodes import COMMA
from moodcheck.loading.problems import MOST_REPORTED, quoted
from moodcheck.loading.schema_errors import NO_FORM, SchemaError, pattern, schema_errors

_LONGEST_KEY = 64

# In each round a replacement comes nearer: text, then a mapping, then a mapping with its keys.
_MOST_ROUNDS = 12

_ANY_TEXT = "…"
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Respelled:
    """A tree that has only keys that the model knows."""

    tree: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    """The keys that are unknown, at the paths at which the file has them."""
    written: dict[DataPath, str] = field(default_factory=dict)
    """For each key that was respelled: its path in `tree`, and the key in the file."""

    @property
    def misspelled(self) -> set[DataPath]:
        """Where the file has the keys that took the place of a missing one."""
        return {self.path_in_file(path) for path in self.written}

    def path_in_file(self, path: DataPath) -> DataPath:
        """Return the path at which the file has what `tree` has at `path`."""
        return tuple(self.written.get(path[: i + 1], key) for i, key in enumerate(path))


def respell(tree: Mapping[str, object], model: type[BaseModel]) -> Respelled:
    """Return a copy of `tree` without unknown keys.

    A key that is nearly the name of a missing one takes its place; any other is dropped.
    """
    respelled = Respelled({})
    respelled.tree.update(_mapping(tree, model, (), respelled))
    return respelled


def _copy(node: object, annotation: object, path: DataPath, into: Respelled) -> object:
    kinds = list(_kinds(annotation))
    if isinstance(node, dict):
        models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
        if models:
            # Of several forms, the one that has most of its keys here.
            meant = max(models, key=lambda model: _share(_fields(model), node))
            return _mapping(node, meant, path, into)
        for kind in kinds:
            if get_origin(kind) is dict:
                values = get_args(kind)[1]
                return {key: _copy(node[key], values, (*path, key), into) for key in node}
    if isinstance(node, list):
        for kind in kinds:
            if get_origin(kind) is tuple:
                part = get_args(kind)[0]
                return [_copy(one, part, (*path, i), into) for i, one in enumerate(node)]
    return node


def _mapping(
    node: Mapping[str, object], model: type[BaseModel], path: DataPath, into: Respelled
) -> dict[str, object]:
    fields = _fields(model)
    copy: dict[str, object] = {}
    for key, value in node.items():
        meant = key if key in fields else _unknown(key, node, list(fields), path, into)
        if meant in fields and meant not in copy:
            copy[meant] = _copy(value, fields[meant], (*path, meant), into)
    return copy


def _fields(model: type[BaseModel]) -> dict[str, object]:
    """Return the keys that a model knows, and what each may hold."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _share(known: Mapping[str, object], node: Mapping[str, object]) -> float:
    return len(known.keys() & node.keys()) / len(known)


def _unknown(
    key: str, node: Mapping[str, object], known: list[str], path: DataPath, into: Respelled
) -> str | None:
    if len(into.faults) > MOST_REPORTED:
        # Looking for near misses takes time, and no more problems than these are reported.
        return None
    hint = did_you_mean(key[:_LONGEST_KEY], known)
    what = f"there is no key {quoted(key)} here"
    mend = f"{hint}Known here: {', '.join(known)}"
    if node[key] is None:
        mend = f"{COMMA}. {mend}"
    into.faults.append(Fault(into.path_in_file((*path, key)), what, mend))
    for name in known:
        meant = (*path, name)
        if f"'{name}'" in hint and name not in node and meant not in into.written:
            into.written[meant] = key
            return name
    return None


def _kinds(annotation: object) -> Iterator[object]:
    """Yield what an annotation allows, unions opened and constraints left out."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif origin in {Union, UnionType}:
        for one in get_args(annotation):
            yield from _kinds(one)
    else:
        yield annotation


@dataclass(frozen=True, slots=True)
class Repaired(Generic[Model]):
    """The model of a tree in which every wrong value was replaced."""

    model: Model
    damaged: set[DataPath]
    """The paths of the values that were replaced, except texts: no rule compares those."""


def repair(
    model: type[Model], tree: dict[str, Any], errors: list[SchemaError], *, newest: int
) -> Repaired[Model] | None:
    """Return the model of a copy of `tree` in which the wrong values are replaced.

    None where no values are found that the model accepts.

    Args:
        model: what the copy is to become.
        tree: what the copy is made of; every key in it is one that the model knows.
        errors: what is wrong with it.
        newest: the schema that the copy gets where its own is wrong.
    """
    copy = deepcopy(tree)
    replaced: dict[DataPath, object] = {}
    for _ in range(_MOST_ROUNDS):
        # Keys last: what stands under one may have an error as well.
        for error in sorted(errors, key=lambda error: error.is_key):
            if error.is_key:
                # Nobody knows which name it was to be.
                _parent(copy, error.path).pop(error.path[-1], None)
                replaced[error.path[:-1]] = error.path
            elif error.path == ("schema",):
                copy["schema"] = newest
            elif (new := _replacement(error, len(replaced))) is not None:
                _parent(copy, error.path)[error.path[-1]] = replaced[error.path] = new
            else:
                return None
        try:
            made = read_model(model, copy)
        except ValidationError as error:
            errors = schema_errors(error, copy)
        else:
            damaged = {path for path, value in replaced.items() if value != _ANY_TEXT}
            return Repaired(made, damaged)
    return None


def _parent(tree: dict[str, Any], path: DataPath) -> dict[Any, object]:
    """Return the mapping or the list that holds the value at a path."""
    node: Any = tree
    for key in path[:-1]:
        node = node[key]
    return node  # type: ignore[no-any-return]


def _replacement(error: SchemaError, number: int) -> object:
    """Return a value that is nearer to what the rule asks for; None where there is none."""
    find = _REPLACEMENTS.get(error.type)
    if error.type == "string_pattern_mismatch" and error.rule["pattern"] == ID_PATTERN:
        return f"unknown-{number}"
    return find(error) if find else None


def _example(error: SchemaError) -> str | None:
    known = pattern(error.rule["pattern"])
    return known.example if known else None


def _allowed(error: SchemaError) -> object:
    """Return the first of the values that may stand there."""
    expected = str(error.rule["expected"])
    quotes = re.match("'(.*?)'", expected)
    return quotes[1] if quotes else {"True": True, "False": False}.get(expected)


def _lengthened(error: SchemaError) -> object:
    return [*error.value, _ANY_TEXT] if isinstance(error.value, list) else None


def _shortened(error: SchemaError) -> object:
    value = error.value
    return value[: error.rule["max_length"]] if isinstance(value, list) else None


def _form(error: SchemaError) -> object:
    return _replacement(error.rule["forms"][0], 0)


_REPLACEMENTS: dict[str, Callable[[SchemaError], object]] = {
    **dict.fromkeys(
        ("missing", "string_type", "string_too_short", "string_too_long"), lambda _: _ANY_TEXT
    ),
    **dict.fromkeys(("int_type", "int_from_float"), lambda _: 0),
    **dict.fromkeys(("dict_type", "model_type"), lambda _: {}),
    **dict.fromkeys(("literal_error", "enum"), _allowed),
    **dict.fromkeys(("date_type", "date_parsing"), lambda _: "2000-01-01"),
    "string_pattern_mismatch": _example,
    "bool_type": lambda _: False,
    "float_type": lambda _: _HALF,
    "greater_than": lambda error: error.rule["gt"] + _HALF,
    "greater_than_equal": lambda error: error.rule["ge"],
    "less_than": lambda error: error.rule["lt"] - _HALF,
    "less_than_equal": lambda error: error.rule["le"],
    "tuple_type": lambda _: [],
    "too_short": _lengthened,
    "too_long": _shortened,
    NO_FORM: _form,
}
