"""What reads a file of SPSS, Stata or SAS in a process of its own, and writes it as CSV."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any

from moodcheck.batch.tables.as_csv import cell_text, csv_lines
from moodcheck.errors import ExitCode

_MOST_CELLS = 2_000_000
"""What is read at a time."""

_MOST_MEMORY = 2 * 1024**3


def main(what: str, path: str) -> None:
    """Write to standard output: the names of the variables and all cells, or labels of codes."""
    read, told = _reader(path)
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    for line in csv_lines(_labels(read) if what == "labels" else _rows(partial(read, **told))):
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def _rows(read: Callable[..., Any]) -> Iterator[list[str]]:
    _, about = read(metadataonly=True)
    names = about.column_names
    yield [*names]
    is_number = [about.readstat_variable_types.get(name) != "string" for name in names]
    count, at = max(1, _MOST_CELLS // max(1, len(names))), 0
    while True:
        columns, _ = read(row_offset=at, row_limit=count)
        rows = [*zip(*(columns[name] for name in names), strict=True)]
        for row in rows:
            yield [_text(*cell) for cell in zip(row, is_number, strict=True)]
        at += count
        if len(rows) < count:
            return


def _labels(read: Callable[..., Any]) -> Iterator[list[str]]:
    """Yield a variable, a code and its label."""
    _, about = read(metadataonly=True)
    for name, labels in about.variable_value_labels.items():
        is_number = about.readstat_variable_types.get(name) != "string"
        for code, label in labels.items():
            yield [name, _text(code, is_number), label or "?"]


def _reader(path: str) -> tuple[Callable[..., Any], dict[str, bool]]:
    """Return what reads that file, and how it is to tell missing codes."""
    import pyreadstat

    with open(path, "rb") as file:  # noqa: PTH123 - the name as it came
        start = file.read(80)
    # The codes that an author declares as missing stay what they are: a map says why.
    told = {"user_missing": True}
    read: Callable[..., Any]
    if start.startswith(b"$FL"):
        read = pyreadstat.read_sav
    elif start.startswith(b"HEADER RECORD"):
        read, told = pyreadstat.read_xport, {}
    elif start.startswith(b"\0"):
        read = pyreadstat.read_sas7bdat
    else:
        read = pyreadstat.read_dta
    # Of metadata alone too, it makes a frame of pandas where nothing else is asked for.
    return partial(read, path, output_format="dict"), told


@lru_cache(maxsize=4_096, typed=True)  # most cells hold one of a few codes
def _text(value: object, is_number: bool) -> str:  # noqa: FBT001 - a cell and its kind
    """Return what a cell shows: a code, and not its label."""
    # Stata and SAS have missing values with names, such as .a
    return f".{value}" if is_number and isinstance(value, str) else cell_text(value)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception as error:
        # pyreadstat tells of a module that it misses by an error of its own.
        if any(isinstance(one, ImportError) for one in (error, error.__context__)):
            sys.exit(ExitCode.PART_MISSING)
        raise
