"""A map file → how somebody's table is to be read, held against the questionnaire it is for."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.map_faults import map_faults
from moodcheck.core.data_model import DataPath, Fault
from moodcheck.files.reading import read_file
from moodcheck.loading.data_files import validated
from moodcheck.loading.document import Document, read_document
from moodcheck.loading.kind import Kind

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire


def load_answer_map(source: Path, questionnaire: Questionnaire) -> AnswerMap:
    """Return the answer map in a file.

    Raises:
        UsageError: when the name of the file looks like an address on a network.
        InputNotFound: when there is no such file, or it cannot be read.
        BadData: when it is no map for this questionnaire, with every problem and its place.
    """
    return parse_answer_map(*read_file(source), questionnaire)


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
    return validated(_with_list_of_ids(read_document(name, content)), kind)


def _with_list_of_ids(document: Document) -> Document:
    """Return the document with `id` as a list, which it is mostly too short to be written as."""
    value = document.tree.get("id")
    if value is None or isinstance(value, list | dict):
        return document
    marks = {**document.marks, ("id", 0): document.marks["id",]}
    return replace(document, tree={**document.tree, "id": [value]}, marks=marks)
