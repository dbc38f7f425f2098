"""One JSON document → the records that were exported, or every reason why not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from moodcheck.adapters.exchange.document import NAME, NEWEST, HistoryDocument
from moodcheck.adapters.exchange.rebuilding import rebuilt
from moodcheck.adapters.local_path import refuse_url
from moodcheck.adapters.strict_json import NotStrictJsonError, parse
from moodcheck.domain.history import Record
from moodcheck.domain.language import Language
from moodcheck.errors import BadData, InputNotFound, Problem
from moodcheck.safe_text import safe_text

LARGEST = 128 * 1024 * 1024
"""Bytes; room for a hundred thousand sittings, and no more memory than a laptop has."""

_MOST_TOLD = 20
_LONGEST_PLACE = 120


def read_export(path: Path) -> bytes:
    """Return the content of an exported file.

    Raises:
        UsageError: when the name looks like an address on a network.
        InputNotFound: when there is no such file, or it cannot be read.
        BadData: when it is over 128 MiB.
    """
    refuse_url(str(path))
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can be called that"
        raise InputNotFound(
            f"The export {safe_text(str(path))} cannot be read: {reason}", mend="Check the name"
        ) from None
    if len(content) > LARGEST:
        what = f"{safe_text(str(path))} is larger than {LARGEST // 1024**2} MiB"
        raise BadData(what, mend="Export one client at a time, and import the files one by one")
    return content


def read_history(name: str, content: bytes, language: Language) -> tuple[Record, ...]:
    """Return the records in the content of an export.

    Args:
        name: what messages call the file.
        content: UTF-8.
        language: what the words of the questionnaires in it are held to.

    Raises:
        BadData: when it is no export, or one of a newer format; names every problem with its
            place, and never what was answered.
    """
    document = _validated(name, _tree(name, content))
    records, problems = rebuilt(document, language)
    if problems:
        raise _cannot_import(name, problems)
    return records


def _tree(name: str, content: bytes) -> object:
    try:
        tree = parse(content)
    except NotStrictJsonError as error:
        twice = f"'{error.named_twice}' is named twice in one object"
        what = twice if error.named_twice else "this is not one JSON document in UTF-8"
        raise _cannot_import(f"{name}{error.place}", [Problem("", what, _EXPORT_AGAIN)]) from None
    format_ = tree.get("format") if isinstance(tree, dict) else None
    if not isinstance(format_, str) or not format_.startswith(f"{NAME}/"):
        what = f'it does not say "format": "{NAME}/{NEWEST}", so it is no exported history'
        raise _cannot_import(name, [Problem("", what, "Give a file that 'history export' wrote")])
    if format_ != f"{NAME}/{NEWEST}":
        what = f"it needs another moodcheck; this one reads {NAME}/{NEWEST}"
        raise _cannot_import(name, [Problem("format", what, "Bring moodcheck up to date")])
    return tree


def _validated(name: str, tree: object) -> HistoryDocument:
    try:
        # As JSON, a list is a tuple; nothing else is converted.
        return HistoryDocument.model_validate_json(json.dumps(tree))
    except ValidationError as error:
        found = error.errors(include_input=False, include_context=False, include_url=False)
        problems = [
            Problem(_place(one["loc"]), safe_text(one["msg"][:200]).rstrip("."), _EXPORT_AGAIN)
            for one in found
        ]
        raise _cannot_import(name, problems) from None


def _place(path: Iterable[int | str]) -> str:
    steps = [f"[{step}]" if isinstance(step, int) else f".{safe_text(step)}" for step in path]
    return "".join(steps).removeprefix(".")[:_LONGEST_PLACE]


def _cannot_import(name: str, problems: list[Problem]) -> BadData:
    told = problems[:_MOST_TOLD]
    if left := len(problems) - len(told):
        told = [*told, Problem("", f"and {left} more", "Mend these first")]
    return BadData(f"{name} cannot be imported, and nothing of it was", problems=told)


_EXPORT_AGAIN = "Export it again, and change nothing in the file"
