"""Where what gives a piece of text its form stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import polars as pl


class Marks:
    """The ends of lines, separators and quotation marks of one piece."""

    def __init__(self, content: bytes) -> None:
        """Look at every byte of a piece, which is UTF-8."""
        import pyarrow as pa  # a tenth of a second, which other formats need not wait

        self._content = content
        where = [None, pa.py_buffer(content)]
        bytes_ = pa.Array.from_buffers(pa.uint8(), len(content), where)  # where they lie
        self._bytes = cast("pl.Series", pl.from_arrow(bytes_))
        self._ends_line = self._bytes == ord("\n")

    @property
    def has_blank_line(self) -> bool:
        """Whether nothing stands between two ends of lines."""
        return bool((_but_first(self._ends_line) & _but_last(self._ends_line)).any())

    def count(self, mark: str) -> int:
        """Return how many there are."""
        return int((self._bytes == ord(mark)).sum())

    def are_around_cells(self, delimiter: str) -> bool:
        """Return whether as many quotation marks begin a cell as end one, and there are no others.

        Args:
            delimiter: what stands between two cells.
        """
        is_quote = self._bytes == ord('"')
        is_edge = self._ends_line | (self._bytes == ord(delimiter))
        is_after_edge = _but_first(is_quote) & _but_last(is_edge)
        opening = int(is_after_edge.sum()) + self._content.startswith(b'"')
        closing = int((_but_last(is_quote) & _but_first(is_edge)).sum())
        between = delimiter.encode()
        is_open = self._content.endswith((between + b'"\n', b'\n"\n'))
        return int(is_quote.sum()) == 2 * opening == 2 * closing and not is_open

    def lines(self, asked: Sequence[int]) -> Sequence[bytes]:
        """Return some lines, by their numbers from 1: a `Content`."""
        ends = self._ends_line.arg_true()
        starts = (ends.shift(1) + 1).fill_null(0)
        places = pl.Series([number - 1 for number in asked], dtype=pl.UInt32)
        found = zip(starts.gather(places), ends.gather(places), strict=True)
        return [self._content[start:end] for start, end in found]


def _but_first(marks: pl.Series) -> pl.Series:
    return marks.slice(1)


def _but_last(marks: pl.Series) -> pl.Series:
    return marks.slice(0, max(0, len(marks) - 1))
