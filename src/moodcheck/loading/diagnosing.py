"""Everything that is wrong with a document, each thing with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Any, NamedTuple

from pydantic import ValidationError

from moodcheck.core.data_model import DataPath, Fault
from moodcheck.loading.document import Document
from moodcheck.loading.explaining import explain
from moodcheck.loading.findings import Finding, Position
from moodcheck.loading.repairing import repaired
from moodcheck.loading.respelling import Respelled, respell
from moodcheck.loading.validation import Kind, Model, read_model
from moodcheck.loading.wrongs import Wrong, wrongs


def findings(document: Document, kind: Kind[Model]) -> Iterator[Finding]:
    """Yield what is wrong with the meaning of a document, beyond what reading it found."""
    yield from (_finding(document, problem) for problem in _problems(document, kind))


class _Problem(NamedTuple):
    fault: Fault
    """Its path is the file's."""
    is_key: bool = False
    """It stands at the key, not at the value."""


def _problems(document: Document, kind: Kind[Model]) -> Iterator[_Problem]:
    respelled = respell(document.tree, kind.model)
    shape = kind.shape() if kind.shape else kind.model
    wrong = _wrongs(shape, respelled.tree)
    problems = [
        *(_Problem(fault, is_key=True) for fault in respelled.faults),
        *(
            _Problem(fault, one.is_key)
            for one in wrong
            for fault in _in_file(explain(one), respelled)
        ),
    ]
    yield from (one for one in problems if not _is_within(one.fault.path, document.spoiled))
    model = repaired(shape, respelled.tree, wrong, newest=kind.newest)
    if model is not None:
        found = _in_file(chain(kind.own_rules(model), kind.rules(model)), respelled)
        # What stands under a key that was only misspelled is as its author wrote it.
        made_up = {one.fault.path for one in problems} - respelled.meant | document.spoiled
        yield from (_Problem(fault) for fault in _untouched(found, made_up))


def _wrongs(shape: type[Model], tree: dict[str, Any]) -> list[Wrong]:
    try:
        read_model(shape, tree)
    except ValidationError as error:
        return wrongs(error, tree)
    return []


def _untouched(faults: Iterable[Fault], made_up: AbstractSet[DataPath]) -> Iterator[Fault]:
    """Yield the faults that neither hold nor stand in anything that was made up."""
    around = {path[:length] for path in made_up for length in range(len(path))}
    for fault in faults:
        if fault.path not in around and not _is_within(fault.path, made_up):
            yield fault


def _in_file(faults: Iterable[Fault], respelled: Respelled) -> Iterator[Fault]:
    for fault in faults:
        yield Fault(respelled.path_in_file(fault.path), fault.what, fault.mend)


def _is_within(path: DataPath, places: AbstractSet[DataPath]) -> bool:
    return any(path[:length] in places for length in range(len(path) + 1))


def _finding(document: Document, problem: _Problem) -> Finding:
    path, what, mend = problem.fault.path, problem.fault.what, problem.fault.mend
    return Finding(_position(document, path, is_key=problem.is_key), what, mend)


def _position(document: Document, path: DataPath, *, is_key: bool) -> Position:
    # What is missing has no place of its own: what it is missing from has one.
    if path not in document.marks:
        return _position(document, path[:-1], is_key=False)
    mark = document.marks[path]
    return mark.key if is_key else mark.value
