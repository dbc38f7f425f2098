"""Score many rows: read and check, then alerts, then rejects, and only then scores."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from time import perf_counter

from moodcheck.batch.job_provenance import job_provenance, now
from moodcheck.batch.limits import Limits, exit_code, refusal
from moodcheck.batch.outcome import BatchReport, RowCounts
from moodcheck.batch.output_columns import ALERT_COLUMNS
from moodcheck.batch.remote_place import Place, Remote
from moodcheck.batch.row_engine import BatchJob, Progress, ReadRows, RowEngine
from moodcheck.errors import ExitCode, MoodcheckError
from moodcheck.files.atomic_output import atomic_output, put_in_place, set_aside

_LONGEST_HEADER = 1_000


class _NoScores(Exception):
    """Leaves the scores without putting them in their place."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where each output goes, and what may be found before there are no scores."""

    scores: Place
    rejects: Place
    alerts: Place
    replaces_alerts: bool = False
    """Whether an older file of alerts gives up its name; its alerts are kept beside it."""
    limits: Limits = field(default=Limits())

    @property
    def places(self) -> tuple[Place, ...]:
        """Everything that may be written."""
        return (self.scores, self.partial_scores, self.rejects, self.alerts)

    @property
    def partial_scores(self) -> Place:
        """Where scores are put when records were rejected and nobody allowed for that.

        A file of the name that was asked for says to Make, and to people, that all is done.
        """
        if isinstance(self.scores, Remote):
            return self.scores.sibling("partial")
        return self.scores.with_name(f"{self.scores.stem}.partial{self.scores.suffix}")


def score_files(
    job: BatchJob,
    engine: RowEngine,
    outputs: Outputs,
    progress: Progress,
) -> BatchReport:
    """Score every row of the job's inputs, and return what came of it.

    Alerts and rejects are in place before scores are written. Where that breaks off, or `refusal`
    has something to say, the report has the failure and no `scores` among its outputs.

    Raises:
        UsageError, InputNotFound, BadData, IOFailed: as `RowEngine.read`; CannotCreate and
            IOFailed where nothing is known of the rows yet.
    """
    began, started = perf_counter(), now()
    written: dict[str, str] = {}
    rows: ReadRows | None = None
    failure: MoodcheckError | None = None
    try:
        # An engine may write scores while it reads; that they are not wanted, it learns last.
        with (
            suppress(_NoScores),
            _made(outputs.scores) as scores,
            engine.read(_with_places(job, outputs), scores, progress) as rows,
        ):
            _write_lines(rows, outputs, written)
            failure = refusal(rows.counts, outputs.limits)
            if failure is not None:
                raise _NoScores
            if rows.counts.all_rejected and not outputs.limits.allows_rejects:
                _write_partial_scores(rows, scores, outputs.partial_scores, progress)
                written["partial_scores"] = str(outputs.partial_scores)
                raise _NoScores
            rows.write_scores(scores, progress)
        if failure is None and "partial_scores" not in written:
            written["scores"] = str(outputs.scores)
    except MoodcheckError as error:
        if rows is None:
            raise
        failure = error
    return BatchReport(
        **{one.name: getattr(rows.counts, one.name) for one in fields(RowCounts)},
        questionnaire=job.questionnaire.id,
        version=job.questionnaire.version,
        absent_known_alerts=job.known_alerts.absent if job.known_alerts else (),
        outputs=written,
        provenance=job_provenance(
            job,
            outputs.limits,
            rows.inputs,
            engine=engine.name,
            started=started,
            format=job.table_format.value,
            columns=str(job.columns),
            exact=job.is_exact,
            check_ids=job.checks_ids,
            known_alerts=job.known_alerts is not None,
        ),
        exit_code=_exit_code(rows.counts, outputs, failure),
        failure=failure,
        seconds=perf_counter() - began,
    )


def _with_places(job: BatchJob, outputs: Outputs) -> BatchJob:
    return replace(job, remote=tuple(one for one in outputs.places if isinstance(one, Remote)))


def _made(place: Place, *, replaces: bool = True) -> AbstractContextManager[Place]:
    """Give what is written to: a file beside its place, or a place that Spark writes to itself."""
    if isinstance(place, Remote):
        return nullcontext(place)
    return atomic_output(place, replaces=replaces)


def _write_partial_scores(rows: ReadRows, beside: Place, place: Place, progress: Progress) -> None:
    if isinstance(beside, Path) and isinstance(place, Path):
        rows.write_scores(beside, progress)
        put_in_place(beside, place)
    else:
        rows.write_scores(place, progress)


def _write_lines(rows: ReadRows, outputs: Outputs, written: dict[str, str]) -> None:
    with _made(outputs.alerts, replaces=False) as beside:
        rows.write_alerts(beside)
        # Between this and the end of the block the name is free, and nothing can be lost.
        if outputs.replaces_alerts and (older := _kept(outputs.alerts)) is not None:
            written["older_alerts"] = str(older)
    written["alerts"] = str(outputs.alerts)
    with _made(outputs.rejects) as beside:
        rows.write_rejects(beside)
    written["rejects"] = str(outputs.rejects)


def _kept(alerts: Place) -> Path | None:
    """Move an older file of alerts out of the way, and return where it is if it holds any."""
    if isinstance(alerts, Remote):
        return None
    try:
        older = set_aside(alerts)
    except FileNotFoundError:
        return None
    # Looked at only now: whatever is moved here, no other run can write to any more.
    with older.open("rb") as file:
        header = file.readline(_LONGEST_HEADER).decode(errors="replace").strip()
        is_empty = header.split(",") == [*ALERT_COLUMNS] and not file.read(1)
    if not is_empty:
        return older
    older.unlink()
    return None


def _exit_code(counts: RowCounts, outputs: Outputs, failure: MoodcheckError | None) -> ExitCode:
    if failure is not None:
        return failure.exit_code
    return exit_code(counts, outputs.limits)
