"""Answers as one JSON object, read strictly: `{item id: value}`."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from moodcheck.adapters.local_path import refuse_url
from moodcheck.adapters.strict_json import NotStrictJsonError, parse
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
        document = parse(content)
    except NotStrictJsonError as error:
        if error.named_twice:
            raise BadData(
                f"item {error.named_twice} is named twice, and nothing was scored",
                mend="Name each item once",
            ) from None
        raise _not_json(f"{name}{error.place}") from None
    if not isinstance(document, dict):
        raise _not_json(name)
    return document


def _not_json(where: str) -> BadData:
    return BadData(
        f"{where}: this is not one JSON object in UTF-8, and nothing was scored",
        mend='Write {"item id": value, …} with whole numbers, null, or the reason for no answer',
    )
