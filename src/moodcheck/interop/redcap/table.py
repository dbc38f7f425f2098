"""The file of a data dictionary → its rows, and not one cell in another's column."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from moodcheck.errors import BadData, Problem, did_you_mean
from moodcheck.interop.redcap.columns import NEEDED, Column, column_of

_FIRST = re.compile(r'\s*"?([^",;\t\r\n]+)"?([,;\t]?)')
"""The first cell, and what separates it from the second."""

_IS_NONE = "is not a data dictionary of REDCap"
_MEND = "In REDCap, open the Data Dictionary of the project, and download the current one"

IN_WINDOWS_1252 = (
    "The file is not UTF-8. It was read as Windows-1252, so look closely at letters with accents"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One field: what stands in each column, without spaces around it."""

    line: int
    """Where it begins in its file, from 1."""
    cells: Mapping[Column, str]

    def __getitem__(self, column: Column) -> str:
        """Return what stands in a column; nothing for one that the file lacks."""
        return self.cells.get(column, "")

    @property
    def place(self) -> str:
        """Where it stands, for messages."""
        return f"line {self.line}"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a dictionary."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    """What is to be known of how they were read."""


def is_dictionary(content: bytes) -> bool:
    """Return whether a file begins as a data dictionary does, right or wrong."""
    start = content[:100].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    first = _FIRST.match(start)
    return first is not None and column_of(first[1]) is Column.NAME


def read_table(name: str, content: bytes) -> Table:
    """Return the rows of a data dictionary, separated by commas, semicolons or tabs.

    Args:
        name: of the file, for messages.
        content: what stands in it.

    Raises:
        BadData: when it is none, or cannot be read; names every line to mend.
    """
    text, notes = _text(name, content)
    delimiter = _delimiter(name, text)
    records = _records(name, text, delimiter)
    _line, header = next(records)
    columns = _columns(name, header)
    rows, problems = [], []
    for line, cells in records:
        if len(cells) != len(columns):
            what = f"it has {len(cells)} cells, and the header has {len(columns)}"
            mend = "Put a cell that has a separator in it in quotation marks"
            problems.append(Problem(f"{name}:{line}", what, mend))
        else:
            stripped = (cell.strip() for cell in cells)
            rows.append(Row(line, dict(zip(columns, stripped, strict=True))))
    if problems:
        raise BadData(f"{name} cannot be read", problems=problems)
    if not rows:
        raise BadData(f"{name} has a header, and no fields", mend=_MEND)
    return Table(tuple(rows), notes)


def _text(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        raise BadData(
            f"{name} is not UTF-8 text: it looks like UTF-16, or is not text at all",
            mend="Save it as CSV in UTF-8",
        )
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), (IN_WINDOWS_1252,)
    except UnicodeDecodeError:
        raise BadData(
            f"{name} is neither UTF-8 nor Windows-1252", mend="Save it as CSV in UTF-8"
        ) from None


def _delimiter(name: str, text: str) -> str:
    first = _FIRST.match(text)
    if first is not None and column_of(first[1]) is Column.NAME and first[2]:
        return first[2]
    raise BadData(f"{name} {_IS_NONE}: it does not begin with '{Column.NAME}'", mend=_MEND)


def _records(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank, with the line on which it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        problem = Problem(
            f"{name}:{begins}",
            "it has an unclosed or misplaced quotation mark, or a cell that is too long",
            "Write a quotation mark inside a cell twice, and the cell in quotation marks",
        )
        raise BadData(f"{name} cannot be read", problems=[problem]) from None


def _columns(name: str, header: Sequence[str]) -> tuple[Column, ...]:
    found = [column_of(cell) for cell in header]
    problems = [
        Problem(
            f"{name}:1",
            f"a data dictionary has no column '{cell[:60]}'",
            f"{did_you_mean(cell, list(Column))}Leave the columns as REDCap has written them",
        )
        for cell, column in zip(header, found, strict=True)
        if column is None
    ]
    problems += [
        Problem(f"{name}:1", f"the column '{column}' is there {count} times", "Leave one of them")
        for column in Column
        if (count := found.count(column)) > 1
    ]
    problems += [
        Problem(f"{name}:1", f"the column '{column}' is missing", _MEND)
        for column in NEEDED
        if column not in found
    ]
    if problems:
        raise BadData(f"{name} {_IS_NONE}", problems=problems)
    return tuple(column for column in found if column is not None)
