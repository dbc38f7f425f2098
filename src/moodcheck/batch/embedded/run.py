"""One pass over the inputs of a job: parts are worked on in any order, and written in theirs."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import polars as pl

from moodcheck.batch.embedded.counting import Tally
from moodcheck.batch.embedded.known import SeenAlerts
from moodcheck.batch.embedded.rows import PIECE
from moodcheck.batch.embedded.scoring import Scores
from moodcheck.batch.embedded.taken import Part, Taken
from moodcheck.batch.embedded.writing import Listing, preparing, scores_file
from moodcheck.batch.output_columns import (
    ALERT_COLUMNS,
    FILE,
    RECORD,
    REJECT_COLUMNS,
)
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from moodcheck.batch.embedded.inputs import Input
    from moodcheck.batch.embedded.work import Done
    from moodcheck.batch.outcome import RowCounts
    from moodcheck.batch.row_engine import BatchJob

_MOST_NAMED = 10
"""Records with an alert that are named where the scores go to standard output."""


class Run:
    """Writes alerts and rejects into the spool and scores beside their place, as they come."""

    def __init__(self, job: BatchJob, inputs: Sequence[Input], scores: Path) -> None:
        """Begin the outputs.

        Raises:
            IOFailed: when the spool has no room.
        """
        self.failed: OSError | None = None
        self._job = job
        self.taken = Taken(inputs)
        self._plan = inputs[0].plan
        self._tally = Tally()
        self._named: dict[tuple[int, int], str] = {}
        self._prepare = preparing(job.table_format)
        self._seen = SeenAlerts(job.known_alerts) if job.known_alerts else None
        self.known_lines: frozenset[int] = frozenset()
        self._alerts = Listing(job.spool / "alerts", ALERT_COLUMNS, {"notice": job.notice})
        self._rejects = Listing(job.spool / "rejects", REJECT_COLUMNS, {})
        carried = [*self._plan.row_columns, *self._plan.carried.values()]
        self._path = scores
        said = job.columns.added(job.questionnaire)
        self._scores = scores_file(scores, job.table_format, carried, said)
        # Most of writing is done outside Python: meanwhile the next parts are read and taken.
        self._writer = ThreadPoolExecutor(1)
        self._written: Future[None] | None = None

    def __enter__(self) -> Self:
        """Return the run."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close what is open."""
        self._writer.shutdown()
        for file in (self._alerts, self._rejects, self._scores):
            with suppress(Exception):
                file.close()

    @property
    def scored(self) -> int:
        """How many rows are scored so far."""
        return self._tally.scored

    def take(self, part: Part, done: Done) -> None:
        """Write what came of the next part.

        Raises:
            BadData: when over half of an input's first records are broken.
            IOFailed: when the spool has no room.
        """
        # Where these have no room, alerts get theirs.
        self._wait_for_scores()
        taken = self.taken.take(part, done.checked.records, done.broken)
        starts = pl.Series(taken, dtype=pl.Int64)
        places = pl.Series([one.place for one, _ in part], dtype=pl.UInt32)
        shown = pl.Series([one.shown for one, _ in part], dtype=pl.String)
        piece = pl.col(PIECE)
        where = [
            pl.lit(shown).gather(piece).alias(FILE),
            (pl.col(RECORD).cast(pl.Int64) + pl.lit(starts).gather(piece)).alias(RECORD),
        ]
        alerts = done.checked.alerts.with_columns(
            *where, pl.lit(places).gather(piece).alias("place")
        )
        self._name(alerts if self._seen is None else self._seen.add(alerts))
        self._alerts.add(alerts)
        self._rejects.add(done.checked.rejects.with_columns(where))
        self._write_scores(done, where)
        self._tally.add(done.checked.tally)

    def finish(self, metadata: str) -> RowCounts:
        """Write what is not written yet, and return what is known of all rows.

        Args:
            metadata: what the scores say of themselves, in a format that has a place for it.

        Raises:
            BadData: when over half of an input's first records are broken.
            IOFailed: when the spool has no room.
        """
        self.taken.end()
        self._wait_for_scores()
        self._alerts.close()
        self._rejects.close()
        if self.failed is None:
            try:
                self._scores.close(metadata)
            except OSError as error:
                self._give_up(error)
        self._set_known_apart()
        return self._tally.row_counts(
            self._plan,
            alert_ids=tuple(self._named.values()),
            checks_ids=self._job.checks_ids,
        )

    def _name(self, alerts: pl.DataFrame) -> None:
        """Take down which records have the first alerts, each with its id where it has one."""
        if len(self._named) >= _MOST_NAMED:
            return
        for row in alerts.iter_rows(named=True):
            if len(self._named) < _MOST_NAMED:
                called = f", {safe_text(row['id'])}" if row["id"] else ""
                name = f"{row['file']}, record {row[RECORD]}{called}"
                self._named.setdefault((row["place"], row[RECORD]), name)

    def _set_known_apart(self) -> None:
        """Find out which alerts are known, now that all rows are counted."""
        if self._seen is None:
            return
        found = self._seen.result(self._tally.known_ids)
        self.known_lines = found.lines
        self._tally.known_alerts = found.records
        self._tally.doubtful_alerts = found.doubtful.select("place", RECORD).n_unique()
        self._name(found.doubtful)

    def _write_scores(self, done: Done, where: list[pl.Expr]) -> None:
        if self.failed is not None:
            return
        scores = done.scores
        if not self._plan.ids and isinstance(scores, Scores):
            numbered = scores.carried.with_columns(where).drop(PIECE)
            scores = self._prepare(replace(scores, carried=numbered))
        self._written = self._writer.submit(self._scores.add, scores)

    def _wait_for_scores(self) -> None:
        """Wait until the scores of the last part are written, or cannot be."""
        if self._written is None:
            return
        try:
            self._written.result()
        except OSError as error:
            self._give_up(error)
        self._written = None

    def _give_up(self, error: OSError) -> None:
        """Leave the scores, so that alerts and rejects have the room that these took."""
        self.failed = error
        with suppress(Exception):
            self._scores.close()
        with suppress(OSError):
            self._path.write_bytes(b"")
