"""Everything that is wrong with a document, each thing with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from pydantic import ValidationError

from moodcheck.core.data_model import DataPath, Fault
from moodcheck.loading.document import Document
from moodcheck.loading.kind import Kind, Model, read_model
from moodcheck.loading.repairing import Respelled, repair, respell
from moodcheck.loading.schema_errors import explain, schema_errors


def diagnose(document: Document, kind: Kind[Model]) -> Iterator[Fault]:
    """Yield what is wrong with the meaning of a document, beyond what reading it found.

    The path of each fault is its position in the file.
    """
    respelled = respell(document.tree, kind.model)
    shape = kind.shape or kind.model
    try:
        read_model(shape, respelled.tree)
        errors = []
    except ValidationError as error:
        errors = schema_errors(error, respelled.tree)
    reported = [(fault, True) for fault in respelled.faults]
    explained = _in_file(map(explain, errors), respelled)
    reported += [(fault, error.is_key) for fault, error in zip(explained, errors, strict=True)]
    for fault, is_key in reported:
        if not _is_within(fault.path, document.spoiled):
            yield _located(document, fault, is_key=is_key)
    repaired = repair(shape, respelled.tree, errors, newest=kind.newest)
    if repaired is not None:
        found = _in_file(kind.rules(repaired.model, repaired.damaged), respelled)
        # What stands under a key that was only misspelled is as its author wrote it.
        made_up = {fault.path for fault, _ in reported} - respelled.misspelled | document.spoiled
        yield from (_located(document, fault) for fault in _untouched(found, made_up))


def _untouched(faults: Iterable[Fault], made_up: AbstractSet[DataPath]) -> Iterator[Fault]:
    """Yield the faults whose place neither contains nor lies in anything that was made up."""
    around = {path[:length] for path in made_up for length in range(len(path))}
    for fault in faults:
        if fault.path not in around and not _is_within(fault.path, made_up):
            yield fault


def _in_file(faults: Iterable[Fault], respelled: Respelled) -> Iterator[Fault]:
    for fault in faults:
        yield Fault(respelled.path_in_file(fault.path), fault.what, fault.mend)


def _is_within(path: DataPath, places: AbstractSet[DataPath]) -> bool:
    return any(path[:length] in places for length in range(len(path) + 1))


def _located(document: Document, fault: Fault, *, is_key: bool = False) -> Fault:
    return Fault(document.position(fault.path, is_key=is_key), fault.what, fault.mend)
