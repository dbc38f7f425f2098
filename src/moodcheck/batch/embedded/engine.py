"""The embedded `RowEngine`: parts of the input are worked on side by side, in one pass."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from moodcheck.batch.embedded.crew import Crew, Done
from moodcheck.batch.embedded.inputs import Input, inputs_of, read_inputs
from moodcheck.batch.embedded.looking import Look, Looker
from moodcheck.batch.embedded.run import Run
from moodcheck.batch.embedded.table import Piece
from moodcheck.batch.embedded.work import Worker
from moodcheck.batch.embedded.writing import broken_off, scores_metadata, translated_errors
from moodcheck.batch.provenance import ReadInput
from moodcheck.batch.remote_place import local

if TYPE_CHECKING:
    from moodcheck.batch.cohort.engine import Counted
    from moodcheck.batch.embedded.crew import Hand
    from moodcheck.batch.embedded.taken import Part, Taken
    from moodcheck.batch.outcome import RowCounts
    from moodcheck.batch.remote_place import Place
    from moodcheck.batch.row_engine import BatchJob, Progress

PIECE_BYTES = 2 * 1024 * 1024
"""What is read of an input at a time. Larger pieces are little faster, and take more memory."""

_MUCH = 15 * PIECE_BYTES
"""Bytes from which on it is worth while to start processes that work beside this one."""

_MOST_PIECES = 250
"""How many small inputs are worked on together."""

_LEAST, _A_WORKER = 250, 100
"""Megabytes that a run takes, and each worker beside it more."""

_USUAL = 480
"""Megabytes."""


def workers_within(megabytes: int | None) -> int:
    """Return how many pieces are worked on side by side in about so much memory."""
    beside = ((megabytes or _USUAL) - _LEAST) // _A_WORKER
    return max(1, min(os.cpu_count() or 1, 1 + beside))


@dataclass(frozen=True, slots=True)
class EmbeddedEngine:
    """Scores rows with the engine that comes along."""

    name: ClassVar = "embedded"
    piece_bytes: int = PIECE_BYTES
    workers: int = field(default_factory=lambda: workers_within(None))

    @contextmanager
    def read(self, job: BatchJob, scores: Place, progress: Progress) -> Iterator[CheckedRows]:
        """Read, check and score every row, as `RowEngine` has it."""
        with ExitStack() as opened:
            inputs = inputs_of(job, opened)
            run = opened.enter_context(Run(job, inputs, local(scores)))
            made = partial(Worker, inputs[0].plan, job)
            with closing(self._done(inputs, made, run.taken)) as every:
                for part, done in every:
                    run.take(part, done)
                    progress(run.scored, run.taken.share)
            read = read_inputs(inputs)
            counts = run.finish(scores_metadata(job, read, self.name))
            yield CheckedRows(counts, read, job.spool, run.failed, run.known_lines)

    def count(self, job: BatchJob, by: str | None, progress: Progress) -> Counted:
        """Read, check and count every row, as `CohortEngine` has it."""
        with ExitStack() as opened:
            inputs = inputs_of(job, opened)
            look = Look(inputs, by)
            made = partial(Looker, inputs[0].plan, job, by)
            with closing(self._done(inputs, made, look.taken)) as every:
                for part, done in every:
                    look.take(part, done)
                    progress(look.scored, look.taken.share)
            return look.finish(read_inputs(inputs))

    def _done(
        self, inputs: list[Input], made: Callable[[], Hand[Done]], taken: Taken
    ) -> Generator[tuple[Part, Done]]:
        """Yield each part and what comes of it, in their order.

        Args:
            inputs: what is read.
            made: makes what works on the parts.
            taken: knows how much of them was taken.
        """
        with Crew(made, self.workers) as crew:
            if (taken.whole or 0) > _MUCH:
                crew.grow()
            for part, done in crew.each(_parts(inputs, self.piece_bytes)):
                yield part, done
                if taken.bytes > _MUCH:
                    crew.grow()


def _parts(inputs: list[Input], size: int) -> Iterator[Part]:
    """Yield the pieces of all inputs, small ones together."""
    part: list[tuple[Input, Piece]] = []
    for one in inputs:
        for piece in one.pieces(size):
            part.append((one, piece))
            if sum(each.size for _, each in part) >= size // 2 or len(part) >= _MOST_PIECES:
                yield part
                part = []
    if part:
        yield part


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """Implements `ReadRows`."""

    counts: RowCounts
    inputs: Sequence[ReadInput]
    _spool: Path
    _failed: OSError | None
    """Why the scores were not written to their end, if they were not."""
    _known_lines: frozenset[int]
    """The alerts that are known: their places in the file, from 0, its header left out."""

    def write_alerts(self, target: Place) -> None:
        """Write every alert that is not known."""
        if not self._known_lines:
            _copy(self._spool / "alerts", local(target))
            return
        # No line break is left inside a cell, so a line is an alert.
        with (
            translated_errors(),
            (self._spool / "alerts").open("rb") as made,
            local(target).open("wb") as to,
        ):
            to.writelines(
                line for place, line in enumerate(made, -1) if place not in self._known_lines
            )

    def write_rejects(self, target: Place) -> None:
        """Write every rejected record."""
        _copy(self._spool / "rejects", local(target))

    def write_scores(self, _target: Place, _progress: Progress) -> None:
        """Say whether all scores were written while the rows were read."""
        if self._failed is not None:
            raise broken_off(self._failed)


def _copy(made: Path, target: Path) -> None:
    with translated_errors():
        shutil.copyfile(made, target)
