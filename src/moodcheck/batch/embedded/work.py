"""Pieces of an input → what is written of them, in any process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, cast

from moodcheck.batch.embedded.checking import Checked, Checker
from moodcheck.batch.embedded.choosing import chosen
from moodcheck.batch.embedded.csv_rows import CsvRows
from moodcheck.batch.embedded.writing import Prepared, preparing

if TYPE_CHECKING:
    from moodcheck.batch.embedded.rows import Rows
    from moodcheck.batch.embedded.scoring import Scores
    from moodcheck.batch.embedded.table import Piece
    from moodcheck.batch.plan import Plan
    from moodcheck.batch.row_engine import BatchJob
    from moodcheck.batch.tables.pieces import CsvPiece


@dataclass(frozen=True, slots=True)
class Done:
    """What came of some pieces."""

    checked: Checked
    broken: Sequence[Sequence[int]]
    """For each piece, the numbers of the records that have no cells."""
    scores: Scores | Prepared
    """Not prepared where rows are numbered: their numbers follow from all pieces before."""


class Worker:
    """Reads, checks and scores pieces by one plan."""

    def __init__(self, plan: Plan, job: BatchJob) -> None:
        self._plan = plan
        self._checker = Checker(plan, job)
        self._prepare = preparing(job.table_format)

    def work(self, pieces: Sequence[Piece]) -> Done:
        """Return what came of pieces that follow each other; in any thread."""
        rows = [chosen(one, self._plan) for one in _read(pieces)]
        broken = [[one.record for one in piece.broken] for piece in rows]
        checked, scores = self._checker.check(rows)
        return Done(checked, broken, self._prepare(scores) if self._plan.ids else scores)


def _read(pieces: Sequence[Piece]) -> Iterator[Rows]:
    """Yield the rows of each piece."""
    for reader, alike in groupby(pieces, key=lambda piece: piece.reader):
        if isinstance(reader, CsvRows):
            yield from reader.read_each([cast("CsvPiece", piece.content) for piece in alike])
        else:
            yield from (piece.read() for piece in alike)
