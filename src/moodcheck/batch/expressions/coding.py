"""Text in a column → one small number that says which answer it is, or why there is none.

From the numbers on, scoring follows the one set of rules that every frame does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw

from moodcheck.batch.expressions.cells import NEVER, Cell
from moodcheck.core.administration import Unanswered

if TYPE_CHECKING:
    from moodcheck.batch.row_reading import ItemReading

REASONS = (Unanswered.BLANK, Unanswered.SKIPPED, Unanswered.DECLINED, Unanswered.UNKNOWN)
"""Why a cell that was read may hold no answer."""


_NARROWEST, _WIDEST = -128, 127


@dataclass(frozen=True, slots=True)
class Coding:
    """The numbers of one item: its values themselves, then the reasons, then what is bad."""

    reading: ItemReading
    offered: tuple[int, ...]
    """The values that the item offers, -1,000 to 1,000."""

    @property
    def reasons(self) -> dict[Unanswered, int]:
        """The number of each reason why there is no answer."""
        return {reason: max(self.offered) + 1 + place for place, reason in enumerate(REASONS)}

    @property
    def bad(self) -> int:
        """The number of everything that is neither."""
        return max(self.offered) + 1 + len(REASONS)

    @property
    def is_narrow(self) -> bool:
        """Whether all numbers fit into eight bits; mostly they do, and rows by the million tell."""
        return min(self.offered) >= _NARROWEST and self.bad <= _WIDEST

    def expression(self, column: str) -> nw.Expr:
        """Return a column of text as numbers. Null is blank; no text is trimmed or converted."""
        text = nw.col(column)
        number = nw.Int8 if self.is_narrow else nw.Int16
        blank = nw.lit(self.reasons[Unanswered.BLANK], number)
        known = [nw.when(text == said).then(nw.lit(code, number)) for said, code in self._texts()]
        return nw.coalesce(*known, nw.when(text.is_null()).then(blank), nw.lit(self.bad, number))

    def cell(self, column: str) -> Cell:
        """Return the cell of a column that `expression` made, in rows without a bad answer."""
        code = nw.col(column).cast(nw.Int64)
        is_answered = code <= max(self.offered)
        return Cell(
            is_answered, NEVER, nw.when(is_answered).then(code).otherwise(nw.lit(0, nw.Int64))
        )

    def _texts(self) -> Iterator[tuple[str, int]]:
        # Answers first: they are what most cells hold.
        yield from self.reading.answers.items()
        for said, reason in self.reading.missing.items():
            yield said, self.reasons[reason]
