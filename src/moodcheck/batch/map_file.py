"""A map, by its name or in a file → how somebody's table is to be read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.map_faults import map_faults
from moodcheck.core.data_model import DataPath, Fault
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import BadData, InputNotFound, UsageError, did_you_mean
from moodcheck.files.paths import map_files, refuse_url
from moodcheck.files.reading import read_file
from moodcheck.loading.data_files import validated
from moodcheck.loading.document import Document, Mark, read_document
from moodcheck.loading.kind import Kind

MapSaid = str | Path | Mapping[str, object]
"""A name or a file; a file; or what would stand in one."""

_LONGEST_SHOWN = 64


@dataclass(frozen=True, slots=True)
class MapFile:
    """Where a map stands, and what it is called."""

    called: str
    """Its name, where it comes with moodcheck; else its file, as it was named."""
    path: Path
    is_shipped: bool

    def read(self, questionnaire: Questionnaire | None) -> AnswerMap:
        """Return the map in it; errors as `read_map`."""
        _name, content = read_file(self.path)
        return parse_answer_map(self.called, content, questionnaire)

    def text(self) -> str:
        """Return its file as it stands, with its comments."""
        _name, content = read_file(self.path)
        return content.decode()


def find_map(said: str | Path) -> MapFile:
    """Return the map that a text or a path means. A path is always a file.

    Raises:
        UsageError: when a text means two maps, or looks like an address on a network.
        InputNotFound: when it means none; lists the known ones.
    """
    if isinstance(said, Path):
        return MapFile(str(said), said, is_shipped=False)
    shipped = map_files()
    # os.path: a name that is too long is no file, and no error.
    if said in shipped:
        if os.path.isfile(said):  # noqa: PTH113
            raise UsageError(
                f"'{said}' is a map that comes with moodcheck, and a file here is called so, too",
                mend=f"Use ./{said} for the file, or rename it",
            )
        return MapFile(said, shipped[said], is_shipped=True)
    refuse_url(said)
    path = Path(said)
    is_named_as_one = path.suffix in {".yaml", ".yml", ".json"} and path.stem not in shipped
    if is_named_as_one or len(path.parts) > 1 or os.path.lexists(said):
        return MapFile(said, path, is_shipped=False)
    raise no_map(said)


def no_map(name: str) -> InputNotFound:
    """Return what to say where no map is called so, and no file is."""
    hint = did_you_mean(name, sorted(map_files()))
    return InputNotFound(
        f"There is no map '{name[:_LONGEST_SHOWN]}'",
        mend=f"{hint}'moodcheck questionnaire maps' lists them",
    )


@contextmanager
def may_be_changed(file: MapFile | None) -> Iterator[None]:
    """Say where columns do not fit a map that comes with moodcheck how to change a copy of it."""
    try:
        yield
    except BadData as error:
        if file is None or not file.is_shipped:
            raise
        mend = (
            f"The map {file.called} comes with moodcheck. If it is the right one, print it with "
            f"'moodcheck questionnaire maps {file.called}', and change that copy"
        )
        raise BadData(error.what, mend=mend, problems=error.problems) from None


def shipped_maps() -> tuple[tuple[MapFile, AnswerMap], ...]:
    """Return the maps that come with moodcheck, by their names."""
    files = sorted(map_files().items())
    found = [MapFile(name, path, is_shipped=True) for name, path in files]
    return tuple((one, one.read(None)) for one in found)


def read_map(
    said: MapSaid, questionnaire: Questionnaire | None
) -> tuple[AnswerMap, MapFile | None]:
    """Return the map that is meant, and where it stands unless it is given itself.

    Args:
        said: what means it.
        questionnaire: as `parse_answer_map`.

    Raises:
        UsageError, InputNotFound: as `find_map`, and when it cannot be read.
        BadData: when it is no map for this questionnaire, with every problem and its place.
    """
    if isinstance(said, str | Path):
        file = find_map(said)
        return file.read(questionnaire), file
    try:
        # A line for each key, so that what is wrong has a place here, too.
        content = json.dumps({"schema": 1, **said}, ensure_ascii=False, indent=1).encode()
    except (TypeError, ValueError):
        raise UsageError(
            "The map has keys or values that no map has", mend="Use what could stand in its file"
        ) from None
    return parse_answer_map("map", content, questionnaire), None


def parse_answer_map(name: str, content: bytes, questionnaire: Questionnaire | None) -> AnswerMap:
    """Return the answer map that the content of a YAML file stands for; errors as above.

    Args:
        name: what messages call the file.
        content: UTF-8.
        questionnaire: what the answers are to; None where only the form of the map matters.
    """

    def rules(found: AnswerMap, damaged: AbstractSet[DataPath]) -> Iterable[Fault]:
        return () if damaged or questionnaire is None else map_faults(found, questionnaire)

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
