"""Resources of FHIR, however they lie in a file, as lines."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from moodcheck.batch.tables.as_csv import LineStream
from moodcheck.batch.tables.kinds import TableKind
from moodcheck.batch.tables.strict_csv import LONGEST
from moodcheck.interop.fhir.bundle import LARGEST, resource_lines


def fhir_lines(
    file: BinaryIO, kind: TableKind, shown: str, *, is_beginning: bool = False
) -> Iterable[bytes]:
    """Return the resources of a file, each on a line; of one that is too long, its beginning.

    Args:
        file: stands at its beginning.
        kind: whether it is one document.
        shown: what messages call it.
        is_beginning: whether a document may break off.

    Raises:
        BadData: when it is one document, and cannot be read.
    """
    if kind is TableKind.FHIR:
        return resource_lines(file.read(LARGEST + 1), shown, is_beginning=is_beginning)
    return iter(lambda: file.readline(LONGEST + 1), b"")


def line_stream(file: BinaryIO, kind: TableKind, shown: str) -> BinaryIO:
    """Return the same as a stream of lines; errors as `fhir_lines`."""
    if kind is not TableKind.FHIR:
        return file
    return io.BufferedReader(LineStream(_ended(fhir_lines(file, kind, shown))))


def _ended(lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield line + b"\n"
