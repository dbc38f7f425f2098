"""A job, and what may be found by it → where its result comes from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from moodcheck.batch.provenance import Provenance, ReadInput, content_hash, form_hash
from moodcheck.installation import own_version

if TYPE_CHECKING:
    from moodcheck.batch.limits import Limits
    from moodcheck.batch.row_engine import BatchJob


def job_provenance(
    job: BatchJob,
    limits: Limits,
    inputs: Iterable[ReadInput],
    *,
    engine: str,
    started: datetime,
    **options: Any,  # noqa: ANN401 - whatever JSON has
) -> Provenance:
    """Return where the result of a job that has just ended comes from.

    Args:
        job: what was to be read, and how.
        limits: what might be found.
        inputs: what was read.
        engine: what read it.
        started: when.
        options: further ones that decide what comes of it, as JSON has them.
    """
    return Provenance(
        program=own_version(),
        questionnaire_sha256=job.questionnaire.content_hash,
        map_sha256=content_hash(job.answer_map),
        map_name=job.map_file.called if job.map_file else None,
        inputs=tuple(inputs),
        engine=engine,
        options={
            "delimiter": job.layout.delimiter,
            "encoding": job.layout.encoding,
            "sheet": job.layout.sheet,
            "form": form_hash(job.form),
            "max_rejects": str(limits.most_rejects),
            "allow_rejects": limits.allows_rejects,
            "strict_codes": limits.strict_codes,
            "fail_on_alerts": limits.fails_on_alerts,
            **options,
        },
        started=started,
        ended=now(),
    )


def now() -> datetime:
    """Return the time, with the offset that it has here."""
    return datetime.now(UTC).astimezone()
