"""JSON Lines read one record at a time: a flat object a line, each key once, numbers as written."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import BinaryIO

from moodcheck.batch.column_spelling import spelling
from moodcheck.batch.known_alerts import OBJECT
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.tables.strict_csv import LONGEST, Record, rejected_as_too_long
from moodcheck.errors import BadData

_ENOUGH_TO_KNOW = 1_000
"""Records whose keys are taken for the columns of the file."""


class _DuplicateKeyError(ValueError):
    """An object names a key twice."""


def read_line(line: bytes, number: int, names: Sequence[str]) -> Record:
    """Return the record of a line that is not blank, and does not begin with a mark of UTF-8."""
    if len(line) >= LONGEST:
        return rejected_as_too_long(number, line)
    raw = line.rstrip(b"\r\n").decode(errors="replace")
    match _object(line, is_first=False):
        case RejectReason() as why:
            return Record(number, (), why, raw)
        case found if _is_spelled_otherwise(found, names):
            return Record(number, (), RejectReason.DUPLICATE_KEY, raw)
        case found:
            cells = tuple(_text(found.get(name)) for name in names)
            return Record(number, cells, None, raw)


def first_keys(file: BinaryIO) -> tuple[str, ...]:
    """Return the keys of the first record that is an object, in their order."""
    for number in range(_ENOUGH_TO_KNOW):
        line = file.readline(LONGEST + 1)
        found = _object(line, is_first=number == 0) if line.strip() else None
        if isinstance(found, dict):
            return tuple(found)
    return ()


def column_names(file: BinaryIO, shown: str) -> tuple[str, ...]:
    """Return every key of the first records, in the order in which they appear.

    Raises:
        BadData: when there are lines, and none of them is a record; `shown` is what it calls them.
    """
    names: dict[str, None] = {}
    lines, has_others = 0, False
    for number in range(_ENOUGH_TO_KNOW):
        line = file.readline(LONGEST + 1)
        if not line:
            break
        lines += bool(line.strip())
        found = _object(line, is_first=number == 0) if line.strip() else None
        if isinstance(found, dict):
            names |= dict.fromkeys(found)
            has_others |= any(_are_objects(value) for value in found.values())
    if (lines and not names) or (lines == 1 and has_others):
        raise BadData(
            f"{shown} holds neither one JSON record a line nor an array of records",
            mend="Write each record in a line of its own (JSON Lines), or all of them as [{…}, …]",
        )
    return tuple(names)


def _object(line: bytes, *, is_first: bool) -> dict[str, object] | RejectReason:
    try:
        text = line.decode("utf-8-sig" if is_first else "utf-8")
    except UnicodeDecodeError:
        return RejectReason.BAD_ENCODING
    try:
        found = json.loads(
            text,
            object_pairs_hook=_each_once,
            # What a number says is its text: 3.0 is not 3, and 1e400 no infinity.
            parse_int=str,
            parse_float=str,
            parse_constant=_refuse,
        )
    except _DuplicateKeyError:
        return RejectReason.DUPLICATE_KEY
    except (ValueError, RecursionError):
        return RejectReason.NOT_AN_OBJECT
    if not isinstance(found, dict):
        return RejectReason.NOT_AN_OBJECT
    if "\\ud" in text.lower() and any(_is_half(part) for part in found.values()):
        return RejectReason.BAD_ENCODING
    return found


def _is_spelled_otherwise(found: Collection[str], names: Collection[str]) -> bool:
    """Return whether an object has a key that looks like a column that is wanted, and is not it."""
    others = [key for key in found if key not in names]
    return bool(others) and not {*map(spelling, names)}.isdisjoint(map(spelling, others))


def _text(value: object) -> str:
    """Return a value as the text of a cell; a list or an object is never an answer."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case _:
            return OBJECT


def _are_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _is_half(value: object) -> bool:
    """Return whether a text holds half of a character, which no file can hold."""
    return isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value)


def _each_once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _DuplicateKeyError
    return found


def _refuse(_name: str) -> object:
    raise ValueError
