"""Answers as one JSON object, read strictly: `{item id: value}`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from moodcheck.core.safety import alerts_cannot_be_ruled_out
from moodcheck.errors import AnswersRefused
from moodcheck.files.reading import read_file
from moodcheck.files.strict_json import NotStrictJsonError, parse

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire

LARGEST = 256 * 1024
"""Bytes; far above what the longest questionnaire needs."""


def read_answers(source: Path | BinaryIO, asked: Questionnaire) -> dict[str, object]:
    """Return the JSON object in a file or stream, its values unchecked.

    Args:
        source: what holds the object.
        asked: what it answers; says whether a refused one may hold an alert.

    Raises:
        UsageError: when the name of the file looks like an address on a network.
        InputNotFound: when there is no such file, or it cannot be opened.
        AnswersRefused: when it is not one JSON object, names an item twice, or is over 256 KiB.
            Never says what stands in it.
    """
    if isinstance(source, Path):
        name, content = read_file(source, most=LARGEST, called="The answers file ", pipes=True)
    else:
        name, content = "standard input", source.read(LARGEST + 1)
    return _parse(content, name, asked)


def _parse(content: bytes, name: str, asked: Questionnaire) -> dict[str, object]:
    if len(content) > LARGEST:
        raise AnswersRefused(
            f"{name} is larger than {LARGEST // 1024} KiB",
            mend="Give one JSON object",
            alerts_cannot_be_ruled_out=alerts_cannot_be_ruled_out(asked, None),
        )
    try:
        document = parse(content)
    except NotStrictJsonError as error:
        if error.named_twice:
            raise AnswersRefused(
                f"item {error.named_twice} is named twice, and nothing was scored",
                mend="Name each item once",
                alerts_cannot_be_ruled_out=alerts_cannot_be_ruled_out(asked, _each(content)),
            ) from None
        raise _not_json(f"{name}{error.place}", asked) from None
    if not isinstance(document, dict):
        raise _not_json(name, asked)
    return document


def _each(content: bytes) -> dict[str, object] | None:
    """Return the object with all that an item was given, where that is more than one thing."""
    try:
        pairs = json.loads(content.decode("utf-8-sig"), object_pairs_hook=list)
        given: dict[str, list[object]] = {}
        for name, value in pairs:
            given.setdefault(name, []).append(value)
    except (ValueError, TypeError, RecursionError):
        return None
    return {name: values[0] if len(values) == 1 else values for name, values in given.items()}


def _not_json(where: str, asked: Questionnaire) -> AnswersRefused:
    return AnswersRefused(
        f"{where}: this is not one JSON object in UTF-8, and nothing was scored",
        mend='Write {"item id": value, …} with whole numbers, null, or the reason for no answer',
        alerts_cannot_be_ruled_out=alerts_cannot_be_ruled_out(asked, None),
    )
