"""A JSON document → what was exported, or every reason why it cannot be read."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from moodcheck.core.data_model import DataModel
from moodcheck.core.language import Language
from moodcheck.errors import BadData, Problem
from moodcheck.files.reading import read_file
from moodcheck.files.strict_json import NotStrictJsonError, parse
from moodcheck.history.exchange import version_1
from moodcheck.history.exchange.document import (
    NAME,
    NEWEST,
    AuditDocument,
    HistoryDocument,
    check_hashes,
)
from moodcheck.history.exchange.rebuilding import (
    EXPORT_AGAIN,
    moment,
    questionnaire_problems,
    rebuild_records,
)
from moodcheck.history.exported import Exported
from moodcheck.history.record import AuditEntry

LARGEST = 128 * 1024 * 1024
"""Bytes; room for fifty thousand sittings, and no more memory than a laptop has."""

_MOST_TOLD = 20
_LONGEST_PLACE = 120
_KEY = "sittings"


def read_export(path: Path) -> bytes:
    """Return the content of an exported file.

    Raises:
        UsageError, InputNotFound: as `read_file`.
        BadData: when it is over 128 MiB.
    """
    name, content = read_file(path, most=LARGEST, called="The export ", pipes=True)
    if len(content) > LARGEST:
        what = f"{name} is larger than {LARGEST // 1024**2} MiB"
        raise BadData(what, mend="Export one client at a time, and import the files one by one")
    return content


def read_history(name: str, content: bytes, language: Language) -> Exported:
    """Return what the content of an export holds.

    Args:
        name: what messages call the file.
        content: UTF-8.
        language: what the words of the questionnaires in it are held to.

    Raises:
        BadData: when it is no export, or one of a newer format; names every problem with its
            place, and never what was answered.
    """
    with _nothing_collected():
        return _read(name, content, language)


def _read(name: str, content: bytes, language: Language) -> Exported:
    tree = _tree(name, content)
    try:
        if tree["format"] == f"{NAME}/1":
            return _version_1(_validated(version_1.HistoryDocument, tree), language)
        return _newest(_validated(HistoryDocument, tree), tree, language)
    except BadData as error:
        raise _cannot_import(name, error.problems) from None


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Switch garbage collection off: reading a large file makes none, and is a third faster."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _newest(document: HistoryDocument, tree: Mapping[str, Any], language: Language) -> Exported:
    hashes = check_hashes(tree, tree[_KEY])
    records, problems = rebuild_records(
        document.sittings, document.questionnaires, hashes.changed, key=_KEY
    )
    _refuse([*questionnaire_problems(document.questionnaires, language), *problems])
    return Exported(
        records=tuple(records),
        exported_at=moment(document.exported_at, "exported_at"),
        store=document.store,
        audit=tuple(_entry(row, f"audit[{at}]") for at, row in enumerate(document.audit)),
        lost=tuple(Problem(one.where, one.what, "") for one in document.lost),
        is_as_written=hashes.is_as_written,
        changed=hashes.changed,
    )


def _version_1(document: version_1.HistoryDocument, language: Language) -> Exported:
    origin = version_1.origin_of(document)
    rows = [version_1.as_newest(row, origin) for row in document.records]
    records, problems = rebuild_records(rows, document.questionnaires, (), key=version_1.KEY)
    _refuse([*questionnaire_problems(document.questionnaires, language), *problems])
    _refuse(
        problem
        for position, (record, row) in enumerate(zip(records, document.records, strict=True))
        for problem in version_1.contradictions(record, row, f"{version_1.KEY}[{position}]")
    )
    return Exported(
        records=tuple(records),
        exported_at=moment(document.exported_at, "exported_at"),
        has_hashes=False,
    )


def _entry(row: AuditDocument, place: str) -> AuditEntry:
    return AuditEntry(**{**dict(row), "at": moment(row.at, f"{place}.at")})


def _tree(name: str, content: bytes) -> dict[str, Any]:
    try:
        tree = parse(content)
    except NotStrictJsonError as error:
        twice = f"'{error.named_twice}' is named twice in one object"
        what = twice if error.named_twice else "this is not one JSON document in UTF-8"
        raise _cannot_import(f"{name}{error.place}", [Problem("", what, EXPORT_AGAIN)]) from None
    format_ = tree.get("format") if isinstance(tree, dict) else None
    if not isinstance(tree, dict) or not str(format_).startswith(f"{NAME}/"):
        what = f'it does not say "format": "{NAME}/{NEWEST}", so it is not an exported history'
        mend = "Name a file that 'moodcheck history export' wrote"
        raise _cannot_import(name, [Problem("", what, mend)])
    if format_ not in {f"{NAME}/{version}" for version in range(1, NEWEST + 1)}:
        what = f"it needs another moodcheck; this one reads {NAME}/1 to {NAME}/{NEWEST}"
        raise _cannot_import(name, [Problem("format", what, "Upgrade moodcheck")])
    return tree


_Document = TypeVar("_Document", bound=DataModel)


def _validated(shape: type[_Document], tree: object) -> _Document:
    try:
        # As JSON, a list is a tuple; nothing else is converted.
        return shape.model_validate_json(json.dumps(tree))
    except ValidationError as error:
        found = error.errors(include_input=False, include_context=False, include_url=False)
        problems = [
            Problem(_place(one["loc"]), one["msg"][:200].rstrip("."), EXPORT_AGAIN) for one in found
        ]
        raise BadData("The file cannot be imported", problems=problems) from None


def _refuse(problems: Iterable[Problem]) -> None:
    if found := tuple(problems):
        raise BadData("The file cannot be imported", problems=found)


def _place(path: Iterable[int | str]) -> str:
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(steps).removeprefix(".")[:_LONGEST_PLACE]


def _cannot_import(name: str, problems: Iterable[Problem]) -> BadData:
    problems = list(problems)
    told = problems[:_MOST_TOLD]
    if left := len(problems) - len(told):
        told = [*told, Problem("", f"and {left} more", "Fix these first")]
    return BadData(f"{name} cannot be imported, and nothing of it was", problems=told)
