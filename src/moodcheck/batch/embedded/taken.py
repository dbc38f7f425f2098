"""How much of the inputs was taken, part by part, and whether they are what they should be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from moodcheck.errors import BadData

if TYPE_CHECKING:
    from moodcheck.batch.embedded.inputs import Input
    from moodcheck.batch.embedded.table import Piece

Part = Sequence[tuple["Input", "Piece"]]
"""Pieces that are worked on together."""

_FIRST = 10_000
"""Records at the beginning of an input of which most must be whole."""


class Taken:
    """Counts the records of inputs, whose parts are taken in their order."""

    def __init__(self, inputs: Sequence[Input]) -> None:
        self._inputs = inputs
        self._records = [0] * len(inputs)
        self._first_broken = [0] * len(inputs)
        self.bytes = 0
        """How much of the inputs is done."""

    @property
    def share(self) -> float | None:
        """How much of the inputs is done (0 to 1), where their size is known."""
        every = self.whole
        return min(1.0, self.bytes / every) if every else None

    @cached_property
    def whole(self) -> int | None:
        """How many bytes the inputs have, where that is known of all of them."""
        sizes = [one.size for one in self._inputs]
        known = [size for size in sizes if size is not None]
        return sum(known) if len(known) == len(sizes) else None

    def take(
        self, part: Part, records: Sequence[int], broken: Sequence[Sequence[int]]
    ) -> list[int]:
        """Count the next part; return how many records of its input stand before each piece.

        Args:
            part: what was worked on.
            records: how many each piece has.
            broken: for each piece, the numbers of the records that have no cells.

        Raises:
            BadData: when over half of an input's first records are broken.
        """
        starts = []
        for (one, piece), count, numbers in zip(part, records, broken, strict=True):
            start = self._records[one.place]
            starts.append(start)
            self._first_broken[one.place] += sum(start + number <= _FIRST for number in numbers)
            self._records[one.place] += count
            self.bytes += piece.size
            if start < _FIRST <= start + count:
                self._refuse_mostly_broken(one)
        return starts

    def end(self) -> None:
        """Say that there are no more parts; errors as `take`."""
        for one in self._inputs:
            self._refuse_mostly_broken(one)

    def _refuse_mostly_broken(self, one: Input) -> None:
        first = min(self._records[one.place], _FIRST)
        if self._first_broken[one.place] * 2 > first:
            raise BadData(
                f"Most of {one.shown} is broken: its records do not match its header, its text is "
                "not in the encoding that is read, or it is another kind of file. Nothing was "
                "scored, and nobody looked for alerts in it",
                mend="Check its first lines, then export the file again. Text from a program on "
                "Windows may need --encoding windows-1252",
            )
