"""Look at the rows of files: read, check and count, and write nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from time import perf_counter
from typing import TYPE_CHECKING

from moodcheck.batch.cohort.cohort import Cohort, cohort
from moodcheck.batch.job_provenance import job_provenance, now
from moodcheck.batch.limits import refusal

if TYPE_CHECKING:
    from moodcheck.batch.cohort.engine import CohortEngine
    from moodcheck.batch.limits import Limits
    from moodcheck.batch.provenance import Provenance
    from moodcheck.batch.row_engine import BatchJob, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesCohort(Cohort):
    """What may be shown of the rows of files, and where it comes from."""

    provenance: Provenance
    seconds: float


def look_at_files(  # noqa: PLR0913 - what is read, how, and what is looked at
    job: BatchJob,
    engine: CohortEngine,
    limits: Limits,
    progress: Progress,
    *,
    by: str | None,
    least: int,
) -> FilesCohort:
    """Return what may be shown of the rows of a job's inputs.

    Args:
        job: what is read, and how; it chooses no column but `by`.
        engine: counts the rows.
        limits: what may be found.
        progress: is told how far it is.
        by: the column that tells groups apart.
        least: of fewer rows nothing is shown.

    Raises:
        UsageError, InputNotFound, BadData, IOFailed: as `CohortEngine.count`; BadData also as
            `limits.refusal`: then its `report` is what is known of the rows all the same.
    """
    began, started = perf_counter(), now()
    counted = engine.count(job, by, progress)
    failure = refusal(
        counted.counts,
        limits,
        then="nothing is shown of them",
        reasons="The rejects file of 'moodcheck score'",
    )
    if failure is not None:
        failure.report = counted.counts
        raise failure
    shown = cohort(counted.plan, counted.counts, counted.groups, by=by, least=least)
    return FilesCohort(
        **{one.name: getattr(shown, one.name) for one in fields(Cohort)},
        provenance=job_provenance(job, limits, counted.inputs, engine=engine.name, started=started),
        seconds=perf_counter() - began,
    )
