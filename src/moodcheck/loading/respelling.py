"""Keys that the model does not know: found, told, and read as what they were meant to be.

A misspelled key would otherwise hide every other problem of what stands under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from moodcheck.core.data_model import DataPath, Fault
from moodcheck.errors import did_you_mean
from moodcheck.loading.findings import MOST_TOLD, quoted
from moodcheck.loading.nodes import COMMA

_LONGEST_KEY = 64


@dataclass(frozen=True, slots=True)
class Respelled:
    """A tree in which every key is one that the model knows."""

    tree: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    """The keys that are unknown, at the paths at which the file has them."""
    written: dict[DataPath, str] = field(default_factory=dict)
    """For each key that was respelled: its path in `tree`, and the key in the file."""

    @property
    def meant(self) -> set[DataPath]:
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
    if len(into.faults) > MOST_TOLD:
        # Looking for near misses takes time, and no more problems than these are told.
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
