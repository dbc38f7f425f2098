"""The header of a CSV file: the names of its columns, and where its records begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from moodcheck.batch.tables.strict_csv import LONGEST, cells_of
from moodcheck.errors import BadData

_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the records of a CSV file."""

    names: tuple[str, ...]
    rest: bytes
    """What was read of the records as well."""


def read_header(file: BinaryIO, where: str) -> Header:
    """Return the header of a file, which is its first line that is not blank.

    Raises:
        BadData: when there is none, it cannot be read, or other signs than commas separate it.
    """
    rest = b""
    while line := file.readline(LONGEST + 1):
        if line.removeprefix(_BOM).strip(b"\r\n"):
            break
    if b"\r" in line.rstrip(b"\r\n"):  # lines that end in a carriage return alone
        kept = line.index(b"\r") + 1
        line, rest = line[:kept], line[kept:]
    content = line.removeprefix(_BOM).rstrip(b"\r\n")
    if not content:
        raise BadData(f"{where} is empty", mend="Give a file with a header and at least one row")
    names = _names(content, where)
    if len(names) == 1:
        for sign, called in _OTHER_SEPARATORS.items():
            if sign in names[0]:
                raise BadData(
                    f"{where} is separated by {called}, and commas are read",
                    mend="Save it as CSV with commas, and score that",
                )
    return Header(names, rest)


def _names(content: bytes, where: str) -> tuple[str, ...]:
    try:
        names = cells_of(content.decode())
    except UnicodeDecodeError:
        names = None
    if names is None:
        raise BadData(
            f"{where} has a header that cannot be read: it has an unclosed quotation "
            "mark or is not UTF-8",
            mend="Correct its first line",
        )
    return tuple(names)
