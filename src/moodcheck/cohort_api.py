"""What Python programs call to look at many people together; `import moodcheck` offers it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from moodcheck.api import CONTEXT, asked_of, needing_narwhals
from moodcheck.errors import UsageError

if TYPE_CHECKING:
    from moodcheck.batch.cohort.cohort import Cohort
    from moodcheck.batch.cohort.run import FilesCohort
    from moodcheck.batch.expressions.frame_reading import FrameOptions
    from moodcheck.batch.files_request import Name, ReadOptions
    from moodcheck.core.questionnaire import Questionnaire


def cohort_files(
    inputs: Name | Sequence[Name],
    questionnaire: Questionnaire | Name | None = None,
    *,
    by: str | None = None,
    min_group: int = 10,
    **options: Unpack[ReadOptions],
) -> FilesCohort:
    """Look at all rows of files together as `moodcheck cohort` does, and say and write nothing.

    moodcheck tells no one of an alert: where the result's `counts.alerts` is above 0, see to it
    that somebody who can help reads those that `score_files` writes, today.

    Args:
        inputs: a file, or several with the same columns; `docs/scoring.md` tells which are read.
        questionnaire: its id, a YAML file, or what `load` returned; the one that the map is for,
            or else symptoms, where none is named.
        by: the column whose texts tell groups apart.
        min_group: nothing is shown of fewer rows than that, 1 or more.
        options: those of `moodcheck cohort`, each under its name there.

    Raises:
        UsageError: when options do not go together.
        InputNotFound: when something that is to be read is not there.
        BadData: when a file cannot be used, no row in it can be scored, or `by` tells too many
            groups apart. Where rows were read, its `report` is a `RowCounts` with their alerts.
        IOFailed: when reading broke off.
        PartNotInstalled: when the part that the engine needs is not installed.
    """
    from moodcheck.batch.cohort.run import look_at_files
    from moodcheck.batch.column_choice import group_choice
    from moodcheck.batch.engines import open_engine
    from moodcheck.batch.files_request import request_of
    from moodcheck.files.leftovers import spool

    several = [inputs] if isinstance(inputs, str | os.PathLike) else inputs
    _refuse_least(min_group)
    request = request_of(several, questionnaire, None, options)
    request.refuse_unreachable()
    asked = asked_of(questionnaire or request.answered)
    rows = open_engine(request.engine)
    with spool(request.spool) as folder:
        job = request.job(asked, notice=CONTEXT.language.batch.notice, spool=folder)
        return look_at_files(
            replace(job, columns=group_choice(by)),
            rows,
            request.limits(),
            lambda _rows, _share: None,
            by=by,
            least=min_group,
        )


def cohort_frame(
    frame: object,
    questionnaire: Questionnaire | Name,
    *,
    by: str | None = None,
    min_group: int = 10,
    **options: Unpack[FrameOptions],
) -> Cohort:
    """Look at all rows of a frame together, on the engine that the frame belongs to.

    Rows with a bad answer are rejected: they are in no number but those of `counts`. No row leaves
    its engine, only sums do. `docs/cohort.md` tells what there is.

    Args:
        frame: as `score_frame` takes it.
        questionnaire: its id, a YAML file, or what `load` returned.
        by: the column that tells groups apart.
        min_group: nothing is shown of fewer rows than that, 1 or more.
        options: those of `score_frame`.

    Raises:
        BadData: as `score_frame`; also when `by` is no column that tells groups apart.
        UsageError, InputNotFound, PartNotInstalled: as `score_frame`.
    """
    _refuse_least(min_group)
    with needing_narwhals():
        from moodcheck.batch.expressions.native import look_at_native
    return look_at_native(frame, asked_of(questionnaire), options, by=by, least=min_group)


def _refuse_least(min_group: int) -> None:
    if min_group < 1:
        raise UsageError("A group has at least one row", mend="Give min_group 1 or more")
