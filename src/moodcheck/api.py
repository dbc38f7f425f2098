"""What Python programs call: `import moodcheck` offers these functions."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeVar, Unpack, cast, overload

from moodcheck.core.administration import administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.summary import Summary
from moodcheck.errors import UsageError
from moodcheck.installation import part_missing
from moodcheck.loading.context import Context

if TYPE_CHECKING:
    from moodcheck.batch.cohort.cohort import Cohort
    from moodcheck.batch.expressions.frame_reading import FrameOptions
    from moodcheck.batch.files_request import FilesOptions, FilesRequest, Name
    from moodcheck.batch.outcome import BatchReport, FrameParts
    from moodcheck.history.trend import Trend
    from moodcheck.report.notebook import Report

Frame = TypeVar("Frame")
"""Any frame that narwhals takes; what goes in is the kind that comes out."""

CONTEXT = Context()
"""What every command needs, made once."""


def load(name: Name) -> Questionnaire:
    """Return a questionnaire: by its id (`"symptoms"`, or one of your own) or from a YAML file.

    Raises:
        InputNotFound: when there is none of that name; lists the known ones.
        BadData: when the file breaks the rules; lists every problem as `file:line:column`.
    """
    return CONTEXT.questionnaire(os.fspath(name))


def summarize(
    questionnaire: Questionnaire,
    answers: Mapping[str, object],
    *,
    region: str | None = None,
    taken_at: datetime | None = None,
) -> Summary:
    """Score answers and return everything that may be shown about them.

    Args:
        questionnaire: what `load` returned.
        answers: item id → the value of an option that the item offers, or None (blank), or
            the reason why there is no answer ("skipped", "declined", "unknown"). For items
            that take words, the words. Items left out are blank.
        region: the country whose help lines belong to it, by code or usual name; when
            None, `MOODCHECK_REGION`, then the locale's territory marked as a guess.
        taken_at: when the answers were given, with its UTC offset; now when None.

    Raises:
        AnswersRefused: for any answer that is not one of the offered; names items, never answers.
            Its `alerts_cannot_be_ruled_out` says whether an answer about death or suicide among
            them is an alert or cannot be read: show help lines, and let a person look.
        UsageError: for a region that is not a country.
    """
    administration = administer(questionnaire, answers, taken_at=taken_at or CONTEXT.now())
    from moodcheck.report.notebook import ShownSummary  # whoever only loads does not wait for it

    return ShownSummary.of(CONTEXT.summarize(administration, CONTEXT.region(region)))


def make_report(
    shown: Summary | Trend | BatchReport | Cohort, *, visit: bool = False, name: str = ""
) -> Report:
    """Return a page to look at, to print or to take along; a notebook shows it by itself.

    It has `html`, `pdf`, `markdown` and `text`, and `write` makes a file of it. HTML and PDF need
    the part `report`.

    Args:
        shown: what `summarize`, `score_files` or `cohort_files` returned, or a client's trend.
        visit: of a summary, one page for a visit in the person's own voice.
        name: whose it is, to stand on the page of a summary; without, it names nobody.

    Raises:
        UsageError: when `visit` or `name` is asked for of anything but a summary.
    """
    from moodcheck.report.notebook import Report

    if isinstance(shown, Summary):
        from moodcheck.report.summary_view import summary_document
        from moodcheck.report.visit_view import visit_document

        if visit:
            return Report(visit_document(shown, CONTEXT.language.visit_questions, name=name))
        return Report(summary_document(shown, name=name))
    if visit or name:
        raise UsageError(
            "Only a summary has a page for a visit, or a name", mend="Leave out visit and name"
        )
    from moodcheck.history.trend import Trend

    if isinstance(shown, Trend):
        from moodcheck.history.views.trend_view import trend_document

        return Report(trend_document(shown, is_whole=True))
    from moodcheck.batch.cohort.cohort import Cohort

    if isinstance(shown, Cohort):
        from moodcheck.batch.cohort.view import cohort_document

        return Report(cohort_document(shown, CONTEXT.language))
    from moodcheck.batch.report_view import page_document

    return Report(page_document(shown, CONTEXT.language))


def score_files(
    inputs: Name | Sequence[Name],
    questionnaire: Questionnaire | Name | None = None,
    *,
    output: Name,
    **options: Unpack[FilesOptions],
) -> BatchReport:
    """Score files as `moodcheck score` does, and say nothing.

    Alerts and rejects are in their files before the scores. moodcheck tells no one of an alert:
    where the report's `new_alerts` is above 0, see to it that somebody who can help reads the file
    `outputs["alerts"]` today. Where records were rejected and that was not allowed, the scores are
    in `outputs["partial_scores"]`.

    Args:
        inputs: a file, or several with the same columns; `docs/scoring.md` tells which are read.
        questionnaire: its id, a YAML file, or what `load` returned; the one that the map is for,
            or else symptoms, where none is named.
        output: where the scores go.
        options: those of `moodcheck score`, each under its name there.

    Raises:
        UsageError: when options do not go together.
        InputNotFound: when something that is to be read is not there.
        BadData: when a file cannot be used, or there are no scores for the rows in it. Where rows
            were read, its `report` is a `BatchReport`, and alerts and rejects are in their files.
        CannotCreate: when an output cannot be made.
        IOFailed: when reading or writing broke off; its `report` likewise.
        PartNotInstalled: when the part that the engine needs is not installed.
    """
    from moodcheck.batch.files_request import request_of
    from moodcheck.batch.report_file import ReportFile
    from moodcheck.batch.report_json import batch_report

    several = [inputs] if isinstance(inputs, str | os.PathLike) else inputs
    request = request_of(several, questionnaire, output, options)
    if request.report is None:
        done = _score(request, questionnaire)
    else:
        file = ReportFile(request.report)
        file.refuse()
        with file.failures(request.inputs, CONTEXT.now()):
            done = _score(request, questionnaire)
            file.write(batch_report(done, CONTEXT.language).encode("ascii"))
    if done.failure is not None:
        done.failure.report = done
        raise done.failure
    return done


def _score(request: FilesRequest, questionnaire: Questionnaire | Name | None) -> BatchReport:
    from moodcheck.batch import run
    from moodcheck.batch.engines import open_engine
    from moodcheck.files.leftovers import spool

    outputs = request.outputs()
    asked = asked_of(questionnaire or request.answered)
    rows = open_engine(request.engine)
    with spool(request.spool) as folder:
        job = request.job(asked, notice=CONTEXT.language.batch.notice, spool=folder)
        done = run.score_files(job, rows, outputs, lambda _rows, _share: None)
    # Those are named in the file of alerts.
    return replace(done, alert_ids=())


@overload
def score_frame(
    frame: Frame,
    questionnaire: Questionnaire | Name,
    *,
    parts: Literal[False] = False,
    **options: Unpack[FrameOptions],
) -> Frame: ...


@overload
def score_frame(
    frame: Frame,
    questionnaire: Questionnaire | Name,
    *,
    parts: Literal[True],
    **options: Unpack[FrameOptions],
) -> FrameParts[Frame]: ...


def score_frame(
    frame: Frame,
    questionnaire: Questionnaire | Name,
    *,
    parts: bool = False,
    **options: Unpack[FrameOptions],
) -> Frame | FrameParts[Frame]:
    """Score every row of a frame of answers, on the engine that the frame belongs to.

    Adds, for each scale, `<scale>_score` (null where there is none), `<scale>_unanswered` (how
    many of its items), `<scale>_reason` (why there is no score) and, where bands are published,
    `<scale>_published_band` (a quotation); then `alert` ("alert", "none", "unanswered",
    "not_asked"), `advice` (the id of the rule), `notice`, `questionnaire` and `version`. Every
    row stays. `docs/scoring.md` tells the rules.

    A lazy frame stays lazy. No row moves to another engine.

    Args:
        frame: a Polars (eager or lazy), pandas, pyarrow, DuckDB, Spark or Ibis frame, one row for
            each sitting, one column for each scored or critical item, named after it or as a map
            says. Context items are read where advice looks at them and the frame has them.
        questionnaire: its id, a YAML file, or what `load` returned.
        parts: whether scores, rejects and alerts are wanted apart, as of files: then a row with a
            bad answer is a reject, and not among the scores.
        options: `map`, whose columns, texts and codes they are: the name of one that comes with
            moodcheck, a file (a `Path` always is one), or what would stand in one;
            `prefix`, with which the names of what is added begin. Without a map: `not_asked`, ids
            of items that were not part of this data, so that a scale that has one of them has no
            score; `prorate_not_asked`, to score it all the same where its published rule allows
            so many unanswered items; `missing`, whole numbers that stand for a missing answer →
            "skipped", "declined", "unknown" or "blank".

    Raises:
        BadData: when a column is absent that is needed, or has the name of one that is added; when
            the map is none, or does not fit.
        UsageError: when this is no frame, or an option cannot be.
        InputNotFound: when there is no such questionnaire or map.
        PartNotInstalled: when the part `batch` is not installed.
    """
    with needing_narwhals():
        from moodcheck.batch.expressions.native import parts_of_native, score_native
    notice, asked = CONTEXT.language.batch.notice, asked_of(questionnaire)
    if parts:
        return parts_of_native(frame, asked, options, notice=notice)
    return cast("Frame", score_native(frame, asked, options, notice=notice))


@contextmanager
def needing_narwhals() -> Iterator[None]:
    """Raise PartNotInstalled where what scores frames is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "narwhals":
            raise
        raise part_missing("Scoring a frame", "batch") from None


def asked_of(questionnaire: Questionnaire | Name) -> Questionnaire:
    """Return the questionnaire, or the one of that name. Raises as `load`."""
    if isinstance(questionnaire, str | os.PathLike):
        return load(questionnaire)
    return questionnaire
