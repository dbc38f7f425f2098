"""Answers as one JSON object, read strictly: `{item id: value}`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from moodcheck.adapters.local_path import refuse_url
from moodcheck.errors import BadData, InputNotFound
from moodcheck.safe_text import safe_text

LARGEST = 256 * 1024
"""Bytes; far above what the longest questionnaire needs."""


def read_answers(source: Path | BinaryIO) -> dict[str, object]:
    """Return the JSON object in a file or stream, its values unchecked.

    Raises:
        InputNotFound: when there is no such file, or it cannot be opened.
        BadData: when it is not one JSON object, names an item twice, or is over 256 KiB.
            Never says what stands in it.
    """
    name = "standard input"
    if isinstance(source, Path):
        name = safe_text(str(source))
        refuse_url(str(source))
        try:
            with source.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as error:
            raise InputNotFound(
                f"The answers file {name} cannot be read: {error.strerror}",
                mend="Check the name, or use - for standard input",
            ) from None
    else:
        content = source.read(LARGEST + 1)
    return _parse(content, name)


def _parse(content: bytes, name: str) -> dict[str, object]:
    if len(content) > LARGEST:
        raise BadData(f"{name} is larger than {LARGEST // 1024} KiB", mend="Give one JSON object")
    try:
        document = json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_without_duplicates,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise _not_json(f"{name}:{error.lineno}:{error.colno}") from None
    except (ValueError, RecursionError):
        # UTF-16, numbers of thousands of digits, NaN, nesting without end.
        raise _not_json(name) from None
    if not isinstance(document, dict):
        raise _not_json(name)
    return document


def _not_json(where: str) -> BadData:
    return BadData(
        f"{where}: this is not one JSON object in UTF-8, and nothing was scored",
        mend='Write {"item id": value, …} with whole numbers, null, or the reason for no answer',
    )


def _without_duplicates(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    document: dict[str, object] = {}
    for key, value in pairs:
        if key in document:
            raise BadData(
                f"item {safe_text(key[:64])} is named twice, and nothing was scored",
                mend="Name each item once",
            )
        document[key] = value
    return document


def _refuse_constant(_name: str) -> object:
    raise ValueError
