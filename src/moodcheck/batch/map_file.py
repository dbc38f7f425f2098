"""A map in a file → how somebody's table is to be read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.map_faults import map_faults
from moodcheck.core.data_model import DataPath, Fault
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import UsageError
from moodcheck.files.reading import read_file
from moodcheck.loading.data_files import validated
from moodcheck.loading.document import Document, Mark, read_document
from moodcheck.loading.kind import Kind


def load_answer_map(source: Path, questionnaire: Questionnaire) -> AnswerMap:
    """Return the answer map in a file.

    Raises:
        UsageError: when the name of the file looks like an address on a network.
        InputNotFound: when there is no such file, or it cannot be read.
        BadData: when it is no map for this questionnaire, with every problem and its place.
    """
    return parse_answer_map(*read_file(source), questionnaire)


def answer_map_of(
    given: Path | Mapping[str, object] | None, questionnaire: Questionnaire
) -> AnswerMap | None:
    """Return the answer map in a file, or that would be there; errors as `load_answer_map`."""
    if given is None or isinstance(given, Path):
        return None if given is None else load_answer_map(given, questionnaire)
    try:
        # A line for each key, so that what is wrong has a place here, too.
        content = json.dumps({"schema": 1, **given}, ensure_ascii=False, indent=1).encode()
    except (TypeError, ValueError):
        raise UsageError(
            "The map has keys or values that no map has", mend="Use what could stand in its file"
        ) from None
    return parse_answer_map("map", content, questionnaire)


def parse_answer_map(name: str, content: bytes, questionnaire: Questionnaire) -> AnswerMap:
    """Return the answer map that the content of a YAML file stands for; errors as above.

    Args:
        name: what messages call the file.
        content: UTF-8.
        questionnaire: what the answers are to.
    """

    def rules(found: AnswerMap, damaged: AbstractSet[DataPath]) -> Iterable[Fault]:
        return () if damaged else map_faults(found, questionnaire)

    kind = Kind(AnswerMap, newest=1, rules=rules)
    return validated(_with_lists(read_document(name, content)), kind)


def _with_lists(document: Document) -> Document:
    """Return the document with lists where they are mostly too short to be written as one."""
    tree, marks = dict(document.tree), dict(document.marks)
    if "id" in tree:
        tree["id"] = _as_list(tree["id"], ("id",), marks)
    for key in ("rows", "blank_when"):
        named = tree.get(key)
        if isinstance(named, dict):
            tree[key] = {one: _as_list(text, (key, one), marks) for one, text in named.items()}
    return replace(document, tree=tree, marks=marks)


def _as_list(value: object, path: DataPath, marks: dict[DataPath, Mark]) -> object:
    if value is None or isinstance(value, list | dict):
        return value
    marks[*path, 0] = marks[path]
    return [value]
